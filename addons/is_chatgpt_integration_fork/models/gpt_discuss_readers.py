# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.compat import users_of


class GptDiscussReaders(models.AbstractModel):
    """Who reads what is said in a channel, whether or not they have joined it."""

    _name = "gpt.discuss.readers"
    _description = "GPT Discuss: Readers of a Channel"

    @api.model
    def _readers(self, channel):
        """Return the users who may read ``channel``; guests count as visitors."""
        # sudo: discuss.channel - who is in it, whoever asks
        channel = channel.sudo()
        users = self.env["res.users"].sudo()
        visitor = self.env.ref("base.public_user").sudo()
        bots = self.env["gpt.agent"]._discuss_bots()
        members = channel.channel_member_ids
        partners = members.partner_id.filtered(lambda partner: partner.id not in bots)
        found = users.search([("partner_id", "in", partners.ids)])
        # Guests, and contacts who may have an account one day, are nobody we know;
        # those whose account was archived, and OdooBot, read nothing.
        known = users.with_context(active_test=False).search(
            [("partner_id", "in", partners.ids)]
        )
        if members.guest_id or partners - known.partner_id:
            found |= visitor
        if channel.channel_type == "channel":
            found |= self._allowed(channel.parent_channel_id or channel, visitor)
        return found

    @api.model
    def _allowed(self, channel, visitor):
        """Return the users who may join a channel; without a group, everybody may."""
        group = channel.group_public_id
        if group:
            return users_of(group).filtered("active")
        everybody = [("active", "=", True), ("id", "!=", visitor.id)]
        return visitor | visitor.search(everybody)
