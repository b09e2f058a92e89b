# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.livechat_gpt.engine.reading import MAX_EARLIER

MAX_TITLE = 80


class GptLivechatSession(models.Model):
    _inherit = "gpt.livechat.session"

    lead_id = fields.Many2one(
        "crm.lead",
        ondelete="set null",
        index="btree_not_null",
        groups="sales_team.group_sale_salesman",
        copy=False,
    )

    def _on_contact(self):
        result = super()._on_contact()
        self._make_lead()
        return result

    def _effect_tell_colleagues(self, effect, request):
        result = super()._effect_tell_colleagues(effect, request)
        if self.contact_state == "given":
            self._make_lead()
        return result

    def _apply_summary(self, request):
        result = super()._apply_summary(request)
        if self.lead_id:
            self.lead_id.message_post(body=self._summary_html())
        return result

    def action_make_lead(self):
        """Make a lead of the chat, for the salesperson who presses the button."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("Only salespeople may make leads."))
        # sudo: gpt.livechat.session - operators read sessions; buttons write them
        lead = self.sudo()._make_lead(self.env.user).sudo(False)
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": lead.id,
            "views": [[False, "form"]],
        }

    def _gpt_names(self):
        """Mask the names that the lead of the chat knows, too."""
        lead = self.lead_id
        known = (lead.contact_name, lead.partner_name, lead.partner_id.name)
        return [*super()._gpt_names(), *filter(None, known)]

    def _make_lead(self, user=None):
        """Return the lead of the chat; it is made once, and completed later.

        :param user: the salesperson; empty: as the rules of the CRM assign it
        """
        self.ensure_one()
        if self.lead_id:
            self.lead_id.write(self._lead_contact_missing())
        else:
            values = self._lead_values() | {"user_id": user.id if user else False}
            self.lead_id = self.env["crm.lead"].create(values)
        return self.lead_id

    def _lead_contact(self):
        return {"email_from": self.contact_email, "phone": self.contact_phone}

    def _lead_contact_missing(self):
        """Return the contact that was left, as far as the lead has none."""
        return {
            name: value
            for name, value in self._lead_contact().items()
            if value and not self.lead_id[name]
        }

    def _lead_values(self):
        """Return the values of a new lead; other addons add theirs."""
        session = self.with_context(lang=self.company_id.partner_id.lang)
        source = self.env.ref("crm_livechat.utm_source_livechat", False)
        values = session._lead_contact() | {
            "name": session._lead_title(),
            "partner_id": session._visitor_partner().id,
            "description": session._transcript_html(),
            "country_id": session.channel_id.country_id.id,
            "source_id": source.id if source else False,
            "company_id": session.company_id.id,
            "team_id": False,
        }
        if "origin_channel_id" in self.env["crm.lead"]._fields:
            values["origin_channel_id"] = self.channel_id.id
        return values

    def _lead_title(self):
        """Return what the visitor asked first."""
        first = self._visitor_messages()[:MAX_EARLIER]
        topic = " ".join(next(self._questions(first), "").split())[:MAX_TITLE]
        return self.env._("Chat: %s", topic or self.channel_id.name)

    def _transcript_html(self):
        lines = (self.transcript or "").splitlines()
        return Markup("<br/>").join(escape(line) for line in lines)
