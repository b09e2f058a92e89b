# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# So many are named.
NAMED = 5


class GptCheckDocument(models.AbstractModel):
    """Documents that could not be indexed answer nobody."""

    _name = "gpt.check.document"
    _inherit = "gpt.check"
    _description = "GPT Check: Documents"
    _check_sequence = 105

    def _title(self):
        return self.env._("Documents")

    def _findings(self):
        failed = self.env["gpt.kb.document"].search([("state", "=", "error")])
        if not failed:
            detail = self.env._("None of them failed to be indexed.")
            return [self._finding("ok", detail)]
        return [
            self._finding(
                "warning",
                self.env._(
                    "%(count)s could not be indexed, and answer nobody: %(names)s",
                    count=len(failed),
                    names=", ".join(failed[:NAMED].mapped("name"))
                    + (" …" if len(failed) > NAMED else ""),
                ),
                self.env._("Each of them says why, and what to do about it."),
                action=self._open_all(failed),
            )
        ]
