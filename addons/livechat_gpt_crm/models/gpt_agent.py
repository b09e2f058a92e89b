# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GptAgent(models.Model):
    _inherit = "gpt.agent"

    max_lead_facts = fields.Integer(
        string="Questions for the Lead",
        default=3,
        help="When a chat has become a lead, the assistant asks for what the lead "
        "still lacks: one thing with each answer, and no more than so many. "
        "0: nothing.",
    )

    @api.constrains("max_lead_facts")
    def _check_lead_facts(self):
        if any(agent.max_lead_facts < 0 for agent in self):
            raise ValidationError(self.env._("Limits cannot be negative."))
