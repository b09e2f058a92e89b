# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _gpt_lead_domain(self):
        """Return the domain of the leads that this user may read.

        Rules of what belongs to a lead use it, so that they follow the rules of leads,
        also those that a company adds.
        """
        self.ensure_one()
        # A rule is given its user as superuser, for whom there are no rules.
        rules = self.with_user(self).env["ir.rule"]
        return list(rules._compute_domain("crm.lead", "read"))
