# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptTuningCheckpoint(models.Model):
    """A model that there was after some steps of a tuning job."""

    _name = "gpt.tuning.checkpoint"
    _description = "GPT Tuning Checkpoint"
    _order = "step desc"
    _rec_name = "name"

    job_id = fields.Many2one(
        "gpt.tuning.job", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    name = fields.Char(required=True, help="The name that the provider gave it.")
    step = fields.Integer(required=True)
    train_loss = fields.Float(digits=(16, 4))
    valid_loss = fields.Float(digits=(16, 4))

    def action_add_model(self):
        """Add the checkpoint to the catalogue, so that chains can use it."""
        self.ensure_one()
        self.job_id.check_access("write")
        model = self.env["gpt.tuning.model"]._add(self.job_id, self.name)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Model"),
            "res_model": "gpt.model",
            "res_id": model.id,
            "views": [(False, "form")],
        }

    def action_take(self):
        """Make the checkpoint the result of its job, to compare and use it."""
        self.ensure_one()
        self.job_id._take_checkpoint(self)
        return True
