# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# What a session keeps of its visitor, beside numbers.
PERSONAL = (
    "contact_email",
    "contact_phone",
    "card_summary",
    "card_facts",
    "card_question",
    "card_reply",
    "visitor_key",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _gpt_erase(self):
        """Erase what sessions keep of these contacts, too."""
        # sudo: gpt.livechat.session - whoever may erase, erases all of it
        sessions = self.env["gpt.livechat.session"].sudo()
        emails = [email for email in self.mapped("email") if email]
        found = sessions.search(
            [
                "|",
                "|",
                ("conversation_id.partner_id", "in", self.ids),
                ("channel_id.create_uid.partner_id", "in", self.ids),
                ("contact_email", "in", emails),
            ]
        )
        found.write(dict.fromkeys(PERSONAL, False))
        return super()._gpt_erase()
