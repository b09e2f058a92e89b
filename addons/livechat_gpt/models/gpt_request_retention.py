# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptRequestRetention(models.AbstractModel):
    _inherit = "gpt.request.retention"

    @api.model
    def _purge_older(self, before):
        """Forget the visitors of old chats as long after as the texts of requests."""
        more = super()._purge_older(before)
        return self.env["gpt.livechat.session"]._purge(before) or more
