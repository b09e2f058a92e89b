# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser, own_transaction

from ..engine.store_call import StoreError, secrets_of, store_call

BATCH = 256


class GptKbStore(models.Model):
    """A place for vectors outside Odoo's database, for those who outgrow it.

    Texts, words and rights stay in Odoo. What a store finds is looked up here again,
    with the rights of whoever asks, before anybody sees it.
    """

    _name = "gpt.kb.store"
    _description = "Vector Store"
    _order = "name"

    name = fields.Char(required=True)
    # Each kind comes with an addon of its own. Its ``ondelete`` is ``_give_up``.
    kind = fields.Selection(
        selection=[], required=True, default=lambda self: self._default_kind()
    )
    # An address may hold a password.
    location = fields.Char(string="Address", groups="base.group_system", copy=False)
    collection_ids = fields.One2many("gpt.kb.collection", "store_id")

    @api.model
    def _kinds(self):
        """Return the kinds of store that the installed addons bring."""
        return self._fields["kind"].get_values(self.env)

    @api.model
    def _default_kind(self):
        return next(iter(self._kinds()), False)

    def action_test(self):
        """Write, find and delete one vector, and say whether it worked."""
        self.ensure_one()
        self.check_access("write")
        try:
            backend = self._backend("test", 3)
            with self._calling():
                self._try_out(backend)
        except StoreError as error:
            raise UserError(
                self.env._("The store does not work: %(why)s", why=error)
            ) from error
        return self.env["gpt.provider"]._notify(self.env._("The store works."))

    def _try_out(self, backend):
        from ..engine.store_backend import GivenVectors, point_id

        store = backend.vector_store(GivenVectors([[1.0, 0.0, 0.0]]))
        meta = {"chunk_id": 1, "document_id": 1}
        store.add_texts(["test"], metadatas=[meta], ids=[point_id(1)])
        found = store.similarity_search_with_score_by_vector(
            [1.0, 0.0, 0.0], k=1, filter=backend.search_filter([1])
        )
        store.delete([point_id(1)])
        if not found:
            raise StoreError("what was written is not found")

    def _calling(self):
        """Surround a call of the store; see ``engine.store_call.store_call``."""
        # sudo: gpt.kb.store - used on behalf of users who cannot read the address
        return store_call(self.sudo()._secrets())

    def _secrets(self):
        """Return what no message of the store may show; other addons add theirs."""
        return secrets_of(self.location or "")

    def _backend(self, model_key, dimensions):
        """Return the engine's ``Backend`` for vectors of one model.

        :param model_key: tells models with vectors of the same length apart; the id of
            one stands for what it is now
        :raises StoreError: when the store has no address, or cannot be reached
        """
        self.ensure_one()
        # sudo: gpt.kb.store - used on behalf of users who cannot read the address
        store = self.sudo()
        if not store.location:
            raise StoreError(self.env._("%(name)s has no address.", name=store.name))
        if isinstance(model_key, int):
            # sudo: gpt.model - whichever model a collection names, whoever looks there
            model = self.env["gpt.model"].sudo().browse(model_key)
            model_key = model._vectors_key()
        name = f"odoo_{self._database_key()}_{model_key}_{dimensions}"
        return store._open_backend(name, dimensions)

    def _open_backend(self, name, dimensions):
        """Return the engine's ``Backend`` of this store.

        An addon that brings a kind of store answers for its own kind, else calls
        ``super()``.

        :param name: of the table or collection, which is made when it is not there
        :param dimensions: the length of the vectors in it
        """
        self.ensure_one()
        raise StoreError(
            self.env._("No addon that is installed opens %(name)s.", name=self.name)
        )

    def _database_key(self):
        """Return what tells this database's vectors from those of its copies."""
        # sudo: ir.config_parameter - the database's own identity
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return uuid.replace("-", "")[:8]

    def _put(self, chunks, model_id, vectors):
        """Write vectors, by the ids of their chunks; what is there is replaced.

        :raises StoreError: when the store does not take them
        """
        from ..engine.store_backend import GivenVectors, point_id

        chunks = chunks.filtered(lambda chunk: chunk.id in vectors)
        given = [vectors[chunk.id] for chunk in chunks]
        # Read beforehand: an error of the database is none of the store.
        metadatas = [
            {"chunk_id": chunk.id, "document_id": chunk.document_id.id}
            for chunk in chunks
        ]
        ids = [point_id(chunk.id) for chunk in chunks]
        backend = self._backend(model_id, len(given[0]))
        with self._calling():
            store = backend.vector_store(GivenVectors(given))
            store.add_texts(
                # The texts stay here: those who look after the store may not read them.
                [""] * len(chunks),
                metadatas=metadatas,
                ids=ids,
            )

    def _jobify_drop(self, chunks, model):
        """Take vectors out in a job: it only runs when the deletion was committed."""
        self.ensure_one()
        for dimensions in set(chunks.mapped("dimensions")):
            ids = chunks.filtered(lambda c, d=dimensions: c.dimensions == d).ids
            for start in range(0, len(ids), BATCH):
                delayed(
                    clean_superuser(self),
                    description=self.env._(
                        "Delete vectors in %(name)s", name=self.name
                    ),
                )._run_drop(
                    model._vectors_key(), dimensions, ids[start : start + BATCH]
                )

    def _run_drop(self, model_key, dimensions, chunk_ids):
        """Delete vectors of chunks that are gone, or were embedded otherwise; a job."""
        from ..engine.store_backend import GivenVectors, point_id

        self.ensure_one()

        kept = set(self._still_there(model_key, dimensions, chunk_ids))
        gone = [point_id(id_) for id_ in chunk_ids if id_ not in kept]
        if gone:
            backend = self._backend(model_key, dimensions)
            with self._calling():
                backend.vector_store(GivenVectors([])).delete(gone)

    @own_transaction
    def _still_there(self, model_key, dimensions, chunk_ids):
        """Return the ids of those chunks whose vectors are to stay in this store."""
        chunks = self.env["gpt.kb.chunk"].browse(chunk_ids).exists()
        return chunks.filtered(
            lambda c: (
                c.collection_id.store_id == self
                and c.model_id
                and c.dimensions == dimensions
                and c.model_id._vectors_key() == model_key
            )
        ).ids

    def _give_up(self):
        """Delete these stores, as nothing can read them once their addon is gone.

        Their collections are back in Odoo's own database, where they have no vectors
        yet: documents are found by their words, and each collection says how many of
        them are to be indexed again.
        """
        Collection = self.env["gpt.kb.collection"].with_context(active_test=False)
        moving = Collection.search([("move_to_id", "in", self.ids)])
        moving.write({"move_to_id": False, "is_moving": False})
        collections = Collection.search([("store_id", "in", self.ids)])
        self.env["gpt.kb.chunk"].search(
            [("collection_id", "in", collections.ids), ("model_id", "!=", False)]
        ).write({"model_id": False, "dimensions": 0})
        self.env["gpt.kb.document"].with_context(active_test=False).search(
            [("collection_id", "in", collections.ids)]
        ).write({"signature": False})
        collections.write({"store_id": False, "move_to_id": False, "is_moving": False})
        self.unlink()
