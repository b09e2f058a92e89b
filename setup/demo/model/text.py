# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Telling words, sentences and the language of short texts."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from openai_server.stop_words import ENGLISH, PADDING, SPANISH, STOP_WORDS
from openai_server.text import stem, words

from .words import ABBREVIATIONS, PRICE_SUBJECT, SUBJECTS

Language = Literal["es", "en"]

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”)]*\s+(?=[A-ZÁÉÍÓÚÑÜ¿¡\"«“(0-9])")
_PROTECTED_DOT = "\u2024"


class Term(NamedTuple):
    """A telling word: its stem, and the subject of ``words.SUBJECTS`` it is of."""

    stem: str
    subject: int | None


def terms(text: str) -> list[Term]:
    """What a text is about: its words without the stop words, each one once."""
    found = [term_of(word) for word in words(text) if word not in STOP_WORDS]
    if "$" in text:
        found.append(Term("$", PRICE_SUBJECT))
    return list(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def term_of(word: str) -> Term:
    """The term of one folded word."""
    for number, subject in enumerate(SUBJECTS):
        for beginning in subject:
            if word == beginning[1:] or word.startswith(beginning):
                return Term(stem(word), number)
    return Term(stem(word), None)


def likeness(one: Term, other: Term) -> float:
    """How alike two terms are: 1 the same word, 0 nothing in common.

    Words of one subject are alike whatever their language; so are words with a long
    common beginning, a little less.
    """
    if one.stem == other.stem:
        return 1.0
    if one.subject is not None and one.subject == other.subject:
        return 0.85
    shorter, longer = sorted((one.stem, other.stem), key=len)
    common = next(
        (i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b),
        len(shorter),
    )
    return 0.7 if common >= 4 and common >= 0.7 * len(longer) else 0.0


def sentences(text: str) -> list[str]:
    """The sentences of one line; abbreviations do not end a sentence."""
    for abbreviation in ABBREVIATIONS:
        guarded = abbreviation.replace(".", _PROTECTED_DOT)
        text = text.replace(abbreviation, guarded)
    parts = _SENTENCE_END.split(text)
    return [p.replace(_PROTECTED_DOT, ".").strip() for p in parts if p.strip()]


def language(text: str) -> Language | None:
    """The language of a text by its small words, ``None`` when they do not tell."""
    if re.search(r"[¿¡ñ]", text.lower()):
        return "es"
    found = words(text)
    spanish_padding = {"hola", "gracias", "buenas", "buenos", "favor"} & PADDING
    spanish = sum(w in SPANISH - ENGLISH or w in spanish_padding for w in found)
    english = sum(w in ENGLISH - SPANISH or w in {"hello", "hi"} for w in found)
    if re.search(r"[áéíóú]", text.lower()):
        spanish += 1
    if spanish == english:
        return None
    return "es" if spanish > english else "en"


def first_sentences(text: str, characters: int) -> str:
    """As many whole sentences as fit, at least a cut first one."""
    chosen = ""
    for sentence in sentences(" ".join(text.split())):
        longer = f"{chosen} {sentence}".strip()
        if len(longer) > characters:
            break
        chosen = longer
    return chosen or text[:characters].strip()
