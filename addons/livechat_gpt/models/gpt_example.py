# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptExample(models.Model):
    _inherit = "gpt.example"

    source = fields.Selection(
        selection_add=[
            ("thumb", "Visitor's thumb"),
            ("operator", "Reply of an operator"),
        ],
        ondelete={"thumb": "cascade", "operator": "cascade"},
    )
