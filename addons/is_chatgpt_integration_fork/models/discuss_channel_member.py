# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models

# Whoever reads again within this time has not been away.
VISIT = timedelta(minutes=15)


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    gpt_former_separator = fields.Integer(
        copy=False,
        groups="base.group_system",
        help="The first message that was new when the member last came back.",
    )

    def _set_last_seen_message(self, message, *args, **kwargs):
        """Remember what was new when the member came: opening a channel marks it read.

        Everything looked at here is at hand already, and what is written goes into the
        update that follows.
        """
        if self.seen_message_id.id < message.id and self.partner_id:
            seen = self.last_seen_dt
            if not seen or seen < fields.Datetime.now() - VISIT:
                # sudo: discuss.channel.member - a note of ours, that nobody reads
                self.sudo().gpt_former_separator = self.new_message_separator
        return super()._set_last_seen_message(message, *args, **kwargs)

    def _gpt_missed_since(self):
        """Return the id of the first message that was new on the last visit."""
        self.ensure_one()
        # sudo: discuss.channel.member - a note of ours, about the user themselves
        former = self.sudo().gpt_former_separator
        return min(former, self.new_message_separator) or former
