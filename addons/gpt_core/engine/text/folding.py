# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts without what differs between writing and copying: case, accents, quotes.

Nothing else in the addons takes case and accents off; a word is then the same word for
what masks it, looks it up, or takes it for a command.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_SAME = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'",
        "’": "'", "‘": "'", "´": "'", "`": "'",
        "–": "-", "—": "-", "‑": "-", "−": "-",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """A folded text; ``places[n]`` is where its character ``n`` was in ``source``."""

    text: str
    source: str

    @cached_property
    def places(self) -> list[int]:
        """Told only when asked: most texts are looked through in vain."""
        return _places(self.source)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` is in ``source``, its last accent too."""
        after = self.places[end] if end < len(self.places) else len(self.source)
        return self.places[start], max(after, self.places[end - 1] + 1)


class _Plain(dict[int, str]):
    """Maps a character's number to what it is folded to, as ``str.translate`` asks."""

    def __missing__(self, number: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(number).translate(_SAME))
        kept = "".join(
            " " if part.isspace() else part.casefold()
            for part in plain
            if not unicodedata.combining(part)
        )
        self[number] = kept
        return kept


_PLAIN = _Plain()
_SPACES = re.compile(" {2,}")
_WORD = re.compile(r"\w+")


def fold(text: str) -> Folded:
    """Return ``text`` in lower case, without accents, with one kind of white space."""
    return Folded(_SPACES.sub(" ", text.translate(_PLAIN)), text)


def _places(text: str) -> list[int]:
    places: list[int] = []
    after_space = False
    for place, char in enumerate(text):
        for plain in _PLAIN[ord(char)]:
            if plain == " " and after_space:
                continue
            after_space = plain == " "
            places.append(place)
    return places


def fold_words(text: str) -> str:
    """Return the folded words of ``text``, with single spaces and nothing else."""
    return " ".join(_WORD.findall(text.translate(_PLAIN)))


class _Bare(dict[int, str]):
    """Maps a character's number to the character without its accents.

    One character at a time: to bring thousands of accents on one letter into their
    order takes the square of their number.
    """

    def __missing__(self, number: int) -> str:
        parts = unicodedata.normalize("NFD", chr(number))
        kept = (part for part in parts if not unicodedata.combining(part))
        self[number] = unicodedata.normalize("NFC", "".join(kept))
        return self[number]


_BARE = _Bare()


def without_accents(text: str) -> str:
    """Return ``text`` with á as a and ñ as n, and its capitals as they are."""
    return text.translate(_BARE)


def fold_lines(text: str) -> str:
    """Return ``text`` folded character by character: of the same length, with lines."""
    return "".join(
        char if char == "\n" else (_PLAIN[ord(char)][:1] or " ") for char in text
    )
