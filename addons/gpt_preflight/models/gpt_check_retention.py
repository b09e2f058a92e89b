# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptCheckRetention(models.AbstractModel):
    """Texts are not kept for ever."""

    _name = "gpt.check.retention"
    _inherit = "gpt.check"
    _description = "GPT Check: Keeping of Texts"
    _check_sequence = 120

    def _title(self):
        return self.env._("Keeping of texts")

    def _findings(self):
        days = int(self.env["gpt.service"]._param("retention_days") or 0)
        if days > 0:
            detail = self.env._(
                "Prompts and answers are emptied after %(days)s days.", days=days
            )
            return [self._finding("ok", detail)]
        return [
            self._finding(
                "warning",
                self.env._("Prompts and answers are kept forever."),
                self.env._("Say in the settings after how many days they are emptied."),
                action=self._open_settings(),
            )
        ]
