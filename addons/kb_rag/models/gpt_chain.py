# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models


class GptChain(models.Model):
    _inherit = "gpt.chain"

    collection_ids = fields.Many2many(
        "gpt.kb.collection",
        string="Collections",
        help="Where this chain looks for documents. Empty: in all that whoever asks "
        "may read.",
    )
    restrict_to_sources = fields.Boolean(
        string="Answer from Documents Only",
        help="The model names the passages that its answer rests on. An answer that "
        "names none is not given: the request ends with “no source”, and a chat is "
        "handed over to a person.",
    )

    @api.depends("collection_ids", "restrict_to_sources", "step_ids.collection_ids")
    def _compute_state(self):
        return super()._compute_state()

    def _snapshot(self):
        snapshot = super()._snapshot()
        # Absent when it is off: chains that were published before have none either.
        if self.restrict_to_sources:
            snapshot["restrict_to_sources"] = True
        if self.collection_ids:
            snapshot["collection_ids"] = self.collection_ids.ids
        return snapshot

    def _restored_values(self, snapshot):
        collections = self.env["gpt.kb.collection"]._restored(snapshot)
        return super()._restored_values(snapshot) | {
            "collection_ids": [Command.set(collections.ids)],
            "restrict_to_sources": snapshot.get("restrict_to_sources", False),
        }
