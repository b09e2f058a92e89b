# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptTuningEvent(models.Model):
    """What a provider, or this program, told of a tuning job."""

    _name = "gpt.tuning.event"
    _description = "GPT Tuning Event"
    _order = "at desc, id desc"

    job_id = fields.Many2one(
        "gpt.tuning.job", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    at = fields.Datetime(string="When", required=True)
    level = fields.Selection(
        selection=[("info", "Info"), ("warn", "Warning"), ("error", "Error")],
        default="info",
        required=True,
    )
    message = fields.Text(required=True)
    # The provider's, by which it is known already; of our own lines there is none.
    remote_id = fields.Char()
