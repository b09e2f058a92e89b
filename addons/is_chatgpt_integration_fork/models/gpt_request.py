# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptRequest(models.Model):
    _inherit = "gpt.request"

    def _gpt_crashed(self, *args):
        """Tell whoever waits for the answer of a question that there will be none."""
        result = super()._gpt_crashed(*args)
        if self.res_model == "gpt.ask" and self.state in ("pending", "running"):
            self.write({"state": "failed", "error_code": "internal"})
            self._gpt_failed(self)
        return result
