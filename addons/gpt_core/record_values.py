# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The text that stands at a path of fields on a record."""

from markupsafe import Markup

from odoo import models
from odoo.tools import html2plaintext


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
        found = [item and html2plaintext(item) for item in found]
    return "\n".join(str(item) for item in found if item not in (False, None))
