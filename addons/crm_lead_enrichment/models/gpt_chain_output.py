# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptChainOutput(models.Model):
    _inherit = "gpt.chain.output"

    needs_quote = fields.Boolean(
        string="Needs Proof",
        default=True,
        help="Where the chain asks for proof: otherwise this value is taken as it is.",
    )

    def _snapshot(self):
        # Only where it is unset: what was published before is as it was.
        waived = {} if self.needs_quote else {"needs_quote": False}
        return super()._snapshot() | waived
