# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo 19.0: make the assistant the operator of a new chat."""

OPERATOR_MODEL = "gpt.agent"


class NewChatMixin:
    """Part of ``im_livechat.channel`` that differs between the series."""

    __slots__ = ()  # as all bases of models

    def _get_operator_info(self, /, *, lang, **kwargs):
        info = super()._get_operator_info(lang=lang, **kwargs)
        if info["operator_model"] == "chatbot.script":
            return info
        agent = self._gpt_agent_of_chat(kwargs.get("country_id"))
        if not agent:
            return info
        return info | {
            "agent": self.env["res.users"],
            "operator_partner": agent.partner_id,
            "operator_model": OPERATOR_MODEL,
            "gpt_agent": agent,
            "gpt_lang": lang,
        }

    def _gpt_find_operator(self, not_users, *, lang, country_id):
        """Return the operator whom Odoo picks, leaving some of them out."""
        return self._get_operator(
            lang=lang,
            country_id=country_id,
            users=self.available_operator_ids - not_users,
        )

    def _get_channel_name(self, /, *, visitor_user=None, guest=None, **kwargs):
        if kwargs["operator_model"] != OPERATOR_MODEL:
            return super()._get_channel_name(
                visitor_user=visitor_user, guest=guest, **kwargs
            )
        visitor = visitor_user.display_name if visitor_user else guest.name
        return f"{visitor} {kwargs['gpt_agent'].partner_id.name}"

    def _get_livechat_discuss_channel_vals(self, /, **kwargs):
        vals = super()._get_livechat_discuss_channel_vals(**kwargs)
        if vals and kwargs["operator_model"] == OPERATOR_MODEL:
            vals["gpt_session_ids"] = self._gpt_session_commands(
                kwargs["gpt_agent"], kwargs["gpt_lang"]
            )
        return vals
