# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses and numbers in a model's own words that nobody gave it."""

import re
from collections.abc import Iterable
from datetime import date

from .values.figures import figures

_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++|https?://[^\s<>()]++",
    re.IGNORECASE,
)
# A number that matters: an amount, a telephone, an order. Short ones may be counted.
_NUMBER = re.compile(r"\d(?:[\d.,\s()/-]*\d)?")
MIN_DIGITS = 4


def ungrounded_figures(
    text: str, given: Iterable[str], today: date | None = None
) -> list[str]:
    """Return the addresses and long numbers of ``text`` that stand in no text given.

    A number is known as the value that it is: "60 mil" is 60,000. The year that a day
    is in next, or was in last, need not be told.

    Example::

        ungrounded_figures("Llamar al 55 1234 5678", ["Tel.: (55) 1234-5678"])  # []
    """
    known = "\n".join(given).casefold()
    digits = _digits(known)
    wrong = [
        match[0]
        for match in _ADDRESS.finditer(text)
        if match[0].rstrip(".,;").casefold() not in known
    ]
    for match in _NUMBER.finditer(_ADDRESS.sub(" ", text)):
        number = _digits(match[0])
        if len(number) < MIN_DIGITS or number in digits:
            continue
        if not _is_known(match[0], known, today):
            wrong.append(match[0])
    return wrong


def _is_known(number: str, known: str, today: date | None) -> bool:
    values = {round(figure.value, 2) for figure in figures(known)}
    if today:
        values |= {today.year - 1.0, float(today.year), today.year + 1.0}
    read = figures(number)
    return bool(read) and all(round(figure.value, 2) in values for figure in read)


def _digits(text: str) -> str:
    """Return the numbers of ``text``, each without what divides it, set apart."""
    plain = re.sub(r"(?<=\d)[.,]0{2}(?!\d)", "", text)  # 55,000.00 is 55,000
    joined = re.sub(r"(?<=\d)[.,\s()/-]+(?=\d)", "", plain)
    return " ".join(re.findall(r"\d+", joined))
