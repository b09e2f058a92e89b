# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Recognizes bank accounts, cards, social security numbers and phones among digits.

Digits that belong together are read as one run of groups ("55 1234-5678"). After a
context word ("mi CLABE es …") a wrong digit does not matter: people mistype, and it is
personal all the same. Without one, the check digit, or for a phone the numbering plan
by ``phonenumbers``, has to be right, and no context word of a folio may stand before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import phonenumbers
from stdnum import luhn
from stdnum.us import ssn

from .context_words import context_pattern, is_folio, words_before

_RUN = re.compile(r"(?<!\w)[+(]{0,2}\d(?:[ \t\u00a0.()·–/_-]{0,3}\d)*")
_GROUP = re.compile(r"\d+")
# 4772⏎1430⏎0099⏎1238, with or without bullets
_RUN_OVER_LINES = re.compile(
    r"(?<![\w.,/-])\d{2,14}(?:[ \t-]\d{2,10}){0,4}"
    r"(?:(?:[ \t-]|[ \t]*\n[ \t]*(?:[-*•·>][ \t]*)?)\d{2,14}){1,8}(?![\w%])(?![.,]\d)"
)
_MAX_DIGITS = 19

_PAID_INTO = r"dep[oó]s[ií]t\w+|transfer\w+|transfier\w+"
_CLABE = context_pattern(rf"clabe|interbancaria|cuenta|account|{_PAID_INTO}")
_CARD = context_pattern(
    r"tarjetas?|tdc|tdd|cards?|visa|master\s?card|amex|american express|carnet"
    rf"|cr[eé]dito|d[eé]bito|{_PAID_INTO}"
)
_BANK = (
    r"bbva|bancomer|banamex|citibanamex|santander|banorte|hsbc|scotiabank|inbursa|azteca"
    r"|bancoppel|banregio|banbajio|baj[ií]o|afirme|spin|nu|caixa\s?bank|sabadell|bankinter"
)
_ACCOUNT = context_pattern(
    r"clabe|interbancaria|cuentas?(?! con\b)|ctas?|accounts?|acct|acc|routing"
    rf"|{_PAID_INTO}|{_BANK}"
)
_NSS = context_pattern(
    r"n\.?\s?s\.?\s?s\.?|nass|s\.?s\.?n|itin|imss|seguro social|seguridad social"
    r"|social security"
    r"|afiliaci[oó]n|(?:n[uú]mero|n[uú]m\.?|no\.?) de seguro"
)
_PHONE = context_pattern(
    r"tel|tels|tel[eé]fonos?|tel[eé]?fs?|t(?:el?)?l?fn?os?|tl?fs?|tlfn|cel|cels|celular(?:es)?|m[oó]vil(?:es)?|fijo|fax"
    r"|lada|whats?app|wh?ats|wasap|guasap|wapp|wa\.me|phone|mobile|cell|call(?: me)?"
    r"|reach me|text me|ll[aá]m(?!o\b)\w+|m[aá]r(?:ca(?!s?\b)|qu)\w+|h[aá]bl\w+"
    r"|cont[aá]ct\w+|comun[ií]c\w+|ap[uú]nt\w+|an[oó]t\w+"
    r"|mis? n[uú]m(?:ero)?s?|(?:my|our) numbers?(?:'s)?"
)
# A letter, a path or a price that goes on in the digits: "COT-5512", "/pedido/55".
_GLUED_BEFORE = re.compile(r"(?:[\w=#@&]|[^\W\d]-|(?:^|\D)/|\$\s*)\Z")
_GLUED_AFTER = re.compile(
    r"[-_]?(?!x\d|ext)[^\W_]|/(?!\+?\(?\d[\d .()-]{6})\w|[.,]\d\d\b"
    r"|[ \t]?(?:%|pesos|mxn|usd|d[oó]lares|piezas|pzas?\b)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d"
)
_NATIONAL = re.compile(r"((?:00|011)?521?|01|04[45])?(\d{10})")
# Before 2019 one dialled seven within a town; they are still given like that.
_MIN_DIGITS = 7
_MAX_PHONE_DIGITS = 15
_MAX_GROUPS = 8
_MAX_GROUPS_AFTER_AREA = 4
_WORDS = (
    ("CLABE", _CLABE),
    ("CARD", _CARD),
    ("NSS", _NSS),
    ("PHONE", _PHONE),
    ("ACCOUNT", _ACCOUNT),
)
# A digit too many or too few does not make a social security number of the IMSS, or
# one of the United States, public.
_DIGITS_OF = {
    "CLABE": (18,),
    "CARD": range(13, 20),
    "NSS": range(9, 13),
    "ACCOUNT": range(7, 20),
}
# Diners, American Express; Mastercard, Visa, Carnet and others, by number of digits.
_ISSUERS = {14: ("30", "36", "38", "39"), 15: ("34", "37"), 16: tuple("2456")}
# "tel. 918 823 884 / 918 823 984 y 619 128 686": what a word announces goes on.
_AND_ANOTHER = re.compile(r"\s*(?:[/,;|]|-|\b[yoóe]\b|\band\b|\bor\b)?\s*")
_EXTENSION = re.compile(
    r"[ \t]*,?[ \t]*(?:extensi[oó]n|ext|extn|x)\b\.?[ \t]*:?[ \t]*\d{1,6}\b", re.I
)
# "lada 55 tel. 1234 5678"
_AREA_CODE = re.compile(
    r"\b(?:lada|[aá]rea|area code)\W{1,4}(?:es\W)?(\d{2,3}\b[^\d\n]{1,25})\Z", re.I
)
_REACH = 48
# How Spaniards write theirs, and Americans.
_SPANISH_GROUPS = ((3, 3, 3), (3, 2, 2, 2), (2, 3, 2, 2), (3, 6), (2, 7))
_AMERICAN_GROUPS = ((3, 3, 4), (1, 3, 3, 4))
_SSN_GROUPS = (3, 2, 4)
# As they stand on a card: whoever writes so means one, even with a wrong digit.
_CARD_GROUPS = ((4, 4, 4, 4), (4, 6, 5))


@dataclass(frozen=True)
class _Run:
    """Digits that are written together, and what is said before them."""

    text: str
    groups: list[tuple[int, int]]
    before: str
    # What the number just before it is, if both are in one list.
    listed: str = ""

    @cached_property
    def is_folio(self) -> bool:
        """Whether it is a folio, an amount, or goes on from letters or a path."""
        return is_folio(self.before) or _GLUED_BEFORE.search(self.before) is not None

    @cached_property
    def context_labels(self) -> list[str]:
        """The labels whose context words stand before it."""
        if is_folio(self.before):
            return []
        if self.listed:
            return [self.listed]
        return [label for label, word in _WORDS if word.search(self.before)]


@dataclass(frozen=True)
class _Digits:
    """Groups of a run, from ``first``, that may be a number together."""

    run: _Run
    first: int
    sizes: tuple[int, ...]
    count: int

    @property
    def written(self) -> str:
        last = self.first + len(self.sizes) - 1
        return self.run.text[self.run.groups[self.first][0] : self.run.groups[last][1]]

    @property
    def digits(self) -> str:
        return "".join(_GROUP.findall(self.written))

    @property
    def start(self) -> int:
        """Where it begins, with the plus and the parenthesis before its digits."""
        text, start = self.run.text, self.run.groups[self.first][0]
        if start and text[start - 1] == "+":
            start -= 1
        if start and text[start - 1] == "(" and ")" in self.written:
            start -= 1
        return start

    @property
    def end(self) -> int:
        return self.run.groups[self.first + len(self.sizes) - 1][1]


def find_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (label, start, end) of CLABE, CARD, NSS, PHONE and ACCOUNT, in order."""
    label, end = "", 0
    for match in _RUN.finditer(text):
        if match.end() - match.start() < _MIN_DIGITS:
            continue
        listed = label if _AND_ANOTHER.fullmatch(text, end, match.start()) else ""
        groups = [group.span() for group in _GROUP.finditer(text, *match.span())]
        area = _AREA_CODE.search(text, max(0, match.start() - _REACH), match.start())
        run = _Run(
            text,
            groups,
            words_before(text, match.start()),
            "PHONE" if area else listed,
        )
        for found, label in _found_in(run):
            start, end = found.start, found.end
            if label == "PHONE":
                if extension := _EXTENSION.match(text, end):
                    end = extension.end()
                if area and found.first == 0:
                    start = area.start(1)
            yield label, start, end


def _found_in(run: _Run) -> Iterator[tuple["_Digits", str]]:
    # No digit stands between a number and its context word.
    place, announced = 0, run.context_labels
    while place < len(run.groups):
        for found in _windows(run, place):
            if label := _label(found, announced):
                yield found, label
                place += len(found.sizes)
                announced = [label]
                break
        else:
            place += 1
            announced = []


def find_numbers_over_lines(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (label, start, end) of numbers whose groups stand on lines of their own.

    They have to be what a word before them says, or right by their check digits.
    """
    for match in _RUN_OVER_LINES.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *match.span())]
        run = _Run(text, groups, words_before(text, match.start()))
        found = _Digits(run, 0, tuple(b - a for a, b in groups), 0)
        if not _MIN_DIGITS < len(found.digits) <= _MAX_DIGITS:
            continue
        if run.is_folio or "\n" not in found.written:
            continue
        whole = _Digits(run, 0, found.sizes, len(found.digits))
        for label in run.context_labels:
            if _may_be(label, whole) and whole.count >= 10:
                yield label, whole.start, whole.end
                break
        else:
            if whole.count >= 13 and (label := _label_without_context(whole) or ""):
                yield label, whole.start, whole.end


def _windows(run: _Run, first: int) -> Iterator[_Digits]:
    """Yield what begins at group ``first`` and has 7 to 19 digits, longest first."""
    # Only what follows a context word may be written in single digits.
    groups = run.groups[first : first + (_MAX_GROUPS if first else _MAX_DIGITS)]
    sizes = tuple(end - start for start, end in groups)
    totals = list(accumulate(sizes))
    for number in range(len(sizes), 0, -1):
        if _MIN_DIGITS <= totals[number - 1] <= _MAX_DIGITS:
            yield _Digits(run, first, sizes[:number], totals[number - 1])


def _label(found: _Digits, announced: list[str]) -> str | None:
    for label in announced:
        if _may_be(label, found):
            return label
    if (
        found.sizes == _SSN_GROUPS
        and not found.run.is_folio
        and ssn.is_valid(found.digits)
    ):
        return "NSS"
    if found.run.is_folio and (found.first == 0 or found.sizes != (10,)):
        return None
    return (
        None if found.count < 9 or _is_glued(found) else _label_without_context(found)
    )


def _is_glued(found: _Digits) -> bool:
    return _GLUED_AFTER.match(found.run.text, found.end) is not None


def _may_be(label: str, found: _Digits) -> bool:
    """Whether it can be what its context word says, even with a wrong digit."""
    if label == "PHONE":
        if len(found.sizes) < len(found.run.groups) or found.count > _MAX_PHONE_DIGITS:
            # Another one may follow in the same run: "917277336 - 606409021".
            return found.count in (9, 10) and _is_phone(found, announced=True)
        return found.count >= 10 or not (_is_glued(found) or _DATE.match(found.written))
    if label == "ACCOUNT" and _is_glued(found):
        return False
    return found.count in _DIGITS_OF[label]


def _label_without_context(found: _Digits) -> str | None:
    if found.count == 18 and len(found.sizes) <= 6 and is_clabe(found.digits):
        return "CLABE"
    if found.count in _ISSUERS and min(found.sizes) >= 3:
        if is_card(found.digits) or _is_grouped_like_a_card(found):
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
    return digits.startswith(_ISSUERS[len(digits)]) and luhn.is_valid(digits)


def _is_grouped_like_a_card(found: _Digits) -> bool:
    # A "2" may begin a year: "2024 1234 …".
    issuers = tuple(set(_ISSUERS[found.count]) - {"2"})
    return found.sizes in _CARD_GROUPS and found.digits.startswith(issuers)


def _is_phone(found: _Digits, announced: bool = False) -> bool:
    """Whether a numbering plan has it, and it is written as people write theirs.

    :param announced: by a word for phone, after which the groups do not matter
    """
    digits, sizes = found.digits, found.sizes
    if found.count == 9 and (announced or sizes in _SPANISH_GROUPS):
        return digits[0] in "6789" and _is_valid(f"+34{digits}")
    national = _NATIONAL.fullmatch(digits)
    if national:
        prefix = len(national[1] or "")
        grouped = announced or _is_grouped_like_a_phone(sizes, prefix)
        if grouped and _is_valid(f"+52{national[2]}"):
            return True
    start = found.run.groups[found.first][0]
    if found.run.text[max(0, start - 1) : start] == "+":
        return _is_valid(f"+{digits}")
    if digits.startswith("00"):
        return _is_valid(f"+{digits[2:]}")
    if sizes in _AMERICAN_GROUPS:
        return _is_possible(f"+1{digits[-10:]}")
    # The country without its plus: "57 310 456 7890".
    return len(sizes) >= 3 and sizes[0] <= 3 and _is_valid(f"+{digits}")


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
    return area in (2, 3) and len(rest) <= _MAX_GROUPS_AFTER_AREA


def _is_valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def _is_possible(number: str) -> bool:
    """Whether it is as long as one; North America's fictional ones are not valid."""
    return phonenumbers.is_possible_number(phonenumbers.parse(number))
