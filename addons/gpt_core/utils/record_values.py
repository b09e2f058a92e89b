# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values of records as texts, and numbers as records can keep them."""

import math

from markupsafe import Markup

from odoo import models

from ..engine.text.html_text import plain_text
from ..engine.text.numbers import LARGEST

# What PostgreSQL's integer holds.
LARGEST_INTEGER = 2**31 - 1


def number_for(field, value):
    """Return a number as ``field`` can keep it, ``None`` for what it cannot.

    That of a model, or of a document, may be of any size.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or abs(value) > LARGEST:
        return None
    if field.type != "integer":
        return float(value)
    return round(value) if abs(value) <= LARGEST_INTEGER else None


def check_path(model, path):
    """Tell whether ``path`` leads along fields of ``model`` that the user may read."""
    for name in path.split("."):
        if model is None or not model.fields_get([name], ["type"]):
            return False
        model = model.env.get(model._fields[name].comodel_name or "")
    return True


def text_at(record, path):
    """Return the plain text at ``path``, read with the user's own rights."""
    found = record.mapped(path)
    if isinstance(found, models.BaseModel):
        return ", ".join(found.mapped("display_name"))
    if any(isinstance(item, Markup) for item in found):
        found = [item and plain_text(item) for item in found]
    return "\n".join(str(item) for item in found if item not in (False, None))
