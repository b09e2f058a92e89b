# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells whether two values of a field, or two passages, say the same."""

from odoo.addons.gpt_core.engine.text.folding import fold

# A telephone number may come with or without the prefix of its country.
_MIN_PHONE_DIGITS = 7
_PHONE_SIGNS = frozenset("+()-./ ")


def same_meaning(one: object, other: object) -> bool:
    """Tell whether two values mean the same, however they are written.

    Case, accents, punctuation and white space of a text do not matter, nor does the
    prefix of a telephone number, nor the order of a list.

    Example::

        same_meaning("+52 999 555 0118", "(999) 555-0118")  # True
    """
    if isinstance(one, str) and isinstance(other, str):
        if _is_phone(one) and _is_phone(other):
            first, second = _digits(one), _digits(other)
            return first.endswith(second) or second.endswith(first)
        return _plain(one) == _plain(other)
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return one == other


def same_passage(one: str, other: str) -> bool:
    """Tell whether one of two quotes is, or is part of, the other."""
    first, second = _plain(one), _plain(other)
    return first in second or second in first


def _is_phone(text: str) -> bool:
    signs = all(char.isdigit() or char in _PHONE_SIGNS for char in text)
    return signs and len(_digits(text)) >= _MIN_PHONE_DIGITS


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text).text))
