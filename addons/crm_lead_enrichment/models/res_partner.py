# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _gpt_erase(self):
        # sudo: gpt.lead.value - whoever may erase, erases all of it
        self.env["gpt.lead.value"].sudo().search(
            [("lead_id.partner_id", "in", self.ids)]
        ).unlink()
        return super()._gpt_erase()
