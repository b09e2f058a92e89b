# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _gpt_sender(self):
        """Return what tells senders apart: a domain, or an address at a provider."""
        return self.email_domain_criterion or self.email_normalized or False

    def _gpt_leads_of(self, sender):
        """Return the leads of a sender, archived ones, too."""
        leads = self.with_context(active_test=False)
        return leads.search(
            [
                "|",
                ("email_domain_criterion", "=", sender),
                ("email_normalized", "=", sender),
            ]
        )
