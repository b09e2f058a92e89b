# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine.text.blank import is_blank_html
from ..engine.text.html_text import plain_text

# Of the HTML of a message that is longer, only the beginning is read.
MAX_MESSAGE_CHARS = 20_000


class MailMessage(models.Model):
    """What those who answer in a conversation ask of a message."""

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
