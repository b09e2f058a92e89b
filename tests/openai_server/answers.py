# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The default answers: the best matching facts of the prompt, quoted.

No model is behind this. It finds the one or two facts that share most with the
question and says so when nothing does, which is what a demo and a test need: an
answer that can be checked against what was sent.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .facts import Fact, Message, earlier_question, fact_list, fact_text, question_of
from .text import Language, first_sentences, language, likeness, terms, words
from .words import (
    ASKS_FOR_A_PERSON,
    GREETING_STARTERS,
    GREETINGS,
    SUMMARY_REQUESTS,
    THANKS,
    THANKS_STARTERS,
)

Kind = Literal["greeting", "thanks", "quote", "summary", "no_match", "no_facts"]

# Share of the question's weight that a fact must cover to be an answer.
THRESHOLD = 0.34
# A second fact is added when it is nearly as good as the first.
SECOND_FACT = 0.75
# A heading's words count less than those of the fact itself.
HEADING_WEIGHT = 0.8
# A follow-up question is understood with the one before it, less surely.
FOLLOW_UP_WEIGHT = 0.8
SUMMARY_CHARACTERS = 400

PHRASES: dict[Language, dict[str, str]] = {
    "es": {
        "greeting": "¡Hola! ¿En qué puedo ayudarte?",
        "thanks": "¡Con gusto! ¿Hay algo más en lo que pueda ayudarte?",
        "no_match": "No tengo información sobre eso.",
        "no_facts": "No tengo información sobre eso: no recibí datos que consultar.",
        "foreign": "Esto dice nuestra información: «{quote}»",
    },
    "en": {
        "greeting": "Hello! How can I help you?",
        "thanks": "You're welcome! Is there anything else I can help you with?",
        "no_match": "I have no information about that.",
        "no_facts": "I have no information about that: I was given no facts.",
        "foreign": "This is what our information says: “{quote}”",
    },
}


@dataclass(frozen=True)
class Answer:
    """What to say, how sure (0..1), and what it rests on."""

    text: str
    kind: Kind
    confidence: float
    language: Language
    question: str
    facts: str
    quotes: tuple[str, ...] = ()

    @property
    def matched(self) -> bool:
        """Whether the question was answered (a greeting needs no fact)."""
        return self.kind in ("greeting", "thanks", "quote", "summary")

    @property
    def wants_person(self) -> bool:
        """Whether the question asks for a human being."""
        return bool(ASKS_FOR_A_PERSON & set(words(self.question)))


def answer(messages: Sequence[Message]) -> Answer:
    """Answer the last user message from the facts in the prompt."""
    question = question_of(messages)
    given = fact_text(messages)
    earlier = earlier_question(messages)
    # Not by the other messages: instructions are in whatever language.
    spoken = language(question) or language(earlier) or language(given) or "es"

    def build(kind: Kind, sure: float, quotes: tuple[str, ...] = ()) -> Answer:
        text = _say(kind, quotes, spoken)
        return Answer(text, kind, round(sure, 2), spoken, question, given, quotes)

    small_talk = _small_talk(question)
    if small_talk:
        return build(small_talk, 0.95)
    if not given.strip():
        return build("no_facts", 0.0)
    if not question or SUMMARY_REQUESTS & set(words(question)):
        return build("summary", 0.8, (first_sentences(given, SUMMARY_CHARACTERS),))
    quotes, sure = _best(question, earlier, fact_list(given))
    return build("quote" if quotes else "no_match", sure, quotes)


def _small_talk(question: str) -> Kind | None:
    said = words(question)
    if not said or len(said) > 6:
        return None
    if said[0] in GREETING_STARTERS and all(w in GREETINGS for w in said):
        return "greeting"
    if THANKS_STARTERS & set(said) and all(w in THANKS for w in said):
        return "thanks"
    return None


def _say(kind: Kind, quotes: tuple[str, ...], spoken: Language) -> str:
    if not quotes:
        return PHRASES[spoken][kind]
    quote = " ".join(quotes)
    if language(quote) in (None, spoken):
        return quote
    return PHRASES[spoken]["foreign"].format(quote=quote)


def _best(
    question: str, earlier: str, facts: list[Fact]
) -> tuple[tuple[str, ...], float]:
    """The quotes that answer, none when nothing matches, and the match 0..1."""
    asked = terms(question)
    chosen, sure = _choose(asked, facts)
    if not chosen and earlier:
        # A follow-up: "and the kettle?" is about what was asked before, of a kettle.
        about = [f for f in facts if not asked or _coverage(asked, f)]
        asked = list(dict.fromkeys(asked + terms(earlier)))
        chosen, sure = _choose(asked, about)
        sure *= FOLLOW_UP_WEIGHT
    return _quotes(asked, chosen), sure


def _choose(asked: list[str], facts: list[Fact]) -> tuple[list[Fact], float]:
    """The best one or two facts in their order, and the best one's match."""
    if not asked or not facts:
        return [], 0.0
    weights = _weights(asked, facts)
    scores = [_score(weights, fact) for fact in facts]
    best = max(scores)
    if best < THRESHOLD:
        return [], best
    enough = max(THRESHOLD, best * SECOND_FACT)
    ranked = sorted(range(len(facts)), key=lambda i: -scores[i])[:2]
    return [facts[i] for i in sorted(ranked) if scores[i] >= enough], best


def _weights(asked: list[str], facts: list[Fact]) -> dict[str, float]:
    """How much each term of the question tells: rare terms tell more."""
    known = [set(terms(f"{fact.heading} {fact.text}")) for fact in facts]
    weights = {}
    for term in asked:
        frequency = sum(any(likeness(term, t) for t in has) for has in known)
        weights[term] = math.log(1 + len(facts) / max(frequency, 0.5))
    return weights


def _score(weights: dict[str, float], fact: Fact) -> float:
    """The share of the question's weight that a fact covers, 0..1."""
    said, above = _coverage(list(weights), fact), terms(fact.heading)
    covered = 0.0
    for term, weight in weights.items():
        in_heading = max((likeness(term, other) for other in above), default=0.0)
        covered += weight * max(said.get(term, 0.0), HEADING_WEIGHT * in_heading)
    return covered / sum(weights.values())


def _coverage(asked: list[str], fact: Fact) -> dict[str, float]:
    """The asked terms that a fact's own text has, with their likeness."""
    said = terms(fact.text)
    found = {
        term: max((likeness(term, s) for s in said), default=0.0) for term in asked
    }
    return {term: alike for term, alike in found.items() if alike}


def _quotes(asked: list[str], facts: list[Fact]) -> tuple[str, ...]:
    """The facts as they can stand alone: with their heading when it is needed."""
    quotes: list[str] = []
    shown = ""
    for fact in facts:
        text = fact.text if fact.text[-1] in ".!?…:" else f"{fact.text}."
        said = _coverage(asked, fact)
        above = terms(fact.heading)
        missing = [t for t in asked if t in above and t not in said]
        if missing and fact.heading != shown:
            shown = fact.heading
            text = f"{shown}: {text}"
        quotes.append(text)
    return tuple(quotes)
