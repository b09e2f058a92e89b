# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people reply to an offer of the assistant."""

import re

_ACCEPTS = re.compile(
    r"(?:private(?:ly)?|yes|ok(?:ay)?|sure|please|privad[oa]|en privado|s[ií]|vale"
    r"|claro|por favor)\b",
    re.IGNORECASE,
)
# Whoever writes more than that asks something else.
_MAX_CHARS = 60


def accepts_offer(text: str) -> bool:
    """Tell whether a reply says yes to a private answer."""
    words = " ".join(text[:1000].split()).strip(" .,;:!¡\"'“”«»")
    return len(words) <= _MAX_CHARS and bool(_ACCEPTS.match(words))
