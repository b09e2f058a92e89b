# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes in texts: part numbers, references, names of models. Each is one term.

PostgreSQL's parser makes ``sku`` and ``-01234`` of "SKU-01234", so that each of two
thousand part numbers has a half of every other. Here a code is looked up whole, in
whatever way it is written: "SKU-01234", "sku 01234" and "SKU01234" are the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from odoo.addons.gpt_core.engine.text.folding import without_accents

from .language import FUNCTION_WORDS

# Before each lexeme of a code: no word of a text has it.
PREFIX = "#"
MAX_CODES = 12
_LONGEST = 40
# Letters that may stand apart before a number ("SKU 01500"), and after it ("58 mm").
_LETTERS_BEFORE, _LETTERS_AFTER = 5, 3
# A number that is a part of a code and found by itself has so many digits.
_PART_DIGITS = 3

_TOKEN = re.compile(r"[^\W_]+(?:[-./_#][^\W_]+){0,9}")
_SEPARATORS = re.compile(r"[-./_#]")
# What stands on either side of it may be a code of its own.
_LISTING = re.compile(r"[./_#]")
_DIGIT, _DIGITS = re.compile(r"\d"), re.compile(r"\d+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# So many words in capitals only are no codes: somebody writes like that.
_SHOUTED = 3


@dataclass(frozen=True)
class Code:
    """A code of a question.

    :param text: as it was written
    :param lexeme: what it is in the index
    :param words: the words of the question that it consists of
    :param certain: it cannot be anything else; an uncertain one that stands nowhere is
        looked up as the words that it consists of
    """

    text: str
    lexeme: str
    words: tuple[str, ...]
    certain: bool


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def has_digit(self) -> bool:
        return bool(_DIGIT.search(self.text))

    @property
    def has_letter(self) -> bool:
        return any(char.isalpha() for char in self.text)

    @property
    def is_mixed(self) -> bool:
        return self.has_digit and self.has_letter

    @property
    def is_divided(self) -> bool:
        return bool(_SEPARATORS.search(self.text))


def code_lexemes(text: str) -> list[str]:
    """Return the lexemes of the codes that stand in a text, sorted."""
    text = text.translate(_DASHES)
    tokens = _tokens(text)
    found: set[str] = set()
    for token in tokens:
        found.update(_lexemes_of(token))
    for left, right in pairwise(tokens):
        if _belong_together(text, left, right):
            found.add(_lexeme(left.text + right.text))
    return sorted(found)


def codes_of(question: str) -> list[Code]:
    """Return the codes that a question asks about, those that are certain first."""
    question = question.translate(_DASHES)
    tokens = _tokens(question)
    shouting = _is_shouted(tokens)
    found: dict[str, Code] = {}
    for token in tokens:
        if token.has_digit and (token.has_letter or token.is_divided):
            lexeme = _lexeme(token.text)
            word = token.text.lower()
            found[lexeme] = Code(token.text, lexeme, (word,), token.has_letter)
    for left, right in pairwise(tokens):
        if not _belong_together(question, left, right):
            continue
        lexeme = _lexeme(left.text + right.text)
        # "SKU 99999" is one; "pedido 99999" may be anything.
        certain = left.text.isupper() and not shouting and len(right.text) > 2
        words = (left.text.lower(), right.text.lower())
        text = f"{left.text} {right.text}"
        found.setdefault(lexeme, Code(text, lexeme, words, certain))
    ordered = sorted(found.values(), key=lambda code: not code.certain)
    return ordered[:MAX_CODES]


def number_lexeme(word: str) -> str | None:
    """Return what a number is in the index when it is a part of a code."""
    is_part = _DIGITS.fullmatch(word) and _PART_DIGITS <= len(word) <= _LONGEST
    return PREFIX + word if is_part else None


def _is_shouted(tokens: list[_Token]) -> bool:
    written = [token.text for token in tokens if token.text.isalpha()]
    return len(written) >= _SHOUTED and all(map(str.isupper, written))


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if len(match[0]) <= _LONGEST
    ]


def _lexemes_of(token: _Token) -> Iterator[str]:
    if not token.has_digit:
        return
    if token.has_letter or token.is_divided:
        yield _lexeme(token.text)
    if token.has_letter:
        for number in _DIGITS.findall(token.text):
            if len(number) >= _PART_DIGITS:
                yield PREFIX + number
    for part in _LISTING.split(token.text):
        # "SKU-01234/SKU-01235.pdf" is three things.
        if part != token.text and _Token(part, 0, 0).is_mixed:
            yield _lexeme(part)


def _belong_together(text: str, left: _Token, right: _Token) -> bool:
    """Tell whether letters and digits with a space between them may be one code."""
    if right.start - left.end != 1 or not text[left.end].isspace():
        return False
    if left.text.isalpha():
        alike = len(left.text) <= _LETTERS_BEFORE and right.text[0].isdigit()
    else:
        is_unit = right.text.isalpha() and len(right.text) <= _LETTERS_AFTER
        alike = is_unit and bool(_DIGITS.fullmatch(left.text))
    return alike and FUNCTION_WORDS.isdisjoint((left.text.lower(), right.text.lower()))


def _lexeme(text: str) -> str:
    plain = without_accents(text.casefold())
    if any(char.isalpha() for char in plain):
        plain = _SEPARATORS.sub("", plain)
    return PREFIX + plain
