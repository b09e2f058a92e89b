# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptLivechatNotice(models.AbstractModel):
    _inherit = "gpt.livechat.notice"

    def _tell_colleagues(self, session, effect, request):
        result = super()._tell_colleagues(session, effect, request)
        if session.contact_state == "given":
            session.env["gpt.livechat.lead"]._make(session)
        return result
