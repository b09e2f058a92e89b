# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models


class ImLivechatChannel(models.Model):
    _inherit = "im_livechat.channel"

    gpt_agent_id = fields.Many2one(
        "gpt.agent",
        string="Assistant",
        groups="im_livechat.im_livechat_group_user",
        help="Answers the visitors of this channel, also when nobody is online.",
    )

    def get_livechat_info(self, username=None):
        """Say that the chat is available when an assistant is there to answer."""
        info = super().get_livechat_info(username=username)
        # sudo: gpt.agent - visitors ask, and cannot read the assistants
        if not info["available"] and self.sudo().gpt_agent_id:
            info["available"] = True
            info["options"] = self._get_channel_infos()
            info["options"]["default_username"] = username or self.env._("Visitor")
        return info

    @api.model
    def _gpt_session_commands(self, agent, lang):
        """Return the commands that give a new chat its session with ``agent``."""
        return [
            Command.create(
                {
                    "agent_id": agent.id,
                    "company_id": self.env.company.id,
                    "lang": lang or self.env.lang,
                }
            )
        ]
