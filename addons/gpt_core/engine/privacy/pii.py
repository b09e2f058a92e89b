# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds personal data in Mexican Spanish (and English) text.

A pattern proposes, a validator decides: dates and check digits by ``python-stdnum``,
phones by ``phonenumbers``. After a context word ("mi RFC es …") a wrong digit does
not matter: people mistype, and it is personal all the same. After the context word of
a folio, or where nothing fits, an order number, a UUID or an amount is left alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10
from stdnum.mx import curp, rfc

from .addresses import find_addresses
from .context_words import context_pattern, is_folio, words_before
from .number_recognizers import find_numbers

# Takes the place of what is found, so that later patterns do not go on in it.
_BLANK = "\x00"


@dataclass(frozen=True)
class PiiSpan:
    """A piece of personal data: its label, and where it stands."""

    label: str
    start: int
    end: int


def find(text: str) -> list[PiiSpan]:
    """Return what is personal in ``text``, in order, without overlaps."""
    spans: list[PiiSpan] = []
    for finder in _FINDERS:
        found = [PiiSpan(*item) for item in finder(text)]
        spans += found
        text = blanked(text, found)
    return sorted(spans, key=lambda span: span.start)


def blanked(text: str, found: list[PiiSpan]) -> str:
    """Return ``text`` as long as it was, with nothing in the place of ``found``."""
    if not found:
        return text
    parts, end = [], 0
    for span in found:
        parts += [text[end : span.start], _BLANK * (span.end - span.start)]
        end = span.end
    return "".join([*parts, text[end:]])


_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_EMAIL = re.compile(
    # ana@correo.mx, ana @ correo . mx, ana@gmail (the ending forgotten)
    rf"(?<![\w.%+-])[\w.%+-]+(?:@| ?@ ?(?={_LABEL} ?\.)){_LABEL}"
    rf"(?:\.{_LABEL}| ?\. ?(?:com|mx|net|org|edu|gob)\b)*"
)
_SPELT_EMAIL = re.compile(
    # "arroba" may be within a word, as may "punto": words have a limit.
    r"(?<![\w.%+-])[\w.%+-]{1,64}(?:\s(?:punto|gui[oó]n(?:\sbajo)?)\s[\w.%+-]{1,64}){0,4}"
    r"\s?[(\[]?\s?arroba\s?[)\]]?\s?[\w-]{1,63}"
    r"(?:(?:\.|\s?[(\[]?\s?punto\s?[)\]]?\s?)[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)


def _emails(text: str) -> Iterator[tuple[str, int, int]]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            if "." in match[0].partition("@")[2] or not match[0][0].isdigit():
                yield "EMAIL", match.start(), match.end()


def _spelt_emails(text: str) -> Iterator[tuple[str, int, int]]:
    if "arroba" not in text.lower():
        return
    for match in _SPELT_EMAIL.finditer(text):
        yield "EMAIL", match.start(), match.end()


def _compact(text: str) -> str:
    return re.sub(r"[\s.-]", "", text)


def _is_curp(text: str) -> bool:
    try:
        curp.validate(_compact(text), validate_check_digits=False)
    except ValidationError:
        return False
    return True


def _is_rfc(text: str) -> bool:
    # The parts of an article's number are separated, too: there the digit decides.
    return rfc.is_valid(text) if _compact(text) == text else _is_certain_rfc(text)


def _is_certain_rfc(text: str) -> bool:
    return rfc.is_valid(_compact(text), validate_check_digits=True)


@dataclass(frozen=True)
class _Identifier:
    """Letters and digits of a fixed form.

    :param form: as it has to be; ``form_in_context`` as it may be mistyped after its
        context words, ``keyword``
    :param is_valid: decides about ``form`` without context words, ``is_certain`` after
        those of a folio
    """

    label: str
    form: re.Pattern[str]
    is_valid: Callable[[str], bool]
    is_certain: Callable[[str], bool]
    form_in_context: re.Pattern[str]
    keyword: re.Pattern[str]

    def __call__(self, text: str) -> Iterator[tuple[str, int, int]]:
        last = 0
        for match in self.form_in_context.finditer(text):
            end = self._end(text, match, words_before(text, match.start()))
            if end and match.start() >= last:
                yield self.label, match.start(), end
                last = end

    def _end(self, text: str, match: re.Match[str], before: str) -> int:
        """Return where the identifier ends, 0 if it is none."""
        if self.keyword.search(before):
            return match.end()
        exact = self.form.match(text, match.start())
        judge = self.is_certain if is_folio(before) else self.is_valid
        return exact.end() if exact and judge(exact[0]) else 0


_FIND_CURP = _Identifier(
    "CURP",
    re.compile(
        r"[A-Z]{4}[ -]?\d{6}[ -]?[HMX][A-Z]{5}[ -]?[A-Z0-9]\d(?![A-Z0-9])", re.I
    ),
    _is_curp,
    _is_curp,
    re.compile(
        r"(?:(?<![A-Z0-9])|(?<=CURP))[A-Z]{4}[ -]?[0-9OIL]{6}[ -]?[A-Z][A-Z0-9]{4,7}"
        r"(?:[ -]?[A-Z0-9]?\d)?"
        r"(?![A-Z0-9])",
        re.I,
    ),
    context_pattern(r"curp|clave [uú]nica"),
)
_FIND_RFC = _Identifier(
    "RFC",
    re.compile(r"[A-ZÑ&]{3,4}[ -]?\d{6}[ -]?[A-Z0-9]{3}(?![A-Z0-9])", re.I),
    _is_rfc,
    _is_certain_rfc,
    re.compile(
        r"(?:(?<![A-Z0-9Ñ&])|(?<=RFC))[A-ZÑ&]{3,4}[ -]?[0-9OIL]{6}"
        r"(?:-[A-Z0-9]{3}| (?=[A-Z]{0,2}\d|(?-i:[A-Z]{3}))[A-Z0-9]{3}|[A-Z0-9]{0,4})"
        r"(?![A-Z0-9Ñ])",
        re.I,
    ),
    context_pattern(r"r\.?f\.?c\.?|registro federal de contribuyentes|tax id"),
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", re.I)
_IBAN_WORD = context_pattern("iban")
_MIN_IBAN_DIGITS = 10


def _is_iban(text: str) -> bool:
    """ISO 13616's check digits (stdnum.iban reads a file that Odoo 19 hides)."""
    compact = _compact(text).upper()
    return (
        len(compact) >= 15
        and sum(char.isdigit() for char in compact) >= _MIN_IBAN_DIGITS
        and mod_97_10.is_valid(compact[4:] + compact[:4])
    )


def _ibans(text: str) -> Iterator[tuple[str, int, int]]:
    place = 0
    while match := _IBAN.search(text, place):
        place = match.start() + 4
        if length := _iban_length(match[0], words_before(text, match.start())):
            place = match.start() + length
            yield "IBAN", match.start(), place


def _iban_length(text: str, before: str) -> int:
    """Return how much of ``text`` is an IBAN: one more word may look like its end."""
    ends = [len(text), *(space.start() for space in re.finditer(" ", text))]
    for end in sorted(ends, reverse=True):
        if _is_iban(text[:end]):
            return end
    if _IBAN_WORD.search(before):
        return max(m.end() for m in re.finditer(r"[^ ]*\d[^ ]*", text))
    return 0


def _addresses(text: str) -> Iterator[tuple[str, int, int]]:
    for start, end in find_addresses(text):
        yield "ADDRESS", start, end


# Those that are most certain first: what one has found is out of the next one's reach.
_FINDERS: tuple[Callable[[str], Iterator[tuple[str, int, int]]], ...] = (
    _emails,
    _spelt_emails,
    _FIND_CURP,
    _FIND_RFC,
    _ibans,
    find_numbers,
    _addresses,
)
