# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Takes a collection's vectors from one store to another, without paying for them."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser, in_own_transaction

BATCH = 256


class GptKbCollection(models.Model):
    _inherit = "gpt.kb.collection"

    move_to_id = fields.Many2one(
        "gpt.kb.store", string="Moving to", readonly=True, copy=False
    )
    is_moving = fields.Boolean(readonly=True, copy=False)

    def action_move(self, store_id=False):
        """Leave a job that copies the vectors, and then answers from the copy.

        Until it ends, answers come from where the vectors are.

        :param store_id: the store to move to; empty: Odoo's own database
        """
        self.ensure_one()
        self.check_access("write")
        store_id = store_id or self.env.context.get("move_to_store_id", False)
        if store_id == self.store_id.id:
            raise UserError(self.env._("The vectors are there already."))
        if not store_id and (problem := self.env["gpt.kb.chunk"]._vector_problem()):
            raise UserError(problem)
        self.write({"move_to_id": store_id, "is_moving": True})
        # sudo: gpt.kb.collection - jobs run as superuser
        delayed(
            clean_superuser(self),
            description=self.env._("Move %(name)s", name=self.name),
            identity_key=f"kb_rag-move-{self.id}",
        )._run_move()
        return True

    def _run_move(self):
        """Copy vectors batch by batch, then switch over; a job, fit to be run again."""
        self.ensure_one()
        last_id = 0
        while True:
            last_id = in_own_transaction(self.env, self._move_batch, last_id)
            if last_id is None:
                break
        in_own_transaction(self.env, self._switch_store)

    def _move_batch(self, env, after_id):
        """Copy the vectors of the next chunks; return the last one's id, if any."""
        collection = self.with_env(env).exists()
        if not collection.is_moving:
            return None
        chunks = env["gpt.kb.chunk"].search(
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
                collection._copy_vectors(same, model.id, dimensions)
        return chunks[-1].id

    def _copy_vectors(self, chunks, model_id, dimensions):
        source, target = self.store_id, self.move_to_id
        if source:
            vectors = source._backend(model_id, dimensions).vectors(chunks.ids)
        else:
            vectors = chunks._vectors()
        if target and vectors:
            target._put(chunks, model_id, vectors)
        elif vectors:
            chunks._write_vectors(vectors)
            chunks._ensure_indexes(model_id, dimensions)
        missing = chunks.filtered(lambda chunk: chunk.id not in vectors)
        # Embedded again by the next indexing.
        missing.write({"model_id": False, "dimensions": 0})

    def _switch_store(self, env):
        """Answer from the new store, and take the vectors out of the old one."""
        collection = self.with_env(env).exists()
        if not collection.is_moving:
            return
        chunks = env["gpt.kb.chunk"].search(
            [("collection_id", "=", collection.id), ("model_id", "!=", False)]
        )
        chunks._forget_vectors()
        if not collection.store_id and chunks:
            chunks._clear_vectors()
        env.cr.execute(
            "UPDATE gpt_kb_collection SET store_id = %s WHERE id = %s",
            [collection.move_to_id.id or None, collection.id],
        )
        collection.invalidate_recordset(["store_id"])
        collection.write({"move_to_id": False, "is_moving": False})
