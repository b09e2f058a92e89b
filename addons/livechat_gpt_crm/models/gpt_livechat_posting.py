# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptLivechatPosting(models.AbstractModel):
    _inherit = "gpt.livechat.posting"

    def _question_to_add(self, session):
        """Ask for what the lead still lacks."""
        question = super()._question_to_add(session)
        questions = session.env["gpt.livechat.lead.question"]
        questions._note_facts(session)
        return question or questions._next_question(session)
