# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_gpt_erase(self):
        begun = fields.Datetime.now()
        action = super().action_gpt_erase()
        # sudo: gpt.tuning.job - their names, for whoever erased what they learned
        jobs = self.env["gpt.tuning.job"].sudo().search([("erased_at", ">=", begun)])
        if jobs:
            action["params"]["message"] += " " + self.env._(
                "Providers were sent some of it for training. These jobs say what to "
                "delete there: %(jobs)s.",
                jobs=", ".join(jobs.mapped("name")),
            )
            action["params"] |= {"type": "warning", "sticky": True}
        return action

    def _gpt_erase(self):
        # sudo: gpt.dataset, gpt.tuning.job - whoever may erase, erases all of it
        self._gpt_in_examples(self.env["gpt.tuning.job"].sudo())._note_erased()
        self._gpt_in_examples(self.env["gpt.dataset"].sudo())._drop_files()
        return super()._gpt_erase()

    def _gpt_in_examples(self, records):
        """Return the records of a model whose examples are of these contacts."""
        return records.with_context(active_test=False).search(
            [
                "|",
                ("example_ids.partner_id", "in", self.ids),
                ("example_ids.conversation_id.partner_id", "in", self.ids),
            ]
        )
