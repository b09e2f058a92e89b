# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptChain(models.Model):
    """What a chat hands in, for those who try a chain on one."""

    _inherit = "gpt.chain"

    def _offered_values(self, record):
        sessions = {
            "discuss.channel": lambda: record.gpt_session_ids[-1:],
            "gpt.livechat.session": lambda: record,
        }
        if record._name not in sessions:
            return super()._offered_values(record)
        session = sessions[record._name]()
        if not session or not session.channel_id.has_access("read"):
            return {}
        return session.env["gpt.livechat.history"]._offered_values(session)
