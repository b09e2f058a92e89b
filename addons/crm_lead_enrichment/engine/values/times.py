# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads the times of day that a text speaks of."""

import re

from odoo.addons.gpt_core.engine.text.folding import fold

from .dates import in_figures

_CLOCK = re.compile(
    r"(?:\b(quarter to|quarter past|half past|un cuarto para las|cuarto para las) )?"
    r"\b(\d{1,2})(?:[:.](\d{2}))?( y media| y cuarto| menos cuarto)?"
    r" ?(a\.?m\.?|p\.?m\.?|h(?:rs?|oras)?\b|de la (?:manana|tarde|noche|madrugada)"
    r"|in the (?:morning|afternoon|evening)|o'?clock|at night)?"
)
_PAST = {"quarter to": -15, "quarter past": 15, "half past": 30, " y media": 30,
         " y cuarto": 15, " menos cuarto": -15, "un cuarto para las": -15,
         "cuarto para las": -15}  # fmt: skip


def times_in(text: str) -> set[int]:
    """Return the times of a text, in minutes of the day, as they may be meant."""
    plain = in_figures(fold(text[:2_000]).text)
    found: set[int] = set()
    if re.search(r"\b(?:noon|mediodia)\b", plain):
        found.add(720)
    if re.search(r"\b(?:midnight|medianoche)\b", plain):
        found.add(0)
    for match in _CLOCK.finditer(plain):
        before = plain[max(0, match.start() - 8) : match.start()]
        is_time = match[3] or match[4] or match[5] or match[1]
        if not is_time and not re.search(r"(?:\bat|\ba las?|\blas) $", before):
            continue
        hour, minute = int(match[2]), int(match[3] or 0)
        minute += _PAST.get(match[1] or "", 0) + _PAST.get(match[4] or "", 0)
        part = match[5] or ""
        if hour > 24:
            continue
        if part[:1] == "p" or re.search("tarde|noche|afternoon|evening|night", part):
            hours = {hour % 12 + 12}
        elif part[:1] == "a" or re.search("manana|madrugada|morning", part):
            hours = {hour % 12}
        elif part[:1] == "h" or hour > 12 or match[2].startswith("0"):
            hours = {hour % 24}
        else:
            hours = {hour, hour % 12 + 12 if hour < 8 else hour}
        found |= {(one * 60 + minute) % 1440 for one in hours}
    return found
