# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def execute_command_ai(self, body="", **kwargs):
        """Ask the AI about this channel; only the user sees the answer."""
        self.ensure_one()
        self.env["gpt.ask.command"]._question(self, body)

    def execute_command_summary(self, **kwargs):
        """Sum up what the user missed in this channel; only they see it."""
        self.ensure_one()
        self.env["gpt.ask.command"]._summary(self)
