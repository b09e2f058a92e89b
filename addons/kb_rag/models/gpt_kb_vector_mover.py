# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.utils.transaction import own_transaction

BATCH = 256


class GptKbVectorMover(models.AbstractModel):
    """Takes a collection's vectors to another store, without paying for them again."""

    _name = "gpt.kb.vector.mover"
    _description = "Move of Vectors"

    @api.model
    def _run(self, collection):
        """Copy vectors batch by batch, then switch over; fit to be run again."""
        last_id = 0
        while last_id is not None:
            last_id = self._move_batch(collection, last_id)
        self._switch_store(collection)

    @api.model
    @own_transaction
    def _move_batch(self, collection, after_id):
        """Copy the vectors of the next chunks; return the last one's id, if any."""
        collection = collection.exists()
        if not collection.is_moving:
            return None
        chunks = self.env["gpt.kb.chunk"].search(
            [
                ("collection_id", "=", collection.id),
                ("model_id", "!=", False),
                ("dimensions", ">", 0),
                ("id", ">", after_id),
            ],
            order="id",
            limit=BATCH,
        )
        if not chunks:
            return None
        for model in chunks.model_id:
            own = chunks.filtered(lambda c, model=model: c.model_id == model)
            for dimensions in set(own.mapped("dimensions")):
                same = own.filtered(lambda c, d=dimensions: c.dimensions == d)
                self._copy_vectors(collection, same, model.id, dimensions)
        return chunks[-1].id

    @api.model
    def _copy_vectors(self, collection, chunks, model_id, dimensions):
        source, target = collection.store_id, collection.move_to_id
        if source:
            backend = source._backend(model_id, dimensions)
            with source._calling():
                vectors = backend.vectors(chunks.ids)
        else:
            vectors = chunks._vectors()
        if target and vectors:
            target._put(chunks, model_id, vectors)
        elif vectors:
            chunks._write_vectors(vectors)
            self.env["gpt.kb.pgvector"]._ensure_indexes(model_id, dimensions)
        missing = chunks.filtered(lambda chunk: chunk.id not in vectors)
        # Embedded again by the next indexing.
        missing.write({"model_id": False, "dimensions": 0})

    @api.model
    @own_transaction
    def _switch_store(self, collection):
        """Answer from the new store, and take the vectors out of the old one."""
        collection = collection.exists()
        if not collection.is_moving:
            return
        chunks = self.env["gpt.kb.chunk"].search(
            [("collection_id", "=", collection.id), ("model_id", "!=", False)]
        )
        chunks._forget_vectors()
        if not collection.store_id and chunks:
            chunks._clear_vectors()
        self.env.cr.execute(
            "UPDATE gpt_kb_collection SET store_id = %s WHERE id = %s",
            [collection.move_to_id.id or None, collection.id],
        )
        collection.invalidate_recordset(["store_id"])
        collection.write({"move_to_id": False, "is_moving": False})
