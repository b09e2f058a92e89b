# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gpt_lead_auto = fields.Boolean(related="company_id.gpt_lead_auto", readonly=False)
    gpt_lead_delay = fields.Integer(related="company_id.gpt_lead_delay", readonly=False)
    gpt_lead_max_sender_day = fields.Integer(
        related="company_id.gpt_lead_max_sender_day", readonly=False
    )
    gpt_lead_max_day = fields.Integer(
        related="company_id.gpt_lead_max_day", readonly=False
    )
    gpt_lead_read_notes = fields.Boolean(
        related="company_id.gpt_lead_read_notes", readonly=False
    )
