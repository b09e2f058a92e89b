# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptRequestRecovery(models.AbstractModel):
    _inherit = "gpt.request.recovery"

    @api.model
    def _cron_recover(self):
        result = super()._cron_recover()
        # sudo: gpt.lead.run - whose job is gone; a cron, of all companies
        for run in self.env["gpt.lead.run"].sudo()._abandoned():
            run.write({"state": "failed", "error_code": "interrupted"})
        return result
