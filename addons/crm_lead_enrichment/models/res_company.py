# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    gpt_lead_auto = fields.Boolean(
        string="Enrich Leads by Themselves",
        default=True,
        help="When a lead comes in, and when its data or messages change.",
    )
    gpt_lead_delay = fields.Integer(
        string="Wait Before Enriching (s)",
        default=20,
        help="Changes that follow each other within this time are read at once.",
    )
    gpt_lead_read_notes = fields.Boolean(
        string="Read Internal Notes",
        help="Give the model your colleagues' internal notes to read, too.",
    )

    @api.constrains("gpt_lead_delay")
    def _check_gpt_lead_delay(self):
        if any(company.gpt_lead_delay < 0 for company in self):
            raise ValidationError(self.env._("The waiting time cannot be negative."))
