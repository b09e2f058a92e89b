# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ImLivechatChannelRule(models.Model):
    _inherit = "im_livechat.channel.rule"

    gpt_agent_id = fields.Many2one(
        "gpt.agent",
        string="Assistant",
        groups="im_livechat.im_livechat_group_user",
        help="Answers on these pages, to these countries. Empty: the assistant of the "
        "channel, unless a chatbot is chosen here.",
    )
