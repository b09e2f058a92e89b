# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which facts answer a question: those that share its telling words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .facts import Fact
from .text import Term, likeness, terms

# Share of the question's weight that a fact must cover to be an answer.
THRESHOLD = 0.34
# A second fact is added when it covers this much more of the question …
SECOND_ADDS = 0.1
SECOND_AT_LEAST = 0.5
# … or when it is nearly as good as the first.
SECOND_AS_GOOD = 0.8
# So many equally good facts mean that the question does not say what it is about.
UNCLEAR = 5
# A heading's words count less than those of the fact itself.
HEADING_WEIGHT = 0.8
# A follow-up question is understood with the one before it, less surely.
FOLLOW_UP_WEIGHT = 0.8


@dataclass(frozen=True)
class Found:
    """The facts chosen, how much of the question the best one covers (0..1), and the
    numbers of the passages that they stand in."""

    quotes: tuple[str, ...] = ()
    score: float = 0.0
    numbers: tuple[str, ...] = ()
    is_unclear: bool = False


@dataclass(frozen=True)
class _Choice:
    facts: list[Fact]
    score: float
    is_unclear: bool = False


def best_quotes(
    question: str, earlier: str, facts: Sequence[Fact], with_numbers: bool = True
) -> Found:
    """The one or two facts that answer; none when nothing matches well.

    ``earlier`` is what was asked before, for questions like "and the kettle?";
    ``with_numbers`` puts the number of its passage behind each.
    """

    def found(choice: _Choice, score: float) -> Found:
        numbers = [fact.number for fact in choice.facts if fact.number]
        quotes = _quotes(asked, choice.facts, with_numbers)
        return Found(quotes, score, tuple(dict.fromkeys(numbers)), choice.is_unclear)

    asked = terms(question)
    choice = _choose(asked, facts)
    if not choice.facts and not choice.is_unclear and earlier:
        # About what was asked before, but of a kettle: it must be in the fact.
        about = [f for f in facts if not asked or any(_in_text(asked, f))]
        asked = list(dict.fromkeys(asked + terms(earlier)))
        choice = _choose(asked, about)
        return found(choice, choice.score * FOLLOW_UP_WEIGHT)
    return found(choice, choice.score)


def _choose(asked: Sequence[Term], facts: Sequence[Fact]) -> _Choice:
    if not asked or not facts:
        return _Choice([], 0.0)
    weights = _weights(asked, facts)
    rows = [_covered(asked, weights, fact) for fact in facts]
    scores = [sum(row) for row in rows]
    order = sorted(range(len(facts)), key=lambda i: -scores[i])
    best = scores[order[0]]
    if best < THRESHOLD:
        return _Choice([], best)
    if sum(math.isclose(score, best) for score in scores) >= UNCLEAR:
        return _Choice([], best, is_unclear=True)
    chosen = [order[0]]
    second = _second(rows, scores, order)
    if second is not None:
        chosen.append(second)
    return _Choice([facts[i] for i in sorted(chosen)], best)


def _second(
    rows: list[list[float]], scores: list[float], order: list[int]
) -> int | None:
    """The fact to add to the best one, by what the two cover together."""
    first, others = order[0], order[1:]
    best = scores[first]

    def together(i: int) -> float:
        return sum(map(max, rows[first], rows[i]))

    helpful = [i for i in others if scores[i] >= SECOND_AT_LEAST * best]
    if not helpful:
        return None
    adding = max(helpful, key=together)
    if together(adding) >= best + SECOND_ADDS:
        return adding
    return helpful[0] if scores[helpful[0]] >= SECOND_AS_GOOD * best else None


def _weights(asked: Sequence[Term], facts: Sequence[Fact]) -> list[float]:
    """How much each term of the question tells, together 1: rare ones tell more."""
    known = [terms(f"{fact.heading} {fact.text}") for fact in facts]
    weights = []
    for term in asked:
        frequency = sum(any(likeness(term, t) for t in has) for has in known)
        weights.append(math.log(1 + len(facts) / max(frequency, 0.5)))
    total = sum(weights)
    return [weight / total for weight in weights]


def _covered(
    asked: Sequence[Term], weights: Sequence[float], fact: Fact
) -> list[float]:
    """What a fact covers of each term's weight."""
    above = terms(fact.heading)
    in_text = _in_text(asked, fact)
    in_heading = [HEADING_WEIGHT * _alike(term, above) for term in asked]
    return [
        weight * max(pair)
        for weight, *pair in zip(weights, in_text, in_heading, strict=True)
    ]


def _in_text(asked: Sequence[Term], fact: Fact) -> list[float]:
    """For each asked term, how well the fact's own text has it."""
    said = terms(fact.text)
    return [_alike(term, said) for term in asked]


def _alike(term: Term, others: Sequence[Term]) -> float:
    return max((likeness(term, other) for other in others), default=0.0)


def _quotes(
    asked: Sequence[Term], facts: Sequence[Fact], with_numbers: bool
) -> tuple[str, ...]:
    """The facts as they can stand alone: with their heading when it is needed, and
    the number of their passage."""
    quotes: list[str] = []
    shown = ""
    for fact in facts:
        text = fact.text if fact.text[-1] in ".!?…:" else f"{fact.text}."
        above = terms(fact.heading)
        in_text = _in_text(asked, fact)
        is_needed = any(
            _alike(term, above) and not found
            for term, found in zip(asked, in_text, strict=True)
        )
        if is_needed and fact.heading != shown:
            shown = fact.heading
            text = f"{shown}: {text}"
        is_marked = with_numbers and fact.number
        quotes.append(f"{text} [{fact.number}]" if is_marked else text)
    return tuple(quotes)
