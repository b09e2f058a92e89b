# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Spaces that are no characters.

TeX and its like write no spaces, but leave gaps between the words of a line. pypdf
takes a gap for a space by what it guesses of the font, and a font without a space
misleads it: whole paragraphs come out as one word, which nobody finds.
"""

from typing import Any

# In thousandths of the font's size. Kerning is below, a space that was squeezed to
# justify a line is above.
_LEAST_GAP = 120
_CLEAR_GAP = -1000
# Where each letter has a gap of its own, they are no words.
_SPACED_OUT = 0.6


def widen_gaps(operator: bytes, operands: list[Any], _cm: Any, _tm: Any) -> None:
    """Make the gaps between words wide enough to be seen; a visitor of pypdf's."""
    if operator != b"TJ" or not operands or not isinstance(operands[0], list):
        return
    shown = operands[0]
    gaps = [place for place, item in enumerate(shown) if _is_gap(item)]
    letters = sum(isinstance(item, str | bytes) for item in shown)
    if not gaps or (
        letters > 3 and len(gaps) > _SPACED_OUT * letters and _apart(shown)
    ):
        return
    number = type(shown[gaps[0]])
    for place in gaps:
        shown[place] = number(_CLEAR_GAP)


def _is_gap(item: Any) -> bool:
    return isinstance(item, int | float) and item <= -_LEAST_GAP


def _apart(shown: list[Any]) -> bool:
    """Tell whether the strings of a line are letters rather than words."""
    strings = [item for item in shown if isinstance(item, str | bytes)]
    # A glyph of a large font has two bytes.
    return sum(len(item) for item in strings) <= 2 * len(strings)
