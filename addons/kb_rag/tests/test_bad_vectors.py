# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math

from odoo.tests import tagged

from ..engine.retrieval.request import RetrievalRequest
from .common import HOLIDAYS, RETURNS, SALARIES, KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
HOLIDAY = "¿Cuántos días de vacaciones tiene el personal?"
# What a faulty model may make of a vector.
BAD = {
    "not a number": lambda vector: [math.nan] * len(vector),
    "one not a number": lambda vector: [*vector[:-1], math.nan],
    "infinite": lambda vector: [math.inf, *vector[1:]],
    "zeros": lambda vector: [0.0] * len(vector),
    "shorter": lambda vector: vector[:100],
    "longer": lambda vector: [*vector, 0.5],
}


@tagged("post_install", "-at_install")
class TestBadVectors(KbCase):
    """One bad vector harms only itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection(is_public=True)

    def setUp(self):
        super().setUp()
        self.document = self.add_text(self.collection)

    def assert_found(self, question=SHIPPING, fact="150 pesos"):
        found = self.env["gpt.kb.retriever"]._run(
            RetrievalRequest(question, methods=("dense",))
        )
        self.assertFalse(found.trace.problem)
        self.assertIn(fact, found.passages[0]["text"])

    def test_of_a_passage(self):
        for name, change in BAD.items():
            with self.subTest(name):
                self.server.change_vectors(change, "director general")
                document = self.add_text(
                    self.collection, f"{SALARIES}\n\n{HOLIDAYS}", "Personal"
                )
                self.server.reset()
                self.assertEqual(document.state, "indexed")
                self.assertIn("1 chunks", document.warning)
                self.assertEqual(len(document.chunk_ids._vectors()), 1)
                self.assert_found()
                self.assert_found(HOLIDAY, "doce días")
                found = self.texts_found("¿Cuál es el sueldo del director general?")
                self.assertIn("180 mil", found, "by its words")
                self.env["gpt.kb.pgvector"]._build_index(256)
                self.assertTrue(self.env["gpt.kb.pgvector"]._has_index(256))
                self.env.cr.execute("DROP INDEX gpt_kb_chunk_embedding_256_index")
                # The model was repaired: it is asked again for what was missing.
                self.index(document)
                self.assertFalse(document.warning)
                self.assertEqual(len(document.chunk_ids._vectors()), 2)
                document.unlink()

    def test_too_large_and_too_small(self):
        """Only the direction of a vector counts: an index keeps half precision."""
        for factor in (1e30, 1e-30):
            with self.subTest(factor):
                self.server.change_vectors(
                    lambda vector, factor=factor: [value * factor for value in vector]
                )
                document = self.add_text(self.collection, HOLIDAYS, "Personal")
                self.assertFalse(document.warning)
                self.assert_found(HOLIDAY, "doce días")
                self.env["gpt.kb.pgvector"]._build_index(256)
                self.server.reset()
                self.env.cr.execute("DROP INDEX gpt_kb_chunk_embedding_256_index")
                document.unlink()

    def test_of_a_question(self):
        for name, change in BAD.items():
            with self.subTest(name):
                self.server.change_vectors(change, "cuesta el envío")
                found = self.env["gpt.kb.retriever"]._run(RetrievalRequest(SHIPPING))
                self.assertTrue(found.trace.problem)
                self.assertIn("150 pesos", found.passages[0]["text"], "by its words")
                self.server.reset()

    def test_a_model_that_changes_its_length(self):
        """New documents say so; those that are there are found as before."""
        self.embedding.dimensions = 0
        self.index(self.document)
        self.assertEqual(self.document.state, "indexed")
        self.server.change_vectors(lambda vector: vector[:512])
        late = self.add_text(self.collection, HOLIDAYS, "Personal")
        self.assertEqual((late.state, late.problem), ("error", "vector_length"))
        self.assertIn("512", late.problem_detail)
        self.assertIn("1536", late.problem_detail)
        self.assertIn("doce días", self.texts_found(HOLIDAY), "by its words")
        found = self.env["gpt.kb.retriever"]._run(RetrievalRequest(SHIPPING))
        self.assertIn("512", found.trace.problem)
        self.assertIn("150 pesos", found.passages[0]["text"], "by its words")
        self.env["gpt.kb.pgvector"]._build_index(1536)
        self.assertTrue(self.env["gpt.kb.pgvector"]._has_index(1536))
        # As the message says: then all of them are indexed again.
        self.embedding.dimensions = 512
        self.collection.action_index_stale()
        self.run_jobs()
        self.assertEqual(set(self.collection.document_ids.mapped("state")), {"indexed"})
        self.assert_found()
        self.assert_found(HOLIDAY, "doce días")

    def test_what_was_there_stays(self):
        before = self.document.chunk_ids._vectors()
        self.server.change_vectors(lambda vector: vector[:10], "vacaciones")
        self.document.text = f"{RETURNS}\n\n{HOLIDAYS}"
        self.run_jobs()
        self.assertEqual(self.document.problem, "vector_length")
        after = self.document.chunk_ids._vectors()
        self.assertEqual(before, after)
        self.assert_found()
