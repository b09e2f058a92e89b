# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.gpt_core.utils.transaction import best_effort


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    gpt_session_ids = fields.One2many(
        "gpt.livechat.session",
        "channel_id",
        string="Assistant Sessions",
        groups="im_livechat.im_livechat_group_user",
    )
    # Whose assistant the visitor chats with: rules ask for it with each chat that is
    # read, so it is a column.
    gpt_company_id = fields.Many2one(
        "res.company",
        string="Company of the Assistant",
        compute="_compute_gpt_company_id",
        compute_sudo=True,
        store=True,
        index="btree_not_null",
        groups="im_livechat.im_livechat_group_user",
    )

    @api.depends("gpt_session_ids.company_id")
    def _compute_gpt_company_id(self):
        for channel in self:
            channel.gpt_company_id = channel.gpt_session_ids[:1].company_id

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if self.channel_type == "livechat":
            with best_effort(self.env, "A message in a chat"):
                # sudo: gpt.livechat.session - visitors write, and cannot read sessions
                sessions = self.env["gpt.livechat.session"].sudo()
                sessions._on_message(self.sudo(), message)
        return result
