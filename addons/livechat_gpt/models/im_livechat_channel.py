# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import hmac

from odoo import Command, api, fields, models
from odoo.http import request

from odoo.addons.gpt_core.utils.transaction import best_effort

from ..engine.network import network_of


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
                infos["default_message"] = agent._welcome(infos["default_message"])
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
            limit = agent.max_chats_hour
            if not limit or self._gpt_chats_of_visitor() < limit:
                return agent
        return self.env["gpt.agent"]

    def _gpt_chats_of_visitor(self):
        """Return how many chats were opened from this address within the hour."""
        key = self._gpt_visitor_key()
        if not key:
            return 0
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        # sudo: gpt.livechat.session - visitors open chats, and cannot read sessions
        sessions = self.env["gpt.livechat.session"].sudo()
        return sessions.search_count(
            [("visitor_key", "=", key), ("create_date", ">=", since)]
        )

    @api.model
    def _gpt_visitor_key(self):
        """Return what tells addresses on the internet apart, without keeping them."""
        address = request.httprequest.remote_addr if request else None
        if not address:
            return False
        # sudo: ir.config_parameter - the secret stays here
        params = self.env["ir.config_parameter"].sudo()
        secret = params.get_param("database.secret") or ""
        mac = hmac.new(secret.encode(), network_of(address).encode(), hashlib.sha256)
        return mac.hexdigest()[:32]

    @api.model
    def _gpt_session_commands(self, agent, lang):
        """Return the commands that give a new chat its session with ``agent``."""
        return [
            Command.create(
                {
                    "agent_id": agent.id,
                    "company_id": (agent.company_id or self.env.company).id,
                    "lang": lang or self.env.lang,
                    "visitor_key": self._gpt_visitor_key(),
                }
            )
        ]
