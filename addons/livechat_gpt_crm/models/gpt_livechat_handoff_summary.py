# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptLivechatHandoffSummary(models.Model):
    _inherit = "gpt.livechat.handoff.summary"

    def _gpt_apply(self, request):
        result = super()._gpt_apply(request)
        session = self.session_id
        if session.lead_id:
            session.lead_id.message_post(body=self._html(session))
        return result
