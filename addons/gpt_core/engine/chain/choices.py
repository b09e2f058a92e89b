# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The choices of an output, as administrators write them: ``low, high``."""


def split_choices(text: str) -> tuple[str, ...]:
    """Return the choices in a text with commas, without blanks around them."""
    parts = (part.strip() for part in text.split(","))
    return tuple(part for part in parts if part)
