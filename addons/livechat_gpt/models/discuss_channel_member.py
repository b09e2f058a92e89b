# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.utils.transaction import best_effort


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        for member in members:
            if member.partner_id and member.channel_id.channel_type == "livechat":
                with best_effort(self.env, "A person in a chat"):
                    # sudo: gpt.livechat.session - whoever invites cannot write them
                    sessions = member.channel_id.sudo().gpt_session_ids
                    handoff = sessions.env["gpt.livechat.handoff"]
                    handoff._on_person_joined(sessions, member.sudo().partner_id)
        return members

    def unlink(self):
        # sudo: gpt.livechat.session - whoever leaves cannot write sessions
        left = [
            (member.channel_id.gpt_session_ids, member.partner_id)
            for member in self.sudo()
            if member.partner_id and member.channel_id.channel_type == "livechat"
        ]
        result = super().unlink()
        for sessions, partner in left:
            with best_effort(self.env, "A person who left a chat"):
                handoff = sessions.env["gpt.livechat.handoff"]
                handoff._on_person_left(sessions.exists(), partner)
        return result
