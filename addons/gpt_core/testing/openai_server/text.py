# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words, stems, sentences and the language of short texts."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from .words import (
    ABBREVIATIONS,
    ENGLISH,
    PADDING,
    PRICE_SUBJECT,
    SPANISH,
    STOP_WORDS,
    SUBJECTS,
)

Language = Literal["es", "en"]

_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”)]*\s+(?=[A-ZÁÉÍÓÚÑÜ¿¡\"«“(0-9])")
_ENDINGS = ("ciones", "mente", "ando", "iendo", "es", "os", "as", "an", "en")
_PROTECTED_DOT = "\u2024"


def fold(text: str) -> str:
    """Lower case without accents: ``"Envíos"`` → ``"envios"``."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """A rough stem: a common ending taken off, at most seven letters."""
    if word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] in "aeos":
        word = word[:-1]
    return word[:7]


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
