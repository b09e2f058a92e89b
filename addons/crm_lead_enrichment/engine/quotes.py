# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds a passage that a model claims to have copied.

A value is only worth as much as the words it rests on, so these are looked up: a quote
that stands nowhere in what the model was given proves nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .folding import Folded, fold
from .sources import Source

# Fewer letters or digits are found in any text.
MIN_QUOTE_CHARS = 3
MAX_QUOTE_CHARS = 600
_LEFT_OUT = re.compile(r"\s*(?:\[\s*)?(?:…|\.{3,})(?:\s*\])?\s*")
_WRAPPING = " \t\n\"'«»“”‘’.,;:"


@dataclass(frozen=True)
class Found:
    """A passage, and the source that it stands in.

    ``text`` is as the source has it; ``start`` and ``end`` are its places there.
    """

    source: Source
    text: str
    start: int
    end: int


def find_quote(quote: str, sources: Sequence[Source]) -> Found | None:
    """Return where ``quote`` stands, ``None`` if nowhere.

    Case, accents, kinds of quotation marks and white space do not matter. What is
    between ellipses must stand in one source, in that order. A quote may begin with
    the label under which the model was shown the text.
    """
    pieces = [fold(part.strip(_WRAPPING)).text for part in _LEFT_OUT.split(quote)]
    pieces = [piece for piece in pieces if piece]
    if sum(char.isalnum() for piece in pieces for char in piece) < MIN_QUOTE_CHARS:
        return None
    for source in sources:
        if found := _find_in(source, pieces):
            return found
    # Copied together with the label, or over the end of a field's line.
    for source in sources:
        label = fold(f"{source.label}:").text
        if pieces[0].startswith(label):
            rest = pieces[0].removeprefix(label).strip(_WRAPPING)
            if found := _find_in(source, [rest, *pieces[1:]] if rest else pieces[1:]):
                return found
    return None


@lru_cache(maxsize=256)
def _folded(text: str) -> Folded:
    return fold(text)


def _find_in(source: Source, pieces: list[str]) -> Found | None:
    if not pieces:
        return None
    folded = _folded(source.text)
    spans, at = [], 0
    for piece in pieces:
        # Whole words: "no" is not in "now".
        match = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(folded.text, at)
        if match is None:
            return None
        spans.append(match.span())
        at = match.end()
    start = folded.places[spans[0][0]]
    end = folded.places[spans[-1][1] - 1] + 1
    return Found(source, source.text[start:end][:MAX_QUOTE_CHARS], start, end)
