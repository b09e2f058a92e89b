# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..utils.retriever import KnowledgeRetriever


class GptService(models.AbstractModel):
    _inherit = "gpt.service"

    @api.model
    def _retriever(self, read=None):
        others = super()._retriever(read)
        return KnowledgeRetriever(read or (lambda work: work(self.env)), others)

    @api.model
    def _book_retrieval(self, retrieval):
        # sudo: gpt.request - what the user asked is booked, they read their own
        self.env["gpt.request"].sudo()._book_questions(retrieval.calls)
        return super()._book_retrieval(retrieval)

    @api.model
    def _collections(self, chain):
        """Return the collections of a chain as it was published, ``None`` for all."""
        steps = self._published_version(chain)._spec().steps
        chosen = {id_ for step in steps for id_ in step.collection_ids}
        return sorted(chosen) or super()._collections(chain)
