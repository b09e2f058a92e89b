# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts without what differs between writing and copying: case, accents, quotes."""

import unicodedata
from dataclasses import dataclass

_SAME = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'",
        "’": "'", "‘": "'", "´": "'", "`": "'",
        "–": "-", "—": "-", "‑": "-", "−": "-",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """A folded text; ``places[n]`` is where its character ``n`` was in the original."""

    text: str
    places: list[int]

    def original(self, source: str, start: int, end: int) -> str:
        """Return the piece of ``source`` that became ``text[start:end]``."""
        return source[self.places[start] : self.places[end - 1] + 1]


class _Plain(dict):
    """Maps a character to what it is folded to; most texts have few of them."""

    def __missing__(self, char: str) -> str:
        plain = unicodedata.normalize("NFKD", char.translate(_SAME))
        kept = "".join(
            " " if part.isspace() else part.lower()
            for part in plain
            if not unicodedata.combining(part)
        )
        self[char] = kept
        return kept


_PLAIN = _Plain()


def fold(text: str) -> Folded:
    """Return ``text`` in lower case, without accents, with one kind of white space."""
    parts: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in _PLAIN[char]:
            if plain == " " and parts and parts[-1] == " ":
                continue
            parts.append(plain)
            places.append(place)
    return Folded("".join(parts), places)


def fold_lines(text: str) -> str:
    """Return ``text`` folded character by character: of the same length, with lines."""
    return "".join(char if char == "\n" else (_PLAIN[char][:1] or " ") for char in text)
