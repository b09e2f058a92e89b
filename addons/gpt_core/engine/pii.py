# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds personal data in Mexican Spanish (and English) text.

A pattern proposes, a validator decides: dates and check digits by ``python-stdnum``,
phones by ``phonenumbers``. Where a word announces the number ("mi CLABE es …") a wrong
digit does not matter: people mistype, and it is personal all the same. Where a word
announces a folio, or nothing fits, an order number, a UUID or an amount is left alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import phonenumbers
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10
from stdnum.mx import curp, rfc

from .addresses import ADDRESS_PATTERNS

# How far before a number the word that announces it may stand.
_REACH = 40


@dataclass(frozen=True)
class Finding:
    """A piece of personal data: its label, and where it stands."""

    label: str
    start: int
    end: int

    def overlaps(self, other: "Finding") -> bool:
        return self.start < other.end and other.start < self.end


def _compact(text: str) -> str:
    return re.sub(r"[\s.-]", "", text)


def _always(_text: str) -> bool:
    return True


def _never(_text: str) -> bool:
    return False


def _is_rfc(text: str) -> bool:
    return rfc.is_valid(_compact(text), validate_check_digits=True)


def _looks_like_rfc(text: str) -> bool:
    return rfc.is_valid(_compact(text))


def _is_curp(text: str) -> bool:
    try:
        curp.validate(_compact(text), validate_check_digits=False)
    except ValidationError:
        return False
    return True


def _is_iban(text: str) -> bool:
    """Check digits of ISO 13616; Odoo 19 hides stdnum.iban's data file from it."""
    compact = _compact(text).upper()
    return mod_97_10.is_valid(compact[4:] + compact[:4])


def _is_clabe(text: str) -> bool:
    """18 digits, the last one the weighted sum of the others (Banxico's rule)."""
    digits = [int(digit) for digit in _compact(text)]
    total = sum(
        digit * (3, 7, 1)[place % 3] % 10 for place, digit in enumerate(digits[:17])
    )
    return digits[17] == -total % 10


def _is_card(text: str) -> bool:
    digits = _compact(text)
    # Issuers: 2 and 5 Mastercard, 3 American Express, 4 Visa, 6 others.
    return digits[0] in "23456" and luhn.is_valid(digits)


@dataclass(frozen=True)
class Detector:
    """A pattern, and when what it finds is personal data.

    :param is_valid: decides where no word announces the number
    :param keyword: a word before it that makes it valid
    :param after_folio: decides where a word announces a folio
    """

    label: str
    pattern: re.Pattern
    is_valid: Callable[[str], bool] = _always
    keyword: re.Pattern | None = None
    after_folio: Callable[[str], bool] = _always

    def find(self, text: str) -> Iterator[Finding]:
        for match in self.pattern.finditer(text):
            before = text[max(0, match.start() - _REACH) : match.start()]
            if self._accepts(match[0], before):
                yield Finding(self.label, match.start(), match.end())

    def _accepts(self, value: str, before: str) -> bool:
        if self.keyword and self.keyword.search(before):
            return True
        return self.is_valid(value) and (
            not FOLIO.search(before) or self.after_folio(value)
        )


# What follows one of these is a folio, whatever it looks like.
FOLIO = re.compile(
    r"(?:pedido|orden|order|folio|factura|invoice|gu[ií]a|rastreo|tracking|ticket|sku"
    r"|modelo|serie|lote|referencia|ref|clave|c[oó]digo|pieza|art[ií]culo|producto"
    r"|cotizaci[oó]n|uuid)\b"
    r"(?:[\s.:,#°º-]*\b(?:es|el|la|con|de|del|n[uú]mero|n[uú]m|no|folio|fiscal|is"
    r"|number|the|n)\b){0,3}[\s.:,#°º-]*(?:[A-Z]{1,5}[-/])?$",
    re.I,
)


def _announced_by(words: str) -> re.Pattern:
    return re.compile(rf"(?:{words})\b[^\d\n]{{0,25}}$", re.I)


DETECTORS = (
    Detector(
        "EMAIL",
        re.compile(
            r"(?<![\w.+-])[\w.%+-]+@[^\W_](?:[\w-]*[^\W_])?"
            r"(?:\.[^\W_](?:[\w-]*[^\W_])?)+"
        ),
    ),
    Detector(
        "CURP",
        re.compile(
            r"(?<![A-Z0-9])[A-Z]{4}[ -]?\d{6}[ -]?[HMX][A-Z]{5}[ -]?[A-Z0-9]\d"
            r"(?![A-Z0-9])",
            re.I,
        ),
        _is_curp,
        _announced_by("curp"),
    ),
    Detector(
        "RFC",
        re.compile(
            r"(?<![A-Z0-9Ñ&])[A-ZÑ&]{3,4}[ -]?\d{6}[ -]?[A-Z0-9]{3}(?![A-Z0-9])", re.I
        ),
        _looks_like_rfc,
        _announced_by(r"r\.?f\.?c"),
        after_folio=_is_rfc,
    ),
    Detector(
        "IBAN",
        re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])"),
        _is_iban,
    ),
    Detector(
        "CLABE",
        re.compile(r"(?<![\w-])\d(?:[ -]?\d){17}(?![\w-])"),
        _is_clabe,
        _announced_by("clabe|interbancaria|cuenta"),
        after_folio=_never,
    ),
    Detector(
        "CARD",
        re.compile(r"(?<![\w-])\d(?:[ -]?\d){13,18}(?![\w-])"),
        _is_card,
        _announced_by("tarjeta|card|visa|mastercard|amex|american express"),
        after_folio=_never,
    ),
    Detector(
        "NSS",
        re.compile(r"(?<![\w-])\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{4}[ -]?\d(?![\w-])"),
        _never,
        _announced_by(
            r"n\.?\s?s\.?\s?s|imss|seguro social|seguridad social|afiliaci[oó]n"
        ),
    ),
    *(Detector("ADDRESS", pattern) for pattern in ADDRESS_PATTERNS),
)
_MIN_PHONE_DIGITS = 10


def find(text: str) -> list[Finding]:
    """Return what is personal in ``text``, in order, without overlaps."""
    taken: list[Finding] = []
    for found in _candidates(text):
        if not any(found.overlaps(other) for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda found: found.start)


def _candidates(text: str) -> Iterator[Finding]:
    for detector in DETECTORS:
        yield from detector.find(text)
    yield from _phones(text)


def _phones(text: str) -> Iterator[Finding]:
    for match in phonenumbers.PhoneNumberMatcher(
        text, "MX", phonenumbers.Leniency.VALID
    ):
        before = text[max(0, match.start - _REACH) : match.start]
        digits = re.sub(r"\D", "", match.raw_string)
        if (
            len(digits) >= _MIN_PHONE_DIGITS
            and not FOLIO.search(before)
            and not re.search(r"[\w/$][-/.]?$", before)
            and not re.match(r"[-/]?\w", text[match.end :])
        ):
            yield Finding("PHONE", match.start, match.end)
