# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.utils.transaction import best_effort


class MailThread(models.AbstractModel):
    """What the headers of a mail say is known at its arrival only."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        thread = self
        with best_effort(self.env, "Headers of a mail"):
            thread = self.env["gpt.lead.screening"]._with_signs(self, message)
        return super(MailThread, thread)._message_route_process(
            message, message_dict, routes
        )
