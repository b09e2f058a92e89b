# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptLeadReject(models.TransientModel):
    """Asks why a value of the model is rejected."""

    _name = "gpt.lead.reject"
    _description = "Reject an AI Value"
    _inherit = ["gpt.link.mixin"]

    value_id = fields.Many2one(
        "gpt.lead.value", string="AI Value", required=True, ondelete="cascade"
    )
    label = fields.Char(related="value_id.label", related_sudo=False)
    value_text = fields.Char(related="value_id.value_text", related_sudo=False)
    reason = fields.Selection(
        selection=lambda self: (
            self.env["gpt.lead.value"]
            ._fields["reason"]
            ._description_selection(self.env)
        ),
        required=True,
        default="wrong",
    )
    note = fields.Char(string="Explanation")

    def action_confirm(self):
        """Reject the value for this reason."""
        self.ensure_one()
        self.value_id._reject(self.reason, self.note)
        return {"type": "ir.actions.act_window_close"}
