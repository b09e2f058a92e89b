# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long a session keeps what it knows of its visitor."""

from odoo import api, models

from ..compat import keep_note

BATCH = 1000
# What is personal, or may be. Who had the chat, and why, stays: it is nobody's.
PERSONAL = (
    "contact_email",
    "contact_phone",
    "handoff_summary",
    "handoff_facts",
    "handoff_question",
    "handoff_reply",
    "handoff_sources",
    "visitor_key",
)


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _purge(self, before):
        """Forget the visitors of chats that nothing has happened in since then.

        :return: whether there may be more of them
        """
        told = [(name, "!=", False) for name in PERSONAL]
        old = self.search(
            [("write_date", "<", before), *["|"] * (len(told) - 1), *told],
            order="id",
            limit=BATCH,
        )
        old._forget()
        return len(old) == BATCH

    def _forget(self):
        """Erase what is known of the visitors of these chats."""
        self.write(dict.fromkeys(PERSONAL, False))
        for channel in self.channel_id:
            keep_note(channel, False)
