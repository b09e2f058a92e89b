# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.models.gpt_request_retention import BATCH


class GptRequestRetention(models.AbstractModel):
    _inherit = "gpt.request.retention"

    @api.model
    def _erase(self, requests):
        """Erase what cases found in the answers, too: it is part of them."""
        results = self.env["gpt.chain.evaluation.result"]
        results.search([("request_id", "in", requests.ids)]).write({"failures": False})
        return super()._erase(requests)

    @api.model
    def _purge_older(self, before):
        more = super()._purge_older(before)
        return self.env["gpt.chain.evaluation.result"]._purge(before, BATCH) or more
