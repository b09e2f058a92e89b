# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A text as its reader takes it, with the way back to how it was written.

Full-width characters are plain ones, what cannot be seen is gone, numbers in words are
digits ("cincuenta y cinco, treinta y dos" is "55 32"), and what was written one by one
("5 5 1 2", "M A R J") is written together.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from num2words import num2words

# What replaces ``text[start:end]``: (start, end, replacement).
_Edit = tuple[int, int, str]

_ODD = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\u3000\ufe0e\ufe0f\ufeff"
    "\uff01-\uff5e\U0001d7ce-\U0001d7ff]"
)
_UNSEEN = ("Cf", "Me", "Mn")


@dataclass(frozen=True)
class Readable:
    """A readable text.

    :param starts: where each of its characters begins in the text as it was written,
        ``ends`` where it ends; none if both texts are the same
    """

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` is in the text as it was written."""
        if not self.starts:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def edited(self, edits: list[_Edit]) -> "Readable":
        """Return the text with these pieces, in order, replaced."""
        if not edits:
            return self
        size = len(self.text)
        starts, ends = self.starts or range(size), self.ends or range(1, size + 1)
        parts: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        place = 0
        for start, end, replacement in [*edits, (size, size, "")]:
            parts += [self.text[place:start], replacement]
            new_starts += starts[place:start]
            new_ends += ends[place:start]
            if replacement:
                new_starts += [starts[start]] * len(replacement)
                new_ends += [ends[end - 1]] * len(replacement)
            place = end
        return Readable("".join(parts), tuple(new_starts), tuple(new_ends))


def readable(text: str) -> Readable:
    """Return ``text`` as its reader takes it."""
    result = Readable(text)
    for edits in (_plain_characters, _digits_of_words, _written_together):
        result = result.edited(list(edits(result.text)))
    return result


def _plain_characters(text: str) -> Iterator[_Edit]:
    for match in _ODD.finditer(text):
        unseen = unicodedata.category(match[0]) in _UNSEEN
        plain = "" if unseen else unicodedata.normalize("NFKC", match[0])
        yield match.start(), match.end(), plain


def _number_words() -> dict[str, str]:
    """Return the digits that one Spanish or English word stands for."""
    words = {"oh": "0", "cien": "100"}
    for number in (*range(30), *range(30, 100, 10), *range(200, 1000, 100)):
        for lang in ("es", "en"):
            word = num2words(number, lang=lang)
            if word.isalpha():
                words[word] = str(number)
                plain = unicodedata.normalize("NFD", word)
                words["".join(c for c in plain if c.isalpha())] = str(number)
    return words


_NUMBER_WORDS = _number_words()
_TENS = {word: n for word, n in _NUMBER_WORDS.items() if len(n) == 2 and n[1] == "0"}
# To be read in a pattern: "cuarenta y cinco", "mil novecientos ochenta y cinco".
_ANY = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
WORDED_NUMBER = (
    rf"(?:(?:{_ANY}|ciento|mil)(?:[ \t]++(?:y[ \t]++)?(?:{_ANY}|ciento|mil)){{0,5}})\b"
)
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"(?:[ \t]*[,.;:–-]?[ \t]*\n?[ \t]*)\Z")
_AND = re.compile(r"[ \t]+(?:y[ \t]+)?|-")
# Shorter ones may be amounts, counts or hours.
_MIN_NUMBERS = 4
_MIN_DIGITS = 7


def _digits_of_words(text: str) -> Iterator[_Edit]:
    run: list[_Edit] = []
    for number in _numbers(text):
        if run and not _BETWEEN.match(text, run[-1][1], number[0]):
            yield from _joined_run(run)
            run = []
        run.append(number)
    yield from _joined_run(run)


def _numbers(text: str) -> Iterator[_Edit]:
    """Yield the numbers in words, and the few digits that may stand between them."""
    tens: tuple[int, int, str] | None = None
    for word in _WORD.finditer(text):
        value = word[0].lower()
        digits = _NUMBER_WORDS.get(value, value if value.isdecimal() else "")
        if tens and len(digits) == 1 and digits > "0" and not value.isdecimal():
            if _AND.fullmatch(text, tens[1], word.start()):
                yield tens[0], word.end(), tens[2][0] + digits
                tens = None
                continue
        if tens and value == "y":
            continue
        if tens:
            yield tens
            tens = None
        if value in _TENS:
            tens = word.start(), word.end(), digits
        elif digits and len(digits) <= _MIN_NUMBERS:
            yield word.start(), word.end(), digits
    if tens:
        yield tens


def _joined_run(run: list[_Edit]) -> Iterator[_Edit]:
    """Yield the edits that make digits of a run, if it is a number to be dialled."""
    in_words = sum(end - start != len(digits) for start, end, digits in run)
    if in_words < 2 or len(run) < _MIN_NUMBERS:
        return
    if sum(len(digits) for _, _, digits in run) < _MIN_DIGITS:
        return
    # Telephones have groups, which are not always those in which they are said.
    count = sum(len(digits) for _, _, digits in run)
    breaks = {3, 6} if count in (9, 10) else set()
    place = count = 0
    for start, end, digits in run:
        if place and start > place:
            yield place, start, ""
        grouped = [f" {d}" if count + n in breaks else d for n, d in enumerate(digits)]
        yield start, end, "".join(grouped)
        place, count = end, count + len(digits)


# One by one: "5 5 1 2 3 4", "M A R J 7 9". A word of one letter is not the first.
_ONE_BY_ONE = re.compile(
    r"(?<![\w.'’-])(?![aeouyAEOUY][ \t]+\d)[^\W_](?:[ \t.·-][^\W_](?![^\W_])){5,}"
)
_LAST_WORD = re.compile(r"[ \t][aeouyx]\Z")


def _written_together(text: str) -> Iterator[_Edit]:
    for match in _ONE_BY_ONE.finditer(text):
        last = _LAST_WORD.search(text, match.start(), match.end())
        end = last.start() if last else match.end()
        if sum(map(str.isdecimal, match[0])) >= 2:
            yield from (
                (place, place + 1, "") for place in range(match.start() + 1, end, 2)
            )
