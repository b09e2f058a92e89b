# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds personal data in Mexican Spanish (and English) text.

A pattern proposes, a validator decides: dates and check digits by ``python-stdnum``,
phones by ``phonenumbers``. After a context word ("mi RFC es …") a wrong digit does
not matter: people mistype, and it is personal all the same. After the context word of
a folio, or where nothing fits, an order number, a UUID or an amount is left alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10
from stdnum.mx import curp, rfc

from .addresses import find_addresses
from .context_words import context_pattern, is_folio, words_before
from .identity_recognizers import SEP, find_birth_dates, find_nif, find_papers
from .locations import find_locations
from .number_recognizers import find_numbers, find_numbers_over_lines
from .readable import readable

_RFC_OF_A_PERSON = 13
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
    read = readable(text)
    left, spans = read.text, []
    for finder in _FINDERS:
        found = _apart(PiiSpan(*item) for item in finder(left))
        spans += found
        left = blanked(left, found)
    return _apart(PiiSpan(s.label, *read.span(s.start, s.end)) for s in spans)


def _apart(found: Iterable[PiiSpan]) -> list[PiiSpan]:
    """Return the spans in order; of one that begins within another, the rest."""
    apart: list[PiiSpan] = []
    for span in sorted(found, key=lambda span: span.start):
        start = max(span.start, apart[-1].end if apart else 0)
        if start < span.end:
            apart.append(PiiSpan(span.label, start, span.end))
    return apart


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
_DOT = r"(?:punto|dot|gui[oó]n(?:\sbajo)?|underscore|dash)"
_AT = (
    # "arroba" may be within a word, as may "punto".
    r"(?:\s?[(\[{<]\s?(?:arroba|at)\s?[)\]}>]\s?|\s?arroba\s?"
    r"|\sat\s(?=[\w-]{1,63}\s?[(\[]?\s?(?:dot|punto)\b))"
)
_AT_WORD = re.compile(_AT, re.IGNORECASE)
_SPELT_EMAIL = re.compile(
    rf"(?<![\w.%+-])[\w.%+-]{{1,64}}(?:\s{_DOT}\s[\w.%+-]{{1,64}}){{0,4}}{_AT}"
    r"[\w-]{1,63}"
    r"(?:(?:\.|\s?[(\[{]?\s?(?:punto|dot)\s?[)\]}]?\s?)[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)


def _emails(text: str) -> Iterator[tuple[str, int, int]]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            if "." in match[0].partition("@")[2] or not match[0][0].isdigit():
                yield "EMAIL", match.start(), match.end()


def _spelt_emails(text: str) -> Iterator[tuple[str, int, int]]:
    if not _AT_WORD.search(text):
        return
    for match in _SPELT_EMAIL.finditer(text):
        yield "EMAIL", match.start(), match.end()


def _compact(text: str) -> str:
    return re.sub(r"[\s./_-]", "", text)


def _is_curp(text: str) -> bool:
    try:
        curp.validate(_compact(text), validate_check_digits=False)
    except ValidationError:
        return False
    return True


def _is_rfc(text: str) -> bool:
    # The parts of an article's number are separated, too; the four letters of a person
    # with a date are rare in it, else the digit decides.
    compact = _compact(text)
    if compact == text or len(compact) == _RFC_OF_A_PERSON:
        return rfc.is_valid(compact)
    return _is_certain_rfc(text)


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


_DATE = rf"\d\d{SEP}\d\d{SEP}\d\d"
_LIKE_A_DATE = rf"[0-9OIL]{{2}}{SEP}[0-9OIL]{{2}}{SEP}[0-9OIL]{{2}}"
_FIND_CURP = _Identifier(
    "CURP",
    re.compile(
        rf"[A-Z]{{4}}{SEP}{_DATE}{SEP}[HMX]{SEP}[A-Z]{{2}}{SEP}[A-Z]{{3}}{SEP}[A-Z0-9]"
        rf"{SEP}\d(?![A-Z0-9])",
        re.I,
    ),
    _is_curp,
    _is_curp,
    re.compile(
        rf"(?:(?<![A-Z0-9])|(?<=CURP))[A-Z]{{4}}{SEP}{_LIKE_A_DATE}(?:{SEP}[A-Z]"
        rf"{SEP}[A-Z0-9]{{2,7}}(?:{SEP}[A-Z]{{3}})?(?:{SEP}[A-Z0-9]?{SEP}\d)?)?"
        r"(?![A-Z0-9])",
        re.I,
    ),
    context_pattern(r"curp|clave [uú]nica"),
)
_FIND_RFC = _Identifier(
    "RFC",
    re.compile(
        rf"[A-ZÑ&]{{3,4}}{SEP}{_DATE}{SEP}[A-Z0-9]{{2}}{SEP}[A0-9](?![A-Z0-9])", re.I
    ),
    _is_rfc,
    _is_certain_rfc,
    re.compile(
        rf"(?:(?<![A-Z0-9Ñ&])|(?<=RFC))[A-ZÑ&]{{3,4}}{SEP}{_LIKE_A_DATE}"
        r"(?:[./_-][A-Z0-9]{3}| (?=[A-Z]{0,2}\d|(?-i:[A-Z]{3}))[A-Z0-9]{3}"
        r"|[A-Z0-9]{0,4})"
        r"(?![A-Z0-9Ñ])",
        re.I,
    ),
    context_pattern(r"r\.?f\.?c\.?|registro federal de contribuyentes|tax id"),
)
_HOMOCLAVE = re.compile(
    r"(?<![^\W_])homo(?:clave)?\b[^\d\n]{0,20}?(?<!\w)(?=\w{0,2}\d)([A-Z0-9]{3})(?!\w)",
    re.I,
)


def _homoclaves(text: str) -> Iterator[tuple[str, int, int]]:
    """The last three characters of an RFC, given apart."""
    for match in _HOMOCLAVE.finditer(text):
        yield "RFC", match.start(1), match.end(1)


_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}", re.I)
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
    ends = [len(text), *(space.start() for space in re.finditer("[ .-]", text))]
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
    find_locations,
    _emails,
    _spelt_emails,
    _FIND_CURP,
    _FIND_RFC,
    _homoclaves,
    _ibans,
    find_papers,
    find_nif,
    find_birth_dates,
    find_numbers,
    find_numbers_over_lines,
    _addresses,
)
