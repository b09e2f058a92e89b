# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptRequestRetention(models.AbstractModel):
    _inherit = "gpt.request.retention"

    @api.model
    def _purge_older(self, before):
        more = super()._purge_older(before)
        # sudo: gpt.lead.history - texts that are as old as what is purged
        histories = self.env["gpt.lead.history"].sudo()
        histories.search([("write_date", "<", before)]).unlink()
        return self.env["gpt.lead.value"]._purge(before) or more
