# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, fields, models


class GptChainStep(models.Model):
    _inherit = "gpt.chain.step"

    collection_ids = fields.Many2many(
        "gpt.kb.collection",
        string="Collections",
        help="Where this step looks. Empty: as the chain says.",
    )

    def _snapshot(self):
        snapshot = super()._snapshot()
        collections = self.collection_ids or self.chain_id.collection_ids
        # Every step says where the chain looks, also one that is handed passages.
        # Absent when it is empty: chains published before this addon have none either.
        if collections:
            snapshot["collection_ids"] = collections.ids
            if not self.collection_ids:
                snapshot["has_collections_of_chain"] = True
        return snapshot

    def _restored_values(self, snapshot):
        own = {} if snapshot.get("has_collections_of_chain") else snapshot
        collections = self.env["gpt.kb.collection"]._restored(own)
        return super()._restored_values(snapshot) | {
            "collection_ids": [Command.set(collections.ids)]
        }
