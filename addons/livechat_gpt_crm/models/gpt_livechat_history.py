# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptLivechatHistory(models.AbstractModel):
    _inherit = "gpt.livechat.history"

    def _names(self, session):
        """Mask the names that the lead of the chat knows, too."""
        lead = session.lead_id
        known = (lead.contact_name, lead.partner_name, lead.partner_id.name)
        return [*super()._names(session), *filter(None, known)]
