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
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        if self._name == "ir.attachment":
            domain = [("attachment_id", "in", self.ids)]
        # sudo: gpt.kb.document - whoever may delete a record, deletes what it became
        documents = (
            self.env["gpt.kb.document"]
            .sudo()
            .with_context(active_test=False)
            .search(domain)
        )
        if self._name == "ir.attachment":
            # The database deletes these with the file: stores outside it must hear of
            # it before. What stays all the same is kept there.
            documents.chunk_ids._forget_vectors()
        result = super().unlink()
        documents.exists().unlink()
        return result
