# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.gpt_core.utils.transaction import best_effort


class Base(models.AbstractModel):
    _inherit = "base"

    def unlink(self):
        """Delete what collections know of these records, in the same transaction.

        For models that no collection draws from, this is one look into a cached set.
        """
        if self._name not in self.env["gpt.kb.source"]._watched_models():
            return super().unlink()
        # sudo: gpt.kb.document - whoever may delete a record, deletes what it became
        documents = self.env["gpt.kb.document"].sudo()
        with best_effort(self.env, "Documents of deleted records"):
            documents = self._kb_documents(documents)
        result = super().unlink()
        with best_effort(self.env, "Documents of deleted records") as attempt:
            documents.exists().unlink()
        if attempt.error:
            # Nobody is answered from them, until the next update of their source.
            with best_effort(self.env, "Documents of deleted records are archived"):
                documents.exists().write({"active": False})
        return result

    def _kb_documents(self, documents):
        """Return the documents that were made of these records."""
        documents = documents.with_context(active_test=False)
        if self._name != "ir.attachment":
            return documents.search(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)]
            )
        found = documents.search([("attachment_id", "in", self.ids)])
        # The database deletes these with the file: stores outside it must hear of it
        # before. What stays all the same is kept there.
        found.chunk_ids._forget_vectors()
        return found
