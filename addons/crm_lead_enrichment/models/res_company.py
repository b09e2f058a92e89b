# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    gpt_lead_auto = fields.Boolean(
        string="Enrich Leads Automatically",
        default=True,
        groups="base.group_user",
        help="When a lead comes in, and when its data or messages change.",
    )
    gpt_lead_delay = fields.Integer(
        string="Wait Before Enriching (s)",
        default=20,
        groups="base.group_user",
        help="Changes that follow each other within this time are read at once.",
    )
    gpt_lead_max_sender_day = fields.Integer(
        string="Most Runs per Sender and Day",
        default=30,
        groups="base.group_user",
        help="Of the leads of one e-mail domain, or of one address at a public "
        "provider such as Gmail. Further ones wait until somebody enriches them by "
        "hand. 0: no limit.",
    )
    gpt_lead_max_day = fields.Integer(
        string="Most Runs per Day",
        default=300,
        groups="base.group_user",
        help="Of all leads that are enriched without being asked for. Further ones "
        "wait until somebody enriches them by hand. 0: no limit.",
    )
    gpt_lead_read_notes = fields.Boolean(
        string="Read Internal Notes",
        groups="base.group_user",
        help="Give the model your colleagues' internal notes to read, too.",
    )

    @api.constrains("gpt_lead_max_sender_day", "gpt_lead_max_day")
    def _check_gpt_lead_limits(self):
        for company in self:
            if min(company.gpt_lead_max_sender_day, company.gpt_lead_max_day) < 0:
                raise ValidationError(self.env._("Limits cannot be negative."))

    @api.constrains("gpt_lead_delay")
    def _check_gpt_lead_delay(self):
        if any(company.gpt_lead_delay < 0 for company in self):
            raise ValidationError(self.env._("The waiting time cannot be negative."))
