# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptChainCaseValue(models.Model):
    """What a case hands in for an input."""

    _name = "gpt.chain.case.value"
    _description = "GPT Chain Case Value"
    _inherit = ["gpt.link.mixin"]
    _order = "id"

    case_id = fields.Many2one(
        "gpt.chain.case", required=True, ondelete="cascade", index=True
    )
    input_name = fields.Char(string="Input", required=True)
    value = fields.Text()
