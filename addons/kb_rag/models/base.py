# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def unlink(self):
        """Delete what collections know of these records, in the same transaction.

        For models that no collection draws from, this is one look into a cached set.
        """
        if self._name not in self.env["gpt.kb.source"]._watched_models():
            return super().unlink()
        # sudo: gpt.kb.document - whoever may delete a record, deletes what it became
        documents = (
            self.env["gpt.kb.document"]
            .sudo()
            .with_context(active_test=False)
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )
        result = super().unlink()
        documents.exists().unlink()
        return result
