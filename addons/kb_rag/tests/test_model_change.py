# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..engine.retrieval.request import RetrievalRequest
from .common import HOLIDAYS, RETURNS, KbCase
from .places import DatabasePlace, StoredCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"


class ModelChange(StoredCase):
    """The record of an embedding model becomes another model."""

    def setUp(self):
        super().setUp()
        self.collection = self.make_stored_collection(is_public=True)
        self.document = self.add_text(self.collection)

    def by_vectors(self):
        """Return the documents that are found by vectors alone."""
        request = RetrievalRequest(SHIPPING, methods=("dense",))
        found = self.env["gpt.kb.retriever"]._run(request).trace.chunks
        return {item.document_id for item in found}

    def check(self, changed):
        old, new = self.document, None
        self.assertEqual(self.by_vectors(), {old.id})
        self.assertFalse(self.collection.stale_count)
        self.embedding.write(changed)
        self.collection.invalidate_recordset()
        self.assertEqual(self.collection.stale_count, 1, "the banner shows")
        self.assertFalse(self.by_vectors(), "its vectors are of another model")
        self.assertTrue(self.retrieve(SHIPPING), "words still find it")
        new = self.add_text(self.collection, f"{RETURNS} {HOLIDAYS}", "Nuevo")
        self.assertEqual(self.by_vectors(), {new.id}, "only what the new one made")
        self.collection.action_index_stale()
        self.run_jobs()
        self.collection.invalidate_recordset()
        self.assertFalse(self.collection.stale_count)
        self.assertEqual(self.by_vectors(), {old.id, new.id})
        if self.store:
            chunks = (old | new).chunk_ids
            self.assertEqual(len(self.kept_outside()), len(chunks), "none of before")

    def test_another_name(self):
        self.check({"name": "text-embedding-3-large"})

    def test_another_length(self):
        self.check({"dimensions": 128})

    def test_the_same_again(self):
        sent = len(self.embedded_texts())
        self.embedding.write({"name": self.embedding.name, "price_input": 1})
        self.assertEqual(self.by_vectors(), {self.document.id})
        self.assertEqual(len(self.embedded_texts()), sent + 1, "the question")


@tagged("post_install", "-at_install")
class TestModelChangeInDatabase(ModelChange, DatabasePlace, KbCase):
    def test_changed_while_it_was_asked(self):
        """Vectors that come back from what it was before are not kept."""
        self.document.text = HOLIDAYS
        indexer, embedder = self.env["gpt.kb.indexer"], self.env["gpt.kb.embedder"]
        work = self.alone(indexer._claim, self.document, "run")
        self.alone(indexer._index_text, self.document, work)
        plan = self.alone(embedder._plan_batch, self.document, "run", None)
        from ..engine.vectors.embedding import embed_texts

        outcome = embed_texts(plan["embeddings"], plan["texts"])
        self.embedding.name = "text-embedding-3-large"
        self.alone(embedder._keep_vectors, self.document, plan, outcome)
        self.assertFalse(self.document.chunk_ids.model_id)
        self.assertFalse(self.document.chunk_ids._vectors())
