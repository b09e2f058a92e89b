# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo 18.0: make the assistant the operator of a new chat."""

from odoo import api


class NewChatMixin:
    """Part of ``im_livechat.channel`` that differs between the series."""

    __slots__ = ()  # as all bases of models

    def _get_livechat_discuss_channel_vals(
        self,
        anonymous_name,
        previous_operator_id=None,
        chatbot_script=None,
        user_id=None,
        country_id=None,
        lang=None,
    ):
        agent = self._gpt_agent_of_chat(country_id)
        if chatbot_script or not agent:
            return super()._get_livechat_discuss_channel_vals(
                anonymous_name,
                previous_operator_id=previous_operator_id,
                chatbot_script=chatbot_script,
                user_id=user_id,
                country_id=country_id,
                lang=lang,
            )
        vals = super(
            NewChatMixin, self.with_context(gpt_stand_in=True)
        )._get_livechat_discuss_channel_vals(
            anonymous_name,
            previous_operator_id=previous_operator_id,
            chatbot_script=chatbot_script,
            user_id=user_id,
            country_id=country_id,
            lang=lang,
        )
        visitor = self.env["res.users"].browse(user_id).display_name or anonymous_name
        return vals and self._gpt_with_agent(vals, agent, visitor, lang)

    def _get_operator(self, previous_operator_id=None, lang=None, country_id=None):
        # Core gives up without an operator, and knows users only: this one stands
        # in until the assistant's partner takes their place.
        if self.env.context.get("gpt_stand_in"):
            return self.env.ref("base.user_root")
        return super()._get_operator(
            previous_operator_id=previous_operator_id,
            lang=lang,
            country_id=country_id,
        )

    @api.depends("user_ids.im_status")
    @api.depends_context("gpt_not_users")
    def _compute_available_operator_ids(self):
        result = super()._compute_available_operator_ids()
        not_users = self.env.context.get("gpt_not_users")
        if not_users:
            for channel in self:
                channel.available_operator_ids = (
                    channel.available_operator_ids.filtered(
                        lambda user: user.id not in not_users
                    )
                )
        return result

    def _gpt_find_operator(self, not_users, *, lang, country_id):
        """Return the operator whom Odoo picks, leaving some of them out."""
        # What is computed for that is of no use to others.
        channel = self.with_context(gpt_not_users=tuple(not_users.ids))
        found = channel._get_operator(lang=lang, country_id=country_id)
        return (found or self.env["res.users"]).with_env(self.env)

    def _gpt_with_agent(self, vals, agent, visitor, lang):
        partner = agent.partner_id
        for _command, _id, member in vals["channel_member_ids"]:
            if member.get("partner_id") == vals["livechat_operator_id"]:
                member["partner_id"] = partner.id
        return vals | {
            "livechat_operator_id": partner.id,
            "name": f"{visitor} {partner.name}",
            "gpt_session_ids": self._gpt_session_commands(agent, lang),
        }
