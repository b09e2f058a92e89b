# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds the passage that a model quotes as the evidence of a value.

A quote that is not in what the model was given is no evidence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from odoo.addons.gpt_core.engine.text.folding import Folded, fold
from odoo.addons.gpt_core.engine.text.small_talk import without_small_talk

from .sources import Source, sources_block

# Fewer letters or digits are found in any text.
MIN_QUOTE_CHARS = 3
MAX_QUOTE_CHARS = 600
# Of a longer quote the beginning is looked up.
_MAX_READ_CHARS = 2_000
# How often a piece may be found within longer words before it is given up.
_MAX_HITS = 1_000
_LEFT_OUT = re.compile(r"(?:\[\s*+)?(?:…|\.{3,}+)(?:\s*+\])?")
_WRAPPING = " \t\n\"'«»“”‘’.,;:"


@dataclass(frozen=True)
class Evidence:
    """A passage, and the source that it stands in.

    ``text`` is as the source has it; ``start`` and ``end`` are its places there.
    ``others`` are the sources that it reaches into, when it goes over several.
    """

    source: Source
    text: str
    start: int
    end: int
    others: tuple["Evidence", ...] = ()


def find_evidence(quote: str, sources: Sequence[Source]) -> Evidence | None:
    """Return where ``quote`` stands, ``None`` if nowhere.

    Case, accents, kinds of quotation marks and white space do not matter. What is
    between ellipses must stand in one source, in that order. A quote may go over
    several lines of what the model was shown, with the labels in it.
    """
    parts = _LEFT_OUT.split(quote[:_MAX_READ_CHARS])
    pieces = [fold(part.strip().strip(_WRAPPING)).text.strip() for part in parts]
    pieces = [piece for piece in pieces if piece]
    if sum(map(_weight, pieces)) < MIN_QUOTE_CHARS:
        return None
    for source in sources:
        if span := _span(source.text, pieces):
            return _evidence(source, *span)
    return _over_several(pieces, sources)


def says_something(quote: str) -> bool:
    """Tell whether a passage is more than small talk, which is no evidence."""
    return _weight(without_small_talk(quote)) >= MIN_QUOTE_CHARS


def _weight(text: str) -> int:
    """Return how much can be told from a text: a figure says more than a letter."""
    return sum(char.isalnum() + char.isdigit() for char in text)


def _over_several(pieces: list[str], sources: Sequence[Source]) -> Evidence | None:
    block = sources_block(sources)
    span = _span(block, pieces)
    if span is None:
        return None
    touched, at = [], 0
    for source in _in_order(sources):
        shown = source.rendered()
        at = block.index(shown, at) + len(shown)
        begin = at - len(source.text)
        start, end = max(span[0], begin), min(span[1], at)
        if start < end:
            touched.append(_evidence(source, start - begin, end - begin))
    if not touched:  # nothing but labels
        return None
    best = max(touched, key=lambda found: found.end - found.start)
    others = tuple(found for found in touched if found is not best)
    return replace(best, others=others)


def _in_order(sources: Sequence[Source]) -> list[Source]:
    """Return the sources as they stand in the block."""
    return sorted(sources, key=lambda source: source.is_message)


@lru_cache(maxsize=256)
def _folded(text: str) -> Folded:
    return fold(text)


def _span(text: str, pieces: list[str]) -> tuple[int, int] | None:
    folded = _folded(text)
    begin, at = -1, 0
    for piece in pieces:
        start = _find_words(folded.text, piece, at)
        if start < 0:
            return None
        begin, at = (start if begin < 0 else begin), start + len(piece)
    return folded.span(begin, at)


def _find_words(text: str, piece: str, at: int) -> int:
    """Return where ``piece`` stands as whole words: "no" is not in "now"."""
    for _hit in range(_MAX_HITS):
        start = text.find(piece, at)
        if start < 0:
            break
        end = start + len(piece)
        if not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1])):
            return start
        at = start + 1
    return -1


def _is_word(char: str) -> bool:
    """Tell whether it is part of a word; at either end of a text there is none."""
    return char.isalnum() or char == "_"


def _evidence(source: Source, start: int, end: int) -> Evidence:
    return Evidence(source, source.text[start:end][:MAX_QUOTE_CHARS], start, end)
