# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.gpt_core.utils.transaction import best_effort


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _message_reaction(self, content, action, partner, guest, *args, **kwargs):
        """Keep the visitor's thumb under an answer of an assistant as their rating."""
        result = super()._message_reaction(
            content, action, partner, guest, *args, **kwargs
        )
        if self.model == "discuss.channel" and content:
            with best_effort(self.env, "A rating of an answer"):
                self._gpt_rate(content, action, partner, guest)
        return result

    def _gpt_rate(self, content, action, partner, guest):
        # sudo: gpt.livechat.posted.answer - visitors rate, and cannot read the rows
        answers = self.env["gpt.livechat.posted.answer"].sudo()
        answer = answers.search([("message_id", "=", self.id)], limit=1)
        if answer and answer.session_id.channel_id._gpt_is_visitor(partner, guest):
            answer._rate(content[:1], action)
