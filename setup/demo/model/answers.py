# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The answers of the demo's model: the best matching facts of the prompt, quoted.

No model is behind this. It finds the one or two facts that share most with the
question and says so when nothing does, which is what a demo and a test need: an
answer that can be checked against what was sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openai_server.prompts import Message
from openai_server.stop_words import STOP_WORDS
from openai_server.text import words

from .facts import (
    asked_language,
    asks_for_numbers,
    earlier_question,
    fact_list,
    fact_text,
    question_of,
)
from .matching import best_quotes
from .text import Language, first_sentences, language
from .words import (
    GREETING_STARTERS,
    GREETINGS,
    PERSONS,
    SUMMARY_REQUESTS,
    TALKING,
    THANKS,
    THANKS_STARTERS,
)

Kind = Literal[
    "greeting",
    "thanks",
    "quote",
    "summary",
    "person",
    "unclear",
    "no_match",
    "no_facts",
]

SUMMARY_CHARACTERS = 400

PHRASES: dict[Language, dict[str, str]] = {
    "es": {
        "greeting": "¡Hola! ¿En qué puedo ayudarte?",
        "thanks": "¡Con gusto! ¿Hay algo más en lo que pueda ayudarte?",
        "person": "Claro, paso tu mensaje a una persona del equipo.",
        "unclear": "Tengo varios datos sobre eso. ¿Me puedes dar más detalle?",
        "no_match": "No tengo información sobre eso.",
        "no_facts": "No tengo información sobre eso: no recibí datos que consultar.",
        "foreign": "Esto dice nuestra información: «{quote}»",
    },
    "en": {
        "greeting": "Hello! How can I help you?",
        "thanks": "You're welcome! Is there anything else I can help you with?",
        "person": "Of course, I will pass your message on to one of our team.",
        "unclear": "I have several facts about that. Can you tell me more?",
        "no_match": "I have no information about that.",
        "no_facts": "I have no information about that: I was given no facts.",
        "foreign": "This is what our information says: “{quote}”",
    },
}


@dataclass(frozen=True)
class Answer:
    """What to say, how sure (0..1), and what it rests on: the quotes, and the numbers
    of the passages that they were taken from."""

    text: str
    kind: Kind
    confidence: float
    language: Language
    question: str
    facts: str
    quotes: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()

    @property
    def matched(self) -> bool:
        """Whether the question was answered (a greeting needs no fact)."""
        return self.kind in ("greeting", "thanks", "quote", "summary")

    @property
    def wants_person(self) -> bool:
        """Whether the question asks for a human being."""
        return _asks_for_a_person(self.question)


def answer(messages: Sequence[Message]) -> Answer:
    """Answer the last user message from the facts in the prompt."""
    question = question_of(messages)
    given = fact_text(messages)
    earlier = earlier_question(messages)
    # Instructions may say in which language to write; what they are written in
    # themselves says nothing.
    spoken = asked_language(messages) or _spoken(question, earlier, given)

    def build(
        kind: Kind,
        sure: float,
        quotes: tuple[str, ...] = (),
        cited: tuple[str, ...] = (),
    ) -> Answer:
        text, sure = _say(kind, quotes, spoken), round(sure, 2)
        return Answer(text, kind, sure, spoken, question, given, quotes, cited)

    small_talk = _small_talk(question)
    if small_talk:
        return build(small_talk, 0.95)
    if _asks_for_a_person(question):
        return build("person", 0.0)
    if not given.strip():
        return build("no_facts", 0.0)
    if not question or SUMMARY_REQUESTS & set(words(question)):
        return build("summary", 0.8, (first_sentences(given, SUMMARY_CHARACTERS),))
    facts = fact_list(given)
    found = best_quotes(question, earlier, facts, asks_for_numbers(messages))
    if found.is_unclear:
        return build("unclear", found.score / 2)
    kind: Kind = "quote" if found.quotes else "no_match"
    return build(kind, found.score, found.quotes, found.numbers)


def _spoken(*texts: str) -> Language:
    """The language of the first of these texts that tells."""
    return next(filter(None, map(language, texts)), "es")


def _small_talk(question: str) -> Kind | None:
    said = words(question)
    if not said or len(said) > 6:
        return None
    if said[0] in GREETING_STARTERS and all(w in GREETINGS for w in said):
        return "greeting"
    if THANKS_STARTERS & set(said) and all(w in THANKS for w in said):
        return "thanks"
    return None


def _asks_for_a_person(question: str) -> bool:
    """Whether it is about talking to a person: "/asesor", "can I talk to a human?"."""
    said = set(words(question))
    if not said & PERSONS:
        return False
    return bool(said & TALKING) or said - STOP_WORDS <= PERSONS


def _say(kind: Kind, quotes: tuple[str, ...], spoken: Language) -> str:
    if not quotes:
        return PHRASES[spoken][kind]
    quote = " ".join(quotes)
    if language(quote) in (None, spoken):
        return quote
    return PHRASES[spoken]["foreign"].format(quote=quote)
