# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells bank accounts, cards, social security numbers and phones among the digits.

Digits that belong together are read as one run of groups ("55 1234-5678"). Where a word
announces the number a wrong digit does not matter: people mistype, and it is personal
all the same. Where none does, the check digit, or for a phone the numbering plan by
``phonenumbers``, has to be right, and no word may announce a folio.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import phonenumbers
from stdnum import luhn

from .announcements import announced_by, is_folio, words_before

_RUN = re.compile(r"(?<!\w)[+(]{0,2}\d(?:[ \t\u00a0.()·–-]{0,3}\d)*")
_GROUP = re.compile(r"\d+")
_MAX_DIGITS = 19

_CLABE = announced_by(r"clabe|interbancaria|cuenta|account")
_CARD = announced_by(
    r"tarjetas?|tdc|tdd|cards?|visa|master\s?card|amex|american express|carnet"
    r"|cr[eé]dito|d[eé]bito"
)
_NSS = announced_by(
    r"n\.?\s?s\.?\s?s\.?|imss|seguro social|seguridad social|social security"
    r"|afiliaci[oó]n"
)
_PHONE = announced_by(
    r"tel|tels|tel[eé]fonos?|telef|cel|cels|celular(?:es)?|m[oó]vil(?:es)?|fijo|fax"
    r"|lada|what?s?app?s?|whats?|wh?ats?|wasap|guasap|wapp|wa\.me|phone|mobile|cell"
    r"|call(?: me)?|reach me|text me|ll[aá]m\w+|m[aá]r[cq]\w+|h[aá]bl\w+|cont[aá]ct\w+"
    r"|comun[ií]\w+"
)
# A letter, a path or a price that goes on in the digits: "COT-5512", "/pedido/55".
_GLUED_BEFORE = re.compile(r"(?:[\w/=#@&]|[^\W\d_][_-]|\$\s*)$")
_GLUED_AFTER = re.compile(
    r"[-/_]?[^\W_]|[ \t]?(?:%|pesos|mxn|usd|d[oó]lares|piezas|pzas?\b)|[.,]\d\d\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}[-.]\d{1,2}[-.](?:\d{4}|\d{2})|\d{4}[-.]\d{1,2}[-.]\d{1,2}"
    r"|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d"
)
_NATIONAL = re.compile(r"((?:00|011)?521?|01|04[45])?(\d{10})")
# Before 2019 one dialled them within a town; they are still given like that.
_LOCAL_DIGITS = (7, 8)


@dataclass(frozen=True)
class _Digits:
    """Groups of one run that may be a number together."""

    text: str
    start: int
    end: int
    sizes: tuple[int, ...]
    is_whole_run: bool

    @property
    def digits(self) -> str:
        return "".join(_GROUP.findall(self.text[self.start : self.end]))

    @property
    def count(self) -> int:
        return sum(self.sizes)

    @property
    def is_glued(self) -> bool:
        before = words_before(self.text, self.start)
        return bool(_GLUED_BEFORE.search(before)) or bool(
            _GLUED_AFTER.match(self.text, self.end)
        )


def find_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (label, start, end) of every CLABE, CARD, NSS and PHONE, in order."""
    for run in _RUN.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        place = 0
        while place < len(groups):
            for found in _windows(text, groups, place):
                if label := _label(found):
                    yield label, found.start, found.end
                    place += len(found.sizes)
                    break
            else:
                place += 1


def _windows(
    text: str, groups: list[tuple[int, int]], first: int
) -> Iterator[_Digits]:
    """Yield what begins at group ``first`` and has 7 to 19 digits, the longest first."""
    sizes = [end - start for start, end in groups[first : first + _MAX_DIGITS]]
    totals = list(accumulate(sizes))
    for number in range(len(sizes), 0, -1):
        if _LOCAL_DIGITS[0] <= totals[number - 1] <= _MAX_DIGITS:
            yield _Digits(
                text,
                _with_opening(text, groups[first][0], groups[first + number - 1][1]),
                groups[first + number - 1][1],
                tuple(sizes[:number]),
                first == 0 and number == len(groups),
            )


def _with_opening(text: str, start: int, end: int) -> int:
    """Return where a number begins with the plus and parenthesis before its digits."""
    if start and text[start - 1] == "+":
        start -= 1
    if start and text[start - 1] == "(" and ")" in text[start:end]:
        start -= 1
    return start


def _label(found: _Digits) -> str | None:
    before = words_before(found.text, found.start)
    return (
        _announced_label(found, before)
        if not is_folio(before)
        else None  # a folio may look like anything
    ) or _unannounced_label(found, before)


def _announced_label(found: _Digits, before: str) -> str | None:
    if found.count == 18 and _CLABE.search(before):
        return "CLABE"
    if found.count >= 13 and _CARD.search(before):
        return "CARD"
    if found.count == 11 and _NSS.search(before):
        return "NSS"
    if found.is_whole_run and _PHONE.search(before) and _is_told_phone(found):
        return "PHONE"
    return None


def _unannounced_label(found: _Digits, before: str) -> str | None:
    if found.count < 10 or found.is_glued or is_folio(before):
        return None
    if found.count == 18 and is_clabe(found.digits):
        return "CLABE"
    if 14 <= found.count <= 16 and is_card(found.digits):
        return "CARD"
    return "PHONE" if _is_phone(found) else None


def is_clabe(digits: str) -> bool:
    """Whether the last of 18 digits is the weighted sum of the others (Banxico)."""
    total = sum(
        int(digit) * (3, 7, 1)[place % 3] % 10
        for place, digit in enumerate(digits[:17])
    )
    return int(digits[17]) == -total % 10


def is_card(digits: str) -> bool:
    """Whether an issuer gives out such cards, and the check digit is right."""
    issuers = {14: ("30", "36", "38", "39"), 15: ("34", "37"), 16: tuple("2456")}
    return digits.startswith(issuers[len(digits)]) and luhn.is_valid(digits)


def _is_told_phone(found: _Digits) -> bool:
    """Whether it can be meant as a phone: these are mistyped, and given without area."""
    written = found.text[found.start : found.end]
    if _DATE.match(written.lstrip("(+")):
        return False
    return found.count in _LOCAL_DIGITS or 10 <= found.count <= 15


def _is_phone(found: _Digits) -> bool:
    digits = found.digits
    written = found.text[found.start : found.end]
    national = _NATIONAL.fullmatch(digits)
    if national:
        prefix = len(national[1] or "")
        return _is_grouped_like_a_phone(found.sizes, prefix) and _is_valid(
            f"+52{national[2]}"
        )
    if "+" in written[:2]:
        return _is_valid(f"+{digits}")
    return digits.startswith("00") and _is_valid(f"+{digits[2:]}")


def _is_grouped_like_a_phone(sizes: tuple[int, ...], prefix: int) -> bool:
    """Whether the groups after the prefix are an area and what follows it."""
    left = list(sizes)
    while prefix and left:
        taken = min(prefix, left[0])
        prefix -= taken
        left[0] -= taken
        if not left[0]:
            left.pop(0)
    area, *rest = left
    if not rest or (area, *rest) == (5, 5):
        return True
    return area in (2, 3) and all(size >= 2 for size in rest)


def _is_valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
