# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.constrains("partner_id")
    def _check_no_assistant(self):
        """Refuse users of an assistant's contact: nobody signs in as an assistant."""
        # sudo: gpt.agent - whoever makes users need not see assistants
        agents = self.env["gpt.agent"].sudo().with_context(active_test=False)
        of_users = [("partner_id", "in", self.partner_id.ids)]
        if agents.search_count(of_users, limit=1):
            raise ValidationError(
                self.env._("The contact of an assistant cannot have a user.")
            )
