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


def fold(text: str) -> Folded:
    """Return ``text`` in lower case, without accents, with one kind of white space."""
    parts: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in unicodedata.normalize("NFKD", char.translate(_SAME)):
            if unicodedata.combining(plain):
                continue
            small = " " if plain.isspace() else plain.lower()
            if small == " " and parts and parts[-1] == " ":
                continue
            # Lower case may be two characters long.
            parts += small
            places += [place] * len(small)
    return Folded("".join(parts), places)
