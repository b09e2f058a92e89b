# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import config


class GptCheckTimeLimit(models.AbstractModel):
    """The server ends no job that still waits for its model."""

    _name = "gpt.check.time.limit"
    _inherit = "gpt.check"
    _description = "GPT Check: Time Limits"
    _check_sequence = 90

    def _title(self):
        return self.env._("Time limits")

    def _findings(self):
        limit = config["limit_time_real"]
        slow = self.env["gpt.provider"].search([("active", "=", True)])
        slow = slow.filtered(
            lambda provider: limit and provider._longest_call() > limit
        )
        if not slow:
            detail = self.env._("No question outlasts what the server allows a job.")
            return [self._finding("ok", detail)]
        return [
            self._finding(
                "warning",
                self.env._(
                    "A question may take up to %(seconds)s seconds, tries included, "
                    "but the server ends a job after %(limit)s: the answer would be "
                    "paid for and lost (%(providers)s).",
                    seconds=round(max(slow.mapped(lambda p: p._longest_call()))),
                    limit=limit,
                    providers=", ".join(slow.mapped("name")),
                ),
                self.env._(
                    "Lower the timeout or the retries of the provider, or raise "
                    "limit_time_real in the server's configuration file."
                ),
                action=self._open_all(slow),
            )
        ]
