# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class GptReplacementCandidate(models.Model):
    """A model that may take over, and how the cases went on it."""

    _name = "gpt.replacement.candidate"
    _description = "GPT Replacement Candidate"
    _inherit = ["gpt.link.mixin"]
    _order = "id"
    _rec_name = "model_id"

    replacement_id = fields.Many2one(
        "gpt.replacement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="replacement_id.company_id", store=True)
    model_id = fields.Many2one(
        "gpt.model",
        required=True,
        ondelete="cascade",
        domain="[('kind', '=', 'chat')]",
    )
    evaluation_id = fields.Many2one(
        "gpt.chain.evaluation", string="Run", readonly=True, copy=False
    )
    progress = fields.Float(compute="_compute_outcome")
    passed_count = fields.Integer(string="Passed", compute="_compute_outcome")
    failed_count = fields.Integer(string="Not Passed", compute="_compute_outcome")
    worse_count = fields.Integer(string="Worse", compute="_compute_outcome")
    cost = fields.Float(string="Cost (USD)", digits=(16, 6), compute="_compute_outcome")

    @api.depends("evaluation_id.result_ids.state")
    def _compute_outcome(self):
        names = ("progress", "passed_count", "failed_count", "worse_count", "cost")
        for candidate in self:
            for name in names:
                candidate[name] = candidate.evaluation_id[name]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_chosen(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_chosen(vals)
        return super().write(vals)

    def _check_chosen(self, vals):
        if "evaluation_id" in vals and not self.env.su:
            raise AccessError(self.env._("Press Compare."))

    def action_open_run(self):
        """Show the cases side by side."""
        self.ensure_one()
        return self.evaluation_id._open()

    def action_switch(self):
        """Show what changes when this model takes over in the chain."""
        self.ensure_one()
        replacement = self.replacement_id
        switch = self.env["gpt.model.switch"].create(
            {
                "model_id": replacement.model_id.id,
                "successor_id": self.model_id.id,
                "chain_ids": [(6, 0, replacement.chain_id.ids)],
            }
        )
        return switch._open()
