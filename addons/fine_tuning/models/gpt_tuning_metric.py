# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptTuningMetric(models.Model):
    """A figure of a tuning job after some of its steps."""

    _name = "gpt.tuning.metric"
    _description = "GPT Tuning Metric"
    _order = "job_id, kind, step"
    _rec_name = "kind"

    job_id = fields.Many2one(
        "gpt.tuning.job", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    step = fields.Integer(string="After Step", required=True, aggregator="max")
    kind = fields.Selection(
        selection=[
            ("train_loss", "Training loss"),
            ("valid_loss", "Validation loss"),
            ("train_accuracy", "Training accuracy"),
            ("valid_accuracy", "Validation accuracy"),
        ],
        string="Figure",
        required=True,
    )
    value = fields.Float(digits=(16, 4), aggregator="avg")
