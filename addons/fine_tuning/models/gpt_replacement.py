# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class GptReplacement(models.Model):
    """Models that may take over from one that retires, tried on a chain's cases."""

    _name = "gpt.replacement"
    _description = "GPT Comparison of Replacements"
    _inherit = ["gpt.link.mixin"]
    _order = "id desc"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    model_id = fields.Many2one(
        "gpt.model", string="Model That Retires", required=True, ondelete="cascade"
    )
    retires_on = fields.Date(related="model_id.retires_on", related_sudo=False)
    candidate_ids = fields.One2many("gpt.replacement.candidate", "replacement_id")
    case_count = fields.Integer(related="chain_id.case_count", related_sudo=False)
    is_running = fields.Boolean(compute="_compute_is_running")

    @api.depends("chain_id.name", "model_id.name")
    def _compute_display_name(self):
        for replacement in self:
            names = (replacement.chain_id.name or "", replacement.model_id.name or "")
            replacement.display_name = " / ".join(names)

    @api.depends("candidate_ids.evaluation_id.result_ids.state")
    def _compute_is_running(self):
        for replacement in self:
            runs = replacement.candidate_ids.evaluation_id
            replacement.is_running = any(run.is_running for run in runs)

    @api.model
    def _open_for(self, chain, model):
        """Return the window of the last comparison, or of a new one."""
        found = self.search(
            [("chain_id", "=", chain.id), ("model_id", "=", model.id)], limit=1
        )
        heir = model.replaced_by_id
        found = found or self.create(
            {
                "chain_id": chain.id,
                "model_id": model.id,
                "candidate_ids": [Command.create({"model_id": h.id}) for h in heir],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Comparison of Replacements"),
            "res_model": self._name,
            "res_id": found.id,
            "views": [(False, "form")],
        }

    def action_run(self):
        """Run the chain's cases on each candidate, and on the model that retires."""
        self.ensure_one()
        self.check_access("write")
        chain = self.chain_id
        if not chain.case_ids:
            raise UserError(
                self.env._(
                    "The chain has no cases yet. Press Record Golden Answers, or add "
                    "some on its tab Cases."
                )
            )
        if not self.candidate_ids:
            raise UserError(self.env._("Add the models that may take over."))
        versions = self.env["gpt.tuning.versions"]
        runs = self.env["gpt.chain.evaluation"].with_company(self.company_id)
        baseline = versions._with_model(chain, self.model_id)
        is_gone = self.model_id.deprecation == "past"
        for candidate in self.candidate_ids:
            version = versions._with_model(chain, candidate.model_id)
            if is_gone:
                run = runs._start(version, chain.case_ids, baseline)
            else:
                run = runs._start_pair(baseline, version, chain.case_ids)
            # sudo: gpt.replacement.candidate - what came of it is written here only
            candidate.sudo().evaluation_id = run
        return True
