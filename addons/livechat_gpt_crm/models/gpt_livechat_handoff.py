# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptLivechatHandoff(models.AbstractModel):
    _inherit = "gpt.livechat.handoff"

    def _on_contact(self, session):
        result = super()._on_contact(session)
        session.env["gpt.livechat.lead"]._make(session)
        return result
