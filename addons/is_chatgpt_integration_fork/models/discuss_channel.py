# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.gpt_core.utils.transaction import best_effort

from ..compat import V19


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        # Looked up in memory: a message elsewhere costs no query.
        if self.id in self.env["gpt.discuss.membership"]._channels():
            with best_effort(self.env, "A message to an assistant"):
                # sudo: gpt.discuss.question - people ask, and cannot read the rows
                incoming = self.env["gpt.discuss.incoming"].sudo()
                incoming._on_message(self.sudo(), message.sudo())
        return result

    if V19:

        def _get_allowed_message_partner_ids(self, partner_ids):
            """Let the assistants of a channel be mentioned: Odoo keeps users only."""
            allowed = super()._get_allowed_message_partner_ids(partner_ids)
            if self.id not in self.env["gpt.discuss.membership"]._channels():
                return allowed
            bots = self.env["gpt.agent"]._discuss_bots()
            return [id_ for id_ in partner_ids if id_ in bots or id_ in allowed]

    def execute_command_ai(self, body="", **kwargs):
        """Ask the AI about this channel; only the user sees the answer."""
        self.ensure_one()
        self.env["gpt.ask.command"]._question(self, body)

    def execute_command_summary(self, **kwargs):
        """Sum up what the user missed in this channel; only they see it."""
        self.ensure_one()
        self.env["gpt.ask.command"]._summary(self)
