# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _gpt_erase(self):
        # sudo: crm.lead - whoever may erase, erases all of it
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        emails = [email for email in self.mapped("email_normalized") if email]
        found = leads.search(
            ["|", ("partner_id", "in", self.ids), ("email_normalized", "in", emails)]
        )
        return self.env["gpt.lead.writer"]._erase(found) + super()._gpt_erase()
