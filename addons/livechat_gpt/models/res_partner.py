# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
import re

from odoo import fields, models

from ..compat import PRESENCE_MODEL
from ..engine.contact import find_contact


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _gpt_erase(self):
        """Erase what sessions keep of these contacts, too."""
        # sudo: gpt.livechat.session - whoever may erase, erases all of it
        sessions = self.env["gpt.livechat.session"].sudo()
        terms = self._gpt_session_terms()
        found = sessions.search(["|"] * (len(terms) - 1) + terms)
        # Guests are no contacts: their requests are known by the chat only.
        conversations = found.conversation_id
        count = found.env["gpt.request.retention"]._erase(conversations.request_ids)
        conversations.unlink()
        found._forget()
        return count + super()._gpt_erase()

    def _gpt_session_terms(self):
        """Return what tells the chats of these contacts; one of it is enough."""
        terms = [
            ("conversation_id.partner_id", "in", self.ids),
            ("channel_id.create_uid.partner_id", "in", self.ids),
        ]
        for partner in self:
            if partner.email:
                # The same address, however it was written; _ and % are no patterns.
                email = re.sub(r"([\\%_])", r"\\\1", partner.email.strip())
                terms.append(("contact_email", "=ilike", email))
            country = partner.country_id.code or partner.company_id.country_id.code
            found = find_contact(partner.phone or "", country or "MX")
            if found.phone:
                terms.append(("contact_phone", "=", found.phone))
        return terms

    def _gpt_offline_seconds(self):
        """Return how long an employee has been offline, 0 if they are online.

        Odoo keeps one row per user, and deletes those that are half a day old.
        """
        # sudo: bus.presence, mail.presence - of who has the chat, for the machine
        presences = self.env[PRESENCE_MODEL].sudo()
        rows = presences.search([("user_id", "in", self.user_ids.ids)])
        if not all(row.offline_since for row in rows):
            return 0
        since = max(rows.mapped("offline_since"), default=None)
        if not since:
            return math.inf
        # A second more: who left just now is offline, too.
        return (fields.Datetime.now() - since).total_seconds() + 1
