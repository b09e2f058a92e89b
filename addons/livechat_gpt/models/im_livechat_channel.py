# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.http import request

from odoo.addons.gpt_core.utils.transaction import best_effort

from ..compat import NewChatMixin


class ImLivechatChannel(NewChatMixin, models.Model):
    """Whose channel it is; a new chat is given to the assistant by ``NewChatMixin``."""

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
        if info["available"]:
            return info
        with best_effort(self.env, "The assistant of a channel"):
            # sudo: gpt.agent - visitors ask, and cannot read the assistants
            channel = self.sudo()
            agents = channel.gpt_agent_id | channel.rule_ids.gpt_agent_id
            if agents.filtered(lambda a: a._is_on_duty(self.available_operator_ids)):
                options = self._get_channel_infos()
                options["default_username"] = username or self.env._("Visitor")
                info |= {"available": True, "options": options}
        return info

    def _get_channel_infos(self):
        """Let the assistant say the welcome, with the questions that it suggests."""
        infos = super()._get_channel_infos()
        with best_effort(self.env, "The welcome of an assistant"):
            agent = self._gpt_agent(self._gpt_url())
            if agent:
                welcome = self.env["gpt.livechat.fixed.text"]._welcome
                infos["default_message"] = welcome(agent, infos["default_message"])
        return infos

    def _gpt_agent(self, url=None, country_id=None):
        """Return the assistant who answers now; empty when people answer.

        :param url: of the page on which the chat is opened
        """
        self.ensure_one()
        # sudo: gpt.agent - visitors open chats, and cannot read the assistants
        channel = self.sudo()
        rules = self.env["im_livechat.channel.rule"].sudo()
        rule = rules.match_rule(self.id, url, country_id)
        agent = (rule and rule.gpt_agent_id) or channel.gpt_agent_id
        return agent.filtered(lambda a: a._is_on_duty(self.available_operator_ids))

    @api.model
    def _gpt_url(self):
        """Return the page that the visitor's browser is on."""
        return request.httprequest.headers.get("Referer") if request else None

    def _gpt_agent_of_chat(self, country_id):
        """Return the assistant for a new chat, empty if there is to be none."""
        with best_effort(self.env, "The assistant of a chat"):
            agent = self._gpt_agent(self._gpt_url(), country_id)
            if self.env["gpt.livechat.rate.limit"]._may_open_chat(agent):
                return agent
        return self.env["gpt.agent"]

    @api.model
    def _gpt_session_commands(self, agent, lang):
        """Return the commands that give a new chat its session with ``agent``."""
        limits = self.env["gpt.livechat.rate.limit"]
        return [
            Command.create(
                {
                    "agent_id": agent.id,
                    "company_id": (agent.company_id or self.env.company).id,
                    "lang": lang or self.env.lang,
                    "visitor_key": limits._visitor_key(),
                }
            )
        ]
