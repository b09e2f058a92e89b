# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Decides which values of a structured answer are grounded in what the model read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from odoo.addons.gpt_core.engine.text.folding import fold_words

from .prompt_injection import injection_spans, is_injected
from .quote_search import Evidence, find_evidence, says_something
from .sources import Source
from .ungrounded_figures import ungrounded_figures
from .values.supported import is_supported, kind_of

QUOTE_SUFFIX = "_quote"
# "priority" and "prioridad" begin alike.
_STEM_LETTERS = 5

Verdict = Literal[
    "grounded",
    "no_evidence",
    "not_found",
    "small_talk",
    "injection",
    "injection_elsewhere",
    "ungrounded_figure",
    "unrelated",
    "waived",
    "record",
]
ACCEPTED: frozenset[str] = frozenset({"grounded", "waived", "record"})


@dataclass(frozen=True)
class Wanted:
    """A value that a chain asks for, and the field that takes it.

    :param is_text: the model's own words, in which figures must be the lead's
    :param labels: what people call the field
    :param ttype: the type of the field, by which a value is compared with its passage;
        without it, it is not
    :param choices: what a selection can be, in the words of the model
    """

    name: str
    field: str
    needs_evidence: bool = True
    is_text: bool = True
    labels: tuple[str, ...] = ()
    ttype: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroundedValue:
    """A value of the answer, and whether it has evidence."""

    wanted: Wanted
    value: Any
    verdict: Verdict
    quote: str = ""
    source: Source | None = None

    @property
    def is_grounded(self) -> bool:
        return self.verdict in ACCEPTED


def ground_values(
    answer: Mapping[str, Any],
    wanted: Sequence[Wanted],
    sources: Sequence[Source],
    today: date | None = None,
) -> list[GroundedValue]:
    """Return every value that the answer has, with its verdict.

    :param answer: the structured answer; ``<name>_quote`` is the evidence of
        ``name``
    :param today: the day of what has none of its own
    """
    names = _names(wanted)
    spans = {source: injection_spans(source.text, names) for source in sources}
    return [
        _grounded(
            item, answer[item.name], answer.get(item.name + QUOTE_SUFFIX), spans, today
        )
        for item in wanted
        if answer.get(item.name) not in (None, "", [])
    ]


def has_prompt_injection(
    sources: Sequence[Source], wanted: Sequence[Wanted] = ()
) -> bool:
    """Tell whether the texts contain a prompt injection."""
    names = _names(wanted)
    return any(injection_spans(source.text, names) for source in sources)


def _names(wanted: Sequence[Wanted]) -> tuple[str, ...]:
    return tuple(
        name for item in wanted for name in (item.name, item.field, *item.labels)
    )


def grounded_share(grounded: Sequence[GroundedValue]) -> float:
    """Return how many of the values that need evidence have it, from 0 to 1."""
    needing = [item for item in grounded if item.wanted.needs_evidence]
    if not needing:
        return 0.0
    return sum(item.is_grounded for item in needing) / len(needing)


def _grounded(
    wanted: Wanted,
    value: Any,
    quote: Any,
    spans: Mapping[Source, list[range]],
    today: date | None,
) -> GroundedValue:
    if not wanted.needs_evidence:
        return GroundedValue(wanted, value, "waived")
    if not isinstance(quote, str) or not quote.strip():
        return GroundedValue(wanted, value, "no_evidence")
    found = find_evidence(quote, [source for source in spans if source.is_evidence])
    if found is None:
        return GroundedValue(wanted, value, "not_found", quote)
    verdict = _verdict(wanted, value, found, spans, today)
    return GroundedValue(wanted, value, verdict, found.text, found.source)


def _verdict(
    wanted: Wanted,
    value: Any,
    found: Evidence,
    spans: Mapping[Source, list[range]],
    today: date | None,
) -> Verdict:
    """Return what a value is worth whose passage stands in the lead."""
    parts = (found, *found.others)
    if any(is_injected(spans[p.source], p.start, p.end) for p in parts):
        return "injection"
    if not says_something(found.text):
        return "small_talk"
    if wanted.is_text:
        texts = [source.rendered() for source in spans]
        if not _is_contact(wanted) and ungrounded_figures(str(value), texts, today):
            return "ungrounded_figure"
        return "grounded" if _is_related(wanted, value, found, today) else "unrelated"
    # A choice cannot be compared with its passage. If there is an order that names it,
    # the model may have obeyed, and the value is not trusted.
    ordered = " ".join(
        fold_words(source.text[span.start : span.stop])
        for source, ranges in spans.items()
        for span in ranges
    )
    if _names_it(ordered, wanted):
        return "injection_elsewhere"
    return "grounded" if _is_related(wanted, value, found, today) else "unrelated"


def _is_contact(wanted: Wanted) -> bool:
    """Tell whether it is compared sign by sign, though it may be spelled in words."""
    kind = kind_of(wanted.ttype, f"{wanted.name} {wanted.field}")
    return kind in ("phone", "email")


def _is_related(
    wanted: Wanted, value: Any, found: Evidence, today: date | None
) -> bool:
    """Tell whether the passage of a value supports it, as far as that can be told."""
    if not wanted.ttype:
        return True
    names = f"{wanted.name} {wanted.field}"
    return is_supported(
        kind_of(wanted.ttype, names),
        value,
        found.text,
        names=names,
        text=found.source.text,
        today=found.source.written_on or today,
        choices=wanted.choices,
    )


def _names_it(ordered: str, wanted: Wanted) -> bool:
    """Tell whether orders name a value, in whichever of two kindred languages."""
    said = {word[:_STEM_LETTERS] for word in ordered.split()}
    names = " ".join((wanted.name, wanted.field, *wanted.labels)).replace("_", " ")
    return any(
        len(word) >= _STEM_LETTERS and word[:_STEM_LETTERS] in said
        for word in fold_words(names).split()
    )
