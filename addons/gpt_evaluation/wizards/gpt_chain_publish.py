# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class GptChainPublish(models.TransientModel):
    """Asks whether a draft may be published that breaks cases."""

    _name = "gpt.chain.publish"
    _description = "GPT Chain Publication"
    _inherit = ["gpt.link.mixin"]

    chain_id = fields.Many2one("gpt.chain", required=True, ondelete="cascade")
    broken_ids = fields.Many2many(
        "gpt.chain.evaluation.result", compute="_compute_broken_ids"
    )

    @api.depends("chain_id")
    def _compute_broken_ids(self):
        for question in self:
            question.broken_ids = question.chain_id._broken_results()

    @api.model
    def _open(self, chain):
        question = self.create({"chain_id": chain.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish Anyway?"),
            "res_model": self._name,
            "res_id": question.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_publish_anyway(self):
        """Publish although cases break."""
        self.ensure_one()
        if self.chain_id._publish_gate() == "refuse" and self.broken_ids:
            raise UserError(self.env._("The settings do not allow that."))
        self.chain_id._publish()
        return {"type": "ir.actions.act_window_close"}
