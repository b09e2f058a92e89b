# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A text as a person reads it: without what hides its words from a program.

Letters that cannot be seen, letters of other alphabets that look the same, figures in
place of letters, and words that are spelled with something between the letters.
"""

import re
import unicodedata
from dataclasses import dataclass

from odoo.addons.gpt_core.engine.text.folding import fold_lines

_LOOK_ALIKE = str.maketrans(
    "аеорсухівкмтнѕјԁɡαεορτυικνχβɑ",
    "aeopcyxibkmthsjdgaeoptuiknxba",
)
_FOR_LETTERS = str.maketrans("013457@$", "oieastas")
_MIXED = re.compile(r"(?<![\w@.])(?=[^\W\d_]*[013457@$][^\W\d_])[^\W\d_][\w@$]{3,20}")
_SPELLED = re.compile(
    r"(?<![^\W_])[^\W\d_](?:[ \t]?[.\-_*·|/ ][ \t]?[^\W\d_](?![^\W_])){3,}+"
)
_APART = re.compile(r"[^\W\d_]")
MIN_SPELLED_LETTERS = 8


@dataclass(frozen=True)
class Plain:
    """``text[n]`` was in ``places[n]`` of what was given.

    ``spelled`` are the words that were spelled out, without the gaps between them, each
    with its place in ``text``.
    """

    text: str
    places: list[int]
    spelled: list[tuple[int, str]]


def plain_letters(text: str) -> Plain:
    """Return ``text`` in lower case, without accents and without what hides words."""
    seen = [n for n, char in enumerate(text) if unicodedata.category(char) != "Cf"]
    shown = "".join(text[n] for n in seen)
    folded = fold_lines(shown).translate(_LOOK_ALIKE)
    folded = _MIXED.sub(lambda match: match[0].translate(_FOR_LETTERS), folded)
    parts: list[str] = []
    places: list[int] = []
    spelled: list[tuple[int, str]] = []
    at = 0
    for match in _SPELLED.finditer(folded):
        parts.append(folded[at : match.start()])
        places.extend(seen[at : match.start()])
        letters = "".join(_APART.findall(match[0]))
        if len(letters) >= MIN_SPELLED_LETTERS:
            spelled.append((sum(map(len, parts)), letters))
        _join(match, parts, places, seen)
        at = match.end()
    parts.append(folded[at:])
    places.extend(seen[at:])
    return Plain("".join(parts), places, spelled)


def _join(
    match: re.Match[str], parts: list[str], places: list[int], seen: list[int]
) -> None:
    """Put spelled letters together; a wider or another gap ends a word."""
    text = match[0]
    marked = any(not char.isalpha() and not char.isspace() for char in text)
    end = 0
    for letter in _APART.finditer(text):
        gap = text[end : letter.start()]
        if len(gap) >= 2 or (marked and gap.isspace()):
            parts.append(" ")
            places.append(seen[match.start() + end])
        parts.append(letter[0])
        places.append(seen[match.start() + letter.start()])
        end = letter.end()
