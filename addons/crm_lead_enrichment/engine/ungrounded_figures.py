# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses and numbers in a model's own words that nobody gave it."""

import re
from collections.abc import Iterable

_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++|https?://[^\s<>()]++",
    re.IGNORECASE,
)
# A number that matters: an amount, a telephone, an order. Short ones may be counted.
_NUMBER = re.compile(r"\d(?:[\d.,\s()/-]*\d)?")
MIN_DIGITS = 4


def ungrounded_figures(text: str, given: Iterable[str]) -> list[str]:
    """Return the addresses and long numbers of ``text`` that stand in no text given.

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
        if len(number) >= MIN_DIGITS and number not in digits:
            wrong.append(match[0])
    return wrong


def _digits(text: str) -> str:
    """Return the numbers of ``text``, each without what divides it, set apart."""
    plain = re.sub(r"(?<=\d)[.,]0{2}(?!\d)", "", text)  # 55,000.00 is 55,000
    joined = re.sub(r"(?<=\d)[.,\s()/-]+(?=\d)", "", plain)
    return " ".join(re.findall(r"\d+", joined))
