# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptLivechatSession(models.Model):
    _inherit = "gpt.livechat.session"

    lead_id = fields.Many2one(
        "crm.lead",
        ondelete="set null",
        index="btree_not_null",
        groups="sales_team.group_sale_salesman",
        copy=False,
    )
    # Names of fields of the lead, with commas.
    facts_asked = fields.Char(groups="base.group_system", copy=False)
    facts_noted_id = fields.Integer(
        groups="base.group_system",
        help="The last message that the lead tells of.",
    )

    def action_make_lead(self):
        """Make a lead of the chat, for the salesperson who presses the button."""
        return self.env["gpt.livechat.lead"]._make_for_user(self)
