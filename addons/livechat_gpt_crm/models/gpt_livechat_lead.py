# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import models
from odoo.exceptions import AccessError

MAX_TITLE = 80


class GptLivechatLead(models.AbstractModel):
    """Making of a lead out of a chat, and completing it."""

    _name = "gpt.livechat.lead"
    _description = "GPT Live Chat: Lead out of a Chat"

    def _make(self, session, user=None):
        """Return the lead of the chat; it is made once, and completed later.

        :param user: the salesperson; empty: as the rules of the CRM assign it
        """
        session.ensure_one()
        if session.lead_id:
            session.lead_id.write(self._missing_contact(session))
        else:
            values = self._values(session) | {"user_id": user.id if user else False}
            session.lead_id = session.env["crm.lead"].create(values)
        return session.lead_id

    def _make_for_user(self, session):
        """Make the lead for the salesperson who presses the button; open it."""
        session.ensure_one()
        session.check_access("read")
        user = session.env.user
        if not user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(session.env._("Only salespeople may make leads."))
        # sudo: gpt.livechat.session - operators read sessions; buttons write them
        lead = self._make(session.sudo(), user).sudo(False)
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": lead.id,
            "views": [[False, "form"]],
        }

    def _contact(self, session):
        return {"email_from": session.contact_email, "phone": session.contact_phone}

    def _missing_contact(self, session):
        """Return the contact that was left, as far as the lead has none."""
        return {
            name: value
            for name, value in self._contact(session).items()
            if value and not session.lead_id[name]
        }

    def _values(self, session):
        """Return the values of a new lead; other addons add theirs."""
        session = session.with_context(lang=session.company_id.partner_id.lang)
        source = session.env.ref("crm_livechat.utm_source_livechat", False)
        channel = session.channel_id
        values = self._contact(session) | {
            "name": self._title(session),
            "partner_id": channel._gpt_visitor_partner().id,
            "description": self._transcript_html(session),
            "country_id": channel.country_id.id,
            "source_id": source.id if source else False,
            "company_id": session.company_id.id,
            "team_id": False,
        }
        if "origin_channel_id" in session.env["crm.lead"]._fields:
            values["origin_channel_id"] = channel.id
        return values

    def _title(self, session):
        """Return what the visitor asked first."""
        first = session.env["gpt.livechat.history"]._first_question(session)
        topic = " ".join(first.split())[:MAX_TITLE]
        return session.env._("Chat: %s", topic or session.channel_id.name)

    def _transcript_html(self, session):
        lines = (session.transcript or "").splitlines()
        return Markup("<br/>").join(escape(line) for line in lines)
