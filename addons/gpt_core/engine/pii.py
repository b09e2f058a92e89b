# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds personal data in Mexican Spanish (and English) text.

A pattern proposes, a validator decides: dates and check digits by ``python-stdnum``,
phones by ``phonenumbers``. Where a word announces the number ("mi RFC es …") a wrong
digit does not matter: people mistype, and it is personal all the same. Where a word
announces a folio, or nothing fits, an order number, a UUID or an amount is left alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10
from stdnum.mx import curp, rfc

from .addresses import find_addresses
from .announcements import announced_by, is_folio, words_before
from .digit_runs import find_numbers

# Takes the place of what is found, so that later patterns do not go on in it.
_BLANK = "\x00"


@dataclass(frozen=True)
class Finding:
    """A piece of personal data: its label, and where it stands."""

    label: str
    start: int
    end: int


def find(text: str) -> list[Finding]:
    """Return what is personal in ``text``, in order, without overlaps."""
    findings: list[Finding] = []
    for finder in _FINDERS:
        found = [Finding(*item) for item in finder(text)]
        findings += found
        text = blanked(text, found)
    return sorted(findings, key=lambda finding: finding.start)


def blanked(text: str, found: list[Finding]) -> str:
    """Return ``text`` as long as it was, with nothing in the place of ``found``."""
    if not found:
        return text
    parts, end = [], 0
    for finding in found:
        parts += [text[end : finding.start], _BLANK * (finding.end - finding.start)]
        end = finding.end
    return "".join([*parts, text[end:]])


_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_EMAIL = re.compile(
    # ana@correo.mx, ana @ correo.mx, ana@gmail (the ending forgotten)
    rf"(?<![\w.%+-])[\w.%+-]+(?:@| ?@ ?(?={_LABEL}\.)){_LABEL}(?:\.{_LABEL})*"
)
_SPELT_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]+\s?[(\[]?\s?arroba\s?[)\]]?\s?[\w-]+"
    r"(?:(?:\.|\s?[(\[]?\s?punto\s?[)\]]?\s?)[\w-]+)+",
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
    number = _compact(text)
    return len(number) > 10 and rfc.is_valid(
        number, validate_check_digits=number != text
    )


@dataclass(frozen=True)
class _Identifier:
    """Letters and digits of a fixed form.

    :param form: as it has to be; ``announced_form`` as it may be mistyped where
        ``keyword`` announces it
    :param is_valid: decides about ``form`` where nothing announces it
    """

    label: str
    form: re.Pattern
    is_valid: Callable[[str], bool]
    announced_form: re.Pattern
    keyword: re.Pattern

    def __call__(self, text: str) -> Iterator[tuple[str, int, int]]:
        for match in self.announced_form.finditer(text):
            before = words_before(text, match.start())
            end = self._end(text, match, before)
            if end:
                yield self.label, match.start(), end

    def _end(self, text: str, match: re.Match, before: str) -> int:
        """Return where the identifier ends, 0 if it is none."""
        if self.keyword.search(before):
            return match.end()
        exact = self.form.match(text, match.start())
        if exact and self.is_valid(exact[0]) and not is_folio(before):
            return exact.end()
        return 0


_FIND_CURP = _Identifier(
    "CURP",
    re.compile(
        r"[A-Z]{4}[ -]?\d{6}[ -]?[HMX][A-Z]{5}[ -]?[A-Z0-9]\d(?![A-Z0-9])", re.I
    ),
    _is_curp,
    re.compile(
        r"(?<![A-Z0-9])[A-Z]{4}[ -]?[0-9OIL]{6}[ -]?[A-Z][A-Z0-9]{4,7}"
        r"(?:[ -]?[A-Z0-9]?\d)?"
        r"(?![A-Z0-9])",
        re.I,
    ),
    announced_by(r"curp|clave [uú]nica"),
)
_FIND_RFC = _Identifier(
    "RFC",
    re.compile(r"[A-ZÑ&]{3,4}[ -]?\d{6}[ -]?[A-Z0-9]{3}(?![A-Z0-9])", re.I),
    _is_rfc,
    re.compile(
        r"(?<![A-Z0-9Ñ&])[A-ZÑ&]{3,4}[ -]?[0-9OIL]{6}"
        r"(?:-[A-Z0-9]{3}| (?=[A-Z]{0,2}\d|(?-i:[A-Z]{3}))[A-Z0-9]{3}|[A-Z0-9]{0,4})"
        r"(?![A-Z0-9Ñ])",
        re.I,
    ),
    announced_by(r"r\.?f\.?c\.?|registro federal de contribuyentes|tax id"),
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", re.I)
_MIN_IBAN_DIGITS = 10


def _is_iban(text: str) -> bool:
    """ISO 13616's check digits (stdnum.iban reads a file that Odoo 19 hides from it)."""
    compact = _compact(text).upper()
    return (
        len(compact) >= 15
        and sum(char.isdigit() for char in compact) >= _MIN_IBAN_DIGITS
        and mod_97_10.is_valid(compact[4:] + compact[:4])
    )


def _ibans(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _IBAN.finditer(text):
        # What follows it may look like one more group: "… 3000 con"
        ends = [space.start() for space in re.finditer(" ", match[0])]
        for end in [len(match[0]), *reversed(ends)]:
            if _is_iban(match[0][:end]):
                yield "IBAN", match.start(), match.start() + end
                break


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
