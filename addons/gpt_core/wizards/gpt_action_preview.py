# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class GptActionPreview(models.TransientModel):
    """What a server action would send for a record."""

    _name = "gpt.action.preview"
    _description = "GPT Action Preview"
    _inherit = ["gpt.link.mixin"]

    action_id = fields.Many2one("ir.actions.server", required=True, ondelete="cascade")
    res_model = fields.Char(related="action_id.model_id.model", related_sudo=False)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True
    )
    prompt = fields.Text(compute="_compute_prompt")

    @api.depends("action_id", "res_id")
    def _compute_prompt(self):
        for preview in self:
            record = self.env[preview.res_model].browse(preview.res_id).exists()
            record.check_access("read")
            preview.prompt = record and self.env["gpt.prompt.preview"]._first_prompt(
                preview.action_id.gpt_chain_id,
                preview.action_id._gpt_values(record),
                record,
            )
