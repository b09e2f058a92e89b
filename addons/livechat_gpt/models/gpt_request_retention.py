# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .gpt_livechat_session import PERSONAL

BATCH = 1000


class GptRequestRetention(models.AbstractModel):
    _inherit = "gpt.request.retention"

    @api.model
    def _purge_older(self, before):
        """Forget the visitors of old chats as long after as the texts of requests."""
        more = super()._purge_older(before)
        told = [(name, "!=", False) for name in (*PERSONAL, "summary_id")]
        old = self.env["gpt.livechat.session"].search(
            [("write_date", "<", before), *["|"] * (len(told) - 1), *told],
            order="id",
            limit=BATCH,
        )
        old._forget()
        return len(old) == BATCH or more
