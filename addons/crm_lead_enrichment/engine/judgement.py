# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Decides which values of a structured answer are proven by what the model read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .figures import invented
from .instructions import instruction_spans, is_instruction
from .quotes import Found, find_quote, says_something
from .sources import Source

QUOTE_SUFFIX = "_quote"

Verdict = Literal[
    "proven",
    "no_quote",
    "not_found",
    "courtesy",
    "instruction",
    "instructed",
    "invented",
    "waived",
    "record",
]
ACCEPTED: frozenset[str] = frozenset({"proven", "waived", "record"})


@dataclass(frozen=True)
class Wanted:
    """A value that a chain asks for, and the field that takes it.

    :param is_text: the model's own words, in which figures must be the lead's
    :param labels: what people call the field
    """

    name: str
    field: str
    needs_quote: bool = True
    is_text: bool = True
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A value of the answer, and what became of its proof."""

    wanted: Wanted
    value: Any
    verdict: Verdict
    quote: str = ""
    source: Source | None = None

    @property
    def is_proven(self) -> bool:
        return self.verdict in ACCEPTED


def judge(
    answer: Mapping[str, Any], wanted: Sequence[Wanted], sources: Sequence[Source]
) -> list[Judged]:
    """Return every value that the answer has, with its verdict.

    :param answer: the structured answer; ``<name>_quote`` holds the proof of ``name``
    """
    names = _names(wanted)
    spans = {source: instruction_spans(source.text, names) for source in sources}
    return [
        _judged(item, answer[item.name], answer.get(item.name + QUOTE_SUFFIX), spans)
        for item in wanted
        if answer.get(item.name) not in (None, "", [])
    ]


def has_instructions(sources: Sequence[Source], wanted: Sequence[Wanted] = ()) -> bool:
    """Tell whether somebody tried to give the model orders."""
    names = _names(wanted)
    return any(instruction_spans(source.text, names) for source in sources)


def _names(wanted: Sequence[Wanted]) -> tuple[str, ...]:
    return tuple(
        name for item in wanted for name in (item.name, item.field, *item.labels)
    )


def share_proven(judged: Sequence[Judged]) -> float:
    """Return how many of the values that needed a proof have one, from 0 to 1."""
    needing = [item for item in judged if item.wanted.needs_quote]
    if not needing:
        return 0.0
    return sum(item.is_proven for item in needing) / len(needing)


def _judged(
    wanted: Wanted, value: Any, quote: Any, spans: Mapping[Source, list[range]]
) -> Judged:
    if not wanted.needs_quote:
        return Judged(wanted, value, "waived")
    if not isinstance(quote, str) or not quote.strip():
        return Judged(wanted, value, "no_quote")
    found = find_quote(quote, list(spans))
    if found is None:
        return Judged(wanted, value, "not_found", quote)
    verdict = _verdict(wanted, value, found, spans)
    return Judged(wanted, value, verdict, found.text, found.source)


def _verdict(
    wanted: Wanted, value: Any, found: Found, spans: Mapping[Source, list[range]]
) -> Verdict:
    """Return what a value is worth whose passage stands in the lead."""
    parts = (found, *found.others)
    if any(is_instruction(spans[p.source], p.start, p.end) for p in parts):
        return "instruction"
    if not says_something(found.text):
        return "courtesy"
    if wanted.is_text:
        texts = [source.rendered() for source in spans]
        return "invented" if invented(str(value), texts) else "proven"
    # A choice or a number has nothing in it to compare with its passage: where somebody
    # gave the model orders, whether it obeyed and then quoted another sentence cannot
    # be told.
    return "instructed" if any(spans.values()) else "proven"
