# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# ruff: noqa: E501
"""Telephones and e-mail addresses, however they are written."""

import re

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from odoo.addons.gpt_core.engine.text.folding import fold

MAX_CHARS = 2_000
_PHONE = re.compile(r"(?<!\d)\+?\(?\d(?:[ ().\-/]{0,3}\d){6,15}(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_SIGNS = (
    (r" ?\b(?:arroba|at|a roba)\b ?|\(at\)|\[at\]", "@"), (r" ?\b(?:punto|dot)\b ?", "."),
    (r" ?\b(?:guion bajo|underscore)\b ?", "_"), (r" ?\b(?:guion|dash|hyphen)\b ?", "-"),
    (r"\s*@\s*", "@"),
)  # fmt: skip
_MIN_DIGITS = 7


def has_phone(text: str, value: str) -> bool:
    """Tell whether a number stands in a text, with or without the country's prefix."""
    wanted = _digits(value)
    return len(wanted) >= _MIN_DIGITS and any(
        _same(wanted, _digits(match[0])) for match in _PHONE.finditer(text[:MAX_CHARS])
    )


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    prefix = long[: len(long) - len(short)]
    if not long.endswith(short) or len(short) < _MIN_DIGITS:
        return False
    # Mexico's mobiles had a 1 after the 52, Argentina's have a 9.
    return any(
        code.isdigit() and int(code) in COUNTRY_CODE_TO_REGION_CODE
        for code in (prefix, prefix[:-1] if prefix[-1:] in ("1", "9") else "")
    ) or prefix in ("1", "0", "044", "045", "00")


def has_email(text: str, value: str) -> bool:
    """Tell whether an address stands in a text, in signs or in words."""
    plain = fold(text[:MAX_CHARS]).text
    spoken = plain
    for words, sign in _SIGNS:
        spoken = re.sub(words, sign, spoken)
    wanted = value.strip().casefold()
    found = {m[0].rstrip(".") for t in (plain, spoken) for m in _EMAIL.finditer(t)}
    return wanted in found
