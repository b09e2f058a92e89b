# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.gpt_core.engine.text.blank import is_blank_html
from odoo.addons.gpt_core.engine.text.html_text import plain_text
from odoo.addons.gpt_core.utils.transaction import best_effort

# Of the HTML of a message that is longer, only the beginning is read.
MAX_MESSAGE_CHARS = 20_000


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _gpt_is_comment(self):
        """Tell whether somebody wrote the message by hand."""
        # The id alone: ``env.ref`` asks the database if the record is there.
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return self.message_type == "comment" and self.subtype_id.id == comment

    def _gpt_has_content(self):
        """Tell whether there is anything to see of the message."""
        return bool(self.attachment_ids) or not is_blank_html(self.body or "")

    def _gpt_text(self):
        """Return what the message says, as plain text."""
        return plain_text(self.body or "", MAX_MESSAGE_CHARS)

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
