# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long the proofs of values are kept."""

from odoo import api, models

BATCH = 1000
# Copies of what stands, or stood, in the lead. The value itself is the lead's.
COPIES = ("quote", "source_label", "reason_note")


class GptLeadValue(models.Model):
    _inherit = "gpt.lead.value"

    @api.model
    def _purge(self, before):
        """Forget what old values were proven by; return whether there may be more."""
        replaced = self.search(
            [("create_date", "<", before), ("is_current", "=", False)], limit=BATCH
        )
        replaced.unlink()
        told = [(name, "!=", False) for name in COPIES]
        old = self.search(
            [("create_date", "<", before), *["|"] * (len(told) - 1), *told], limit=BATCH
        )
        old.write(dict.fromkeys(COPIES, False))
        return BATCH in (len(replaced), len(old))
