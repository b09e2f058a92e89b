# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts in which there is nothing to see."""

import unicodedata

# Controls, and what only says how its neighbours are shown, such as zero-width spaces.
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me")
# Letters by their category, and yet shown as nothing.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_blank(text: str) -> bool:
    """Tell whether nobody sees anything of ``text``."""
    return all(
        char in _FILLERS or unicodedata.category(char) in _UNSEEN for char in text
    )


def is_blank_html(body: str) -> bool:
    """Tell whether nobody sees anything of ``body``, which Odoo has sanitized."""
    if "<img" in body:
        return False
    # Not as Markup, which would look for "&gt;".
    head, *rest = str(body).split("<")
    return is_blank(head) and all(is_blank(part.partition(">")[2]) for part in rest)
