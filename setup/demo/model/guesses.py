# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a field of a structured output should hold, judging by its name.

In turn: fields about the answer itself (``answer``, ``confidence``, ``action``…), a
``Label: value`` line of the facts with the same name, an e-mail address, telephone
number or amount found in the text.
"""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from openai_server.structured import NOTHING, Field
from openai_server.text import fold, words

from .answers import Answer
from .facts import fact_list, fields_of
from .text import first_sentences, terms
from .words import EMPTY_VALUES, FIELD_NAMES, FIELD_PADDING, NOT_URGENT, URGENT

SUMMARY_CHARACTERS = 300

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Masked, or as it is written; the day on which something was written is none.
_PHONE = re.compile(
    r"\[\[PHONE_\d+\]\]|(?<![\d-])(?!\d{4}-\d\d-\d\d)\+?\(?\d[\d\s().-]{7,17}\d"
)
_AMOUNT = re.compile(r"\$?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)")
_HAND_OVER = (
    "handoff",
    "hand_off",
    "handover",
    "escala",
    "transfer",
    "human",
)
_LEVELS = (
    ("lowest", "low", "baja", "bajo", "0"),
    ("normal", "medium", "media", "medio", "1"),
    ("high", "alta", "alto", "2"),
    ("urgent", "highest", "very high", "muy alta", "urgente", "critical", "3"),
)
_KIND_FIELDS = ("kind", "answer_kind", "text_kind", "tipo")
_KINDS_OF_TEXT: dict[str, tuple[str, ...]] = {
    "greeting": ("small_talk",),
    "thanks": ("small_talk", "acknowledgement"),
    "person": ("acknowledgement",),
    "unclear": ("clarification",),
}
_TRUE = frozenset({"true", "yes", "si", "1", "x", "ok"})


@dataclass(frozen=True)
class GuessedField(Field):
    """A field that is filled from an answer at hand, judging by its name."""

    answer: Answer = dataclasses.field(kw_only=True)

    @property
    def parts(self) -> set[str]:
        """The words of the name: ``email_from`` → ``{"email", "from"}``."""
        return set(words(self.name.replace("_", " ").replace("-", " ")))

    def guess(self, kind: type, schema: dict[str, Any] | None = None) -> Any:
        """A value of a kind for this field, or ``NOTHING``."""
        return _guess(self, kind, schema or {})


def _guess(field: GuessedField, kind: type, schema: dict[str, Any]) -> Any:
    if kind is list:
        return _list(field, schema)
    if "enum" in schema:
        return _choice(field, [v for v in schema["enum"] if v is not None])
    if kind is bool:
        return _flag(field)
    if kind is float:
        return _amount(field, schema)
    return _text(field)


def _named(field: GuessedField, *names: str) -> bool:
    return any(name == field.name or name in field.parts for name in names)


# Texts ----------------------------------------------------------------------------


def _text(field: GuessedField) -> Any:
    for names, make in _TEXTS:
        if _named(field, *names):
            return make(field)
    return _labelled(field)


def _summary(field: GuessedField) -> Any:
    given = field.answer.facts or field.answer.question
    return first_sentences(given, SUMMARY_CHARACTERS) if given else NOTHING


def _labelled(field: GuessedField) -> Any:
    """The value of a line ``Label: value`` whose label means the field's name."""
    wanted = [_synonyms(part) for part in field.parts - FIELD_PADDING or field.parts]
    for label, value in fields_of(field.answer.facts).items():
        said = set(words(label))
        if fold(value) not in EMPTY_VALUES and all(said & names for names in wanted):
            return value
    return NOTHING


@cache
def _synonyms(part: str) -> frozenset[str]:
    own = {part, f"{part}s", part.removesuffix("s")}
    same = [names for names in FIELD_NAMES if part in names]
    return frozenset(own.union(*same))


def _found(pattern: re.Pattern[str]) -> Callable[[GuessedField], Any]:
    def find(field: GuessedField) -> Any:
        labelled = _labelled(field)
        own = labelled if isinstance(labelled, str) else ""
        anywhere = f"{field.answer.facts}\n{field.answer.question}"
        match = pattern.search(own) or pattern.search(anywhere)
        return match[0].strip() if match else NOTHING

    return find


def _reason(field: GuessedField) -> str:
    spanish = field.answer.language == "es"
    if field.answer.wants_person:
        return "Pide hablar con una persona." if spanish else "Asks for a person."
    if field.answer.matched:
        return "Hay datos sobre ello." if spanish else "There are facts about it."
    return "No hay datos sobre ello." if spanish else "There are no facts about it."


def _next_step(field: GuessedField) -> str:
    spanish = field.answer.language == "es"
    given = f"{field.answer.facts}\n{field.answer.question}"
    if _PHONE.search(given):
        return "Llamar al cliente." if spanish else "Call the customer."
    if _EMAIL.search(given):
        return "Escribir al cliente." if spanish else "Write to the customer."
    return "Pedir un dato de contacto." if spanish else "Ask for a contact."


_REPLIES = ("answer", "reply", "text", "respuesta", "response", "message", "mensaje")
_TEXTS: tuple[tuple[tuple[str, ...], Callable[[GuessedField], Any]], ...] = (
    # First: "next_step_quote" is the quote of a next step.
    (("quote", "cita", "evidence"), lambda f: " ".join(f.answer.quotes) or NOTHING),
    (_REPLIES, lambda f: f.answer.text),
    (("summary", "resumen"), _summary),
    (("next_step", "next", "siguiente"), _next_step),
    (("reason", "motivo", "why"), _reason),
    (("language", "idioma", "lang"), lambda f: f.answer.language),
    (("question", "pregunta"), lambda f: f.answer.question),
    (("email", "correo", "mail"), _found(_EMAIL)),
    (("phone", "telefono", "mobile", "celular", "whatsapp"), _found(_PHONE)),
)


# Choices --------------------------------------------------------------------------


def _choice(field: GuessedField, values: list[Any]) -> Any:
    if not values or not all(isinstance(value, str) for value in values):
        return _closest_level(field, values) if values else NOTHING
    if _named(field, "action", "decision", "verdict", "accion"):
        return _action(field, values)
    if field.name in _KIND_FIELDS:
        return _kind_of_text(field, values)
    if _named(field, "priority", "prioridad", "urgency", "urgencia"):
        return _closest_level(field, values)
    if _named(field, "language", "idioma", "lang"):
        return next((v for v in values if v.startswith(field.answer.language)), NOTHING)
    return _mentioned(field, values)


def _action(field: GuessedField, values: list[str]) -> str:
    hand_over = [v for v in values if any(h in v.lower() for h in _HAND_OVER)]
    if hand_over and (field.answer.wants_person or not field.answer.matched):
        return hand_over[0]
    replies = [v for v in values if v.lower() in ("answer", "reply", "responder", "ok")]
    others = [v for v in values if v not in hand_over]
    return (replies or others or values)[0]


def _kind_of_text(field: GuessedField, values: list[str]) -> Any:
    """What the answer is, where the choices have a word for it."""
    wanted = _KINDS_OF_TEXT.get(field.answer.kind, ("answer",))
    return next((v for v in wanted if v in values), NOTHING)


def _closest_level(field: GuessedField, values: list[Any]) -> Any:
    """The choice at the text's urgency; unknown names are taken as rising."""
    known = [_rank(value) for value in values]
    rising = [3 * i / max(len(values) - 1, 1) for i in range(len(values))]
    ranks = rising if None in known else [rank or 0 for rank in known]
    wanted = _urgency(field)
    return min(zip(ranks, values, strict=True), key=lambda p: abs(p[0] - wanted))[1]


def _rank(value: Any) -> int | None:
    name = fold(str(value)).replace("_", " ")
    return next((i for i, names in enumerate(_LEVELS) if name in names), None)


def _urgency(field: GuessedField) -> int:
    said = set(words(f"{field.answer.facts} {field.answer.question}"))
    if URGENT & said:
        return 3
    return 0 if NOT_URGENT & said else 1


def _mentioned(field: GuessedField, values: list[str]) -> Any:
    said = set(terms(f"{field.answer.facts} {field.answer.question}"))
    scored = [(len(said & set(terms(v.replace("_", " ")))), v) for v in values]
    best = max(scored, key=lambda pair: pair[0])
    if best[0]:
        return best[1]
    others = ("other", "otro", "otra", "unknown", "none", "ninguno", "desconocido")
    return next((v for v in values if fold(v) in others), NOTHING)


# Numbers, flags and lists ---------------------------------------------------------


def _amount(field: GuessedField, schema: dict[str, Any]) -> Any:
    if _named(field, "confidence", "confianza", "score", "certainty", "certeza"):
        is_percent = (schema.get("maximum") or 1) > 1 or "100" in field.description
        scale = 100 if is_percent else 1
        return field.answer.confidence * scale
    if _named(field, "priority", "prioridad", "urgency", "urgencia"):
        low, high = schema.get("minimum", 0), schema.get("maximum", 3)
        return low + (high - low) * _urgency(field) / 3
    labelled = _labelled(field)
    source = labelled if labelled is not NOTHING else _sentence_about(field)
    match = _AMOUNT.search(source)
    return float(match[1].replace(",", "")) if match else NOTHING


def _sentence_about(field: GuessedField) -> str:
    wanted = set(terms(f"{field.name.replace('_', ' ')} {field.description}"))
    facts = [fact.text for fact in fact_list(field.answer.facts)]
    best = max(facts, key=lambda t: len(wanted & set(terms(t))), default="")
    return best if wanted & set(terms(best)) else ""


def _flag(field: GuessedField) -> Any:
    if any(h in field.name for h in (*_HAND_OVER, "needs_person")):
        return field.answer.wants_person or not field.answer.matched
    if _named(field, "found", "answered", "matched", "resolved", "encontrado"):
        return field.answer.matched
    if _named(field, "urgent", "urgente"):
        return _urgency(field) == 3
    labelled = _labelled(field)
    return NOTHING if labelled is NOTHING else fold(labelled) in _TRUE


def _list(field: GuessedField, items: dict[str, Any]) -> Any:
    choices = items.get("enum")
    if choices and _named(field, "missing", "missing_fields", "faltantes"):
        return [choice for choice in choices if _is_missing(field, str(choice))]
    if choices:
        mentioned = _mentioned(field, [str(c) for c in choices])
        return NOTHING if mentioned is NOTHING else [mentioned]
    if _named(field, "cited", "citations"):
        return list(field.answer.cited) or NOTHING
    if _named(field, "quotes", "facts", "sources", "evidence", "points", "citas"):
        return list(field.answer.quotes) or NOTHING
    labelled = _labelled(field)
    if labelled is NOTHING:
        return NOTHING
    return [part.strip() for part in re.split(r"[,;]", labelled) if part.strip()]


def _is_missing(field: GuessedField, choice: str) -> bool:
    """Whether the facts say nothing for a field of this name."""
    asked = field.below(choice, {})
    if _labelled(asked) is not NOTHING:
        return False
    for names, make in _TEXTS[-2:]:
        if _named(asked, *names):
            return make(asked) is NOTHING
    return True
