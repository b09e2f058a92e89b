# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which passages an answer was made from."""

from odoo import fields, models

# What is kept of a passage: where it stands, never its text.
KEPT = ("document_id", "source", "page", "score")


class GptRequest(models.Model):
    # A subject of its own.
    _inherit = "gpt.request"  # pylint: disable=consider-merging-classes-inherited

    sources = fields.Json(
        help="The passages that were found, in the order of their marks [1], [2]…, and "
        "which of them the answer rests on."
    )

    def _result_values(self, outcome):
        values = super()._result_values(outcome)
        if outcome.error:
            return values
        found = [
            {name: passage[name] for name in KEPT if passage.get(name) is not None}
            | ({"cited": True} if number in outcome.cited else {})
            for number, passage in enumerate(outcome.passages, 1)
        ]
        return values | {"sources": found or False}

    def _cited_sources(self):
        """Return the passages that the answer rests on, by their numbers."""
        self.ensure_one()
        return {
            number: source
            for number, source in enumerate(self.sources or [], 1)
            if source.get("cited")
        }
