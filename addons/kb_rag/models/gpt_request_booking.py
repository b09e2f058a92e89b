# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, models


class GptRequestBooking(models.AbstractModel):
    """Notes which documents an answer was given."""

    _inherit = "gpt.request.booking"

    @api.model
    def _outcome_values(self, request, outcome):
        values = super()._outcome_values(request, outcome)
        if outcome.passages:
            values["kb_citation_ids"] = self._citation_commands(
                outcome.passages, outcome.cited
            )
        return values

    @api.model
    def _citation_commands(self, passages, cited=()):
        """Return the commands that note passages, as JSON; texts are not kept.

        :param cited: the numbers of those that the answer rests on
        """
        # sudo: gpt.kb.document - the asker was given passages of it
        documents = self.env["gpt.kb.document"].sudo()
        return [
            list(
                Command.create(
                    documents.browse(passage["document_id"]).exists()._cited_values()
                    | {
                        "title": passage.get("source"),
                        "rank": rank,
                        "cited": rank in cited,
                        "page": passage.get("page", 0),
                        "score": passage.get("score", 0.0),
                    }
                )
            )
            for rank, passage in enumerate(passages, 1)
            if passage.get("document_id")
        ]
