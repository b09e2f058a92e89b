# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..utils.record_values import check_path, text_at


class GptChainTrialValue(models.TransientModel):
    """What a trial hands in for an input: taken from the record, or typed."""

    _name = "gpt.chain.trial.value"
    _description = "GPT Chain Trial Value"
    _inherit = ["gpt.link.mixin"]
    _order = "id"

    trial_id = fields.Many2one("gpt.chain.trial", required=True, ondelete="cascade")
    input_name = fields.Char(string="Input", required=True)
    description = fields.Char(string="What It Is", compute="_compute_description")
    path = fields.Char(
        string="Field of the Record",
        help="A field of the record, or of a linked one: name, partner_id.email.",
    )
    value = fields.Text()
    path_problem = fields.Char(compute="_compute_path_problem")

    @api.depends("input_name", "trial_id.chain_id")
    @api.depends_context("lang")
    def _compute_description(self):
        for line in self:
            inputs = line.trial_id.chain_id.input_ids
            described = {item.name: item.description for item in inputs}
            line.description = described.get(line.input_name)

    @api.depends("path", "trial_id.record_ref")
    @api.depends_context("lang")
    def _compute_path_problem(self):
        for line in self:
            record = line.trial_id.record_ref
            wrong = record and line.path and not check_path(record, line.path)
            line.path_problem = wrong and self.env._(
                "%(model)s has no field %(name)s.",
                model=record._description,
                name=line.path,
            )

    @api.onchange("path")
    def _onchange_path(self):
        """Take the value from the record; it can be typed over."""
        record = self.trial_id.record_ref
        if record and self.path and check_path(record, self.path):
            self.value = text_at(record, self.path)

    def _take_from_record(self):
        """Take the values of the trial's record: those that its consumer hands in.

        For other inputs a field is chosen.
        """
        for trial in self.trial_id:
            record = trial.record_ref
            offered = trial._offered_values()
            for line in self.filtered(lambda line, of=trial: line.trial_id == of):
                if line.input_name in offered:
                    line.path = False
                    line.value = offered[line.input_name]
                    continue
                line.path = record and line._likely_path(record)
                line._onchange_path()

    def _likely_path(self, record):
        """Return where the value stands: as a server action has it, or by its name."""
        # sudo: gpt.action.value - paths that an administrator set up for this chain
        known = self.env["gpt.action.value"].sudo()
        used = known.search(
            [
                ("input_name", "=", self.input_name),
                ("action_id.gpt_chain_id", "=", self.trial_id.chain_id._origin.id),
                ("action_id.model_id.model", "=", record._name),
            ],
            limit=1,
        )
        if used:
            return used.path
        return self.input_name if self.input_name in record._fields else False
