# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _gpt_erase(self):
        # sudo: gpt.dataset - whoever may erase, erases all of it
        datasets = (
            self.env["gpt.dataset"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    "|",
                    ("example_ids.partner_id", "in", self.ids),
                    ("example_ids.conversation_id.partner_id", "in", self.ids),
                ]
            )
        )
        datasets._drop_files()
        return super()._gpt_erase()
