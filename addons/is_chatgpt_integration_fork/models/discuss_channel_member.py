# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from .gpt_discuss_membership import CHANNEL_TYPES

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

    @api.model_create_multi
    def create(self, vals_list):
        """Let an assistant answer wherever it becomes a member, in whatever way."""
        members = super().create(vals_list)
        bots = self.env["gpt.agent"]._discuss_bots()
        new = members.filtered(lambda member: member.partner_id.id in bots)
        if new and not self.env.context.get("gpt_discuss_joining"):
            new._gpt_enter(bots)
        return members

    def _gpt_enter(self, bots):
        """Make the memberships of these bots, where whoever adds them may."""
        # sudo: gpt.discuss.membership - employees add assistants that are open to them
        memberships = self.env["gpt.discuss.membership"].sudo()
        for member in self:
            agent = memberships.env["gpt.agent"].browse(bots[member.partner_id.id])
            channel = member.channel_id
            if channel.channel_type not in CHANNEL_TYPES:
                continue
            agent._check_may_add(self.env.user)
            memberships.create(
                {
                    "agent_id": agent.id,
                    "channel_id": channel.id,
                    "member_id": member.id,
                }
            )
