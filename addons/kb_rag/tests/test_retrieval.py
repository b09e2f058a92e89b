# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo.tests import tagged

from ..engine.retrieval.request import RetrievalRequest
from ..engine.vectors.operations import as_literal
from ..utils.access_filter import AccessFilter
from ..utils.vector_store import DatabaseVectorStore
from .common import HOLIDAYS, SALARIES, KbCase


@tagged("post_install", "-at_install")
class TestRetrieval(KbCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection()

    def setUp(self):
        super().setUp()
        self.document = self.add_text(self.collection)

    def test_passage(self):
        (passage, *_rest) = self.retrieve("¿Cuánto cuesta el envío?")
        self.assertIn("150 pesos", passage["text"])
        self.assertEqual(passage["document_id"], self.document.id)
        self.assertEqual(passage["source"], "Políticas")
        self.assertGreater(passage["score"], 0)
        self.assertNotIn("page", passage, "the text has no pages")

    def test_accents_do_not_matter(self):
        for query in ("cuanto cuesta el envio", "ENVÍO", "devolucion del producto"):
            with self.subTest(query):
                self.assertTrue(self.retrieve(query))

    def test_nothing_is_hidden(self):
        """What seems far off is for the model to judge."""
        self.add_text(self.collection, f"{SALARIES}\n\n{HOLIDAYS}", "Personal")
        passages = self.retrieve("¿Cuánto cuesta el envío a toda la república?")
        self.assertIn("150 pesos", passages[0]["text"])
        self.assertIn("Personal", [passage["source"] for passage in passages])
        self.assertTrue(self.retrieve("¿Quién ganó el mundial de futbol?"))
        self.assertEqual(len(self.retrieve("¿Quién ganó el mundial?", k=1)), 1)

    def test_no_question(self):
        self.assertEqual(self.retrieve(""), [])
        self.assertEqual(self.retrieve("   "), [])

    def test_who_asks_is_no_word_of_the_question(self):
        """A document with their name is not what they ask about."""
        self.add_text(self.collection, "# Juan Pérez\n\nJuan Pérez vende.", "Ventas")
        question = "¿cuánto cuesta el envío a la república?"
        for who in ("Soy Juan Pérez, ", "[[NAME_1]] [[PHONE_1]] ", ""):
            with self.subTest(who):
                request = RetrievalRequest(who + question, methods=("lexical",))
                chunks = self.env["gpt.kb.retriever"]._run(request).trace.chunks
                self.assertIn("150 pesos", chunks[0].text)
                self.assertNotIn("vende", chunks[0].text)

    def test_words_that_say_nothing_in_the_language_of_the_question(self):
        """Titles in a document of another language are full of them."""
        texts = {
            "What is the delivery time of Estafeta to the north?": (
                "Los envíos por Estafeta llegan en dos días a todo el país.",
                "La banda tocó The Sound of the Sea y también Back to the Road.",
            ),
            "¿En cuántos días llega lo de Estafeta a la sierra?": (
                "The parcels that we send by Estafeta arrive within two days.",
                "This is the road from El Paso to La Paz, by way of Los Angeles.",
            ),
        }
        for question, (right, wrong) in texts.items():
            for text in (wrong, right):
                self.add_text(self.collection, text)
            with self.subTest(question):
                request = RetrievalRequest(question, methods=("lexical",))
                chunks = self.env["gpt.kb.retriever"]._run(request).trace.chunks
                self.assertIn("Estafeta", chunks[0].text)
                self.assertNotIn(wrong, [chunk.text for chunk in chunks])

    def test_weight_of_the_words(self):
        """The share of the question's words that stand in any document."""
        search = self.env["gpt.kb.lexical.search"]
        access = self.env["gpt.kb.retriever"]._access_filter(RetrievalRequest("envío"))
        for question, weight in {
            "¿Cuánto cuesta el envío?": 1,
            "How much is the envío to Springfield?": 1 / 2,
            "How fast are parcels shipped?": 0,
            "¿?": 1,
        }.items():
            with self.subTest(question):
                self.assertEqual(search._ranking(question, 4, access).weight, weight)

    def test_odd_questions(self):
        for query in (
            "envío' OR 1=1 --",
            "envío\x00",
            "envío " * 5000,
            "%s %(x)s envío",
        ):
            with self.subTest(query[:20]):
                self.retrieve(query)

    def test_words_only_without_a_model(self):
        self.collection.model_id = False
        self.assertTrue(self.retrieve("¿Cuánto cuesta el envío?"))
        self.assertEqual(len(self.embedded_texts()), 2, "nothing was asked")

    def test_model_that_does_not_answer(self):
        self.server.faults.order(self.Fault("server_error", times=None))
        self.assertTrue(self.retrieve("¿Cuánto cuesta el envío?"))

    def test_collections(self):
        other = self.make_collection("Otra")
        self.add_text(other, HOLIDAYS, "Vacaciones")
        question = "¿Cuántos días de vacaciones tiene el personal?"
        self.assertTrue(self.retrieve(question))
        self.assertTrue(self.retrieve(question, collections=other))
        self.assertNotIn(
            "doce días", self.texts_found(question, collections=self.collection)
        )
        found = self.env["gpt.service"].retrieve(question, 1, collections=other)
        self.assertEqual(len(found), 1)

    def test_neighbours_are_merged(self):
        self.collection.write({"chunk_size": 200, "chunk_overlap": 50})
        text = "El reglamento del almacén. " + " ".join(
            f"La regla {n} del almacén dice que nadie corre en el pasillo {n}."
            for n in range(12)
        )
        document = self.add_text(self.collection, text, "Almacén")
        self.assertGreater(len(document.chunk_ids), 3)
        passages = self.retrieve(
            "¿Qué dice la regla del almacén sobre el pasillo?", k=2
        )
        merged = [p for p in passages if len(p["chunk_ids"]) > 1]
        self.assertTrue(merged)
        for n in range(12):
            self.assertLessEqual(merged[0]["text"].count(f"La regla {n} del"), 1)

    def test_exact_and_index_agree(self):
        for n in range(40):
            self.env["gpt.kb.document"].create(
                {
                    "name": f"Doc {n}",
                    "collection_id": self.collection.id,
                    "text": f"# Tema {n}\n\n{SALARIES} {HOLIDAYS} número {n}",
                }
            ).action_index()
        self.run_jobs()
        vector = next(iter(self.document.chunk_ids._vectors().values()))
        store = DatabaseVectorStore(self.env, self.embedding.id, 256)
        access = AccessFilter(collection_ids=(self.collection.id,))
        exact = store._exact(vector, 10, access)
        pgvector = self.env["gpt.kb.pgvector"]
        pgvector._forget_indexes()  # what another test built was rolled back
        self.assertFalse(store._ways(None), "remembered, until there is one")
        pgvector._build_index(256)
        self.assertTrue(pgvector._has_index(256))
        self.assertEqual(store._ways(None), [store._by_hnsw])
        self.env.cr.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"
        )
        indexed = store._by_hnsw(vector, 10, access)
        self.assertEqual(len(indexed), 10)
        self.assertEqual(exact[0][0], indexed[0][0])
        self.assertGreaterEqual(len({i for i, _ in exact} & {i for i, _ in indexed}), 9)

    def test_index_and_a_narrow_filter(self):
        """What may be seen lies behind hundreds that may not: the index goes on."""
        others = self.make_collection("Otros")
        hidden = self.add_text(others, HOLIDAYS, "Otro")
        vector = next(iter(self.document.chunk_ids._vectors().values()))
        dice = random.Random(1)
        for number in range(400):
            near = [value + dice.gauss(0, 0.001) for value in vector]
            self.env.cr.execute(
                """INSERT INTO gpt_kb_chunk (document_id, collection_id, sequence, text,
                          checksum, language, model_id, dimensions, embedding)
                   VALUES (%s, %s, %s, 'x', 'x', 'simple', %s, 256, %s::vector)""",
                [
                    hidden.id,
                    others.id,
                    1000 + number,
                    self.embedding.id,
                    as_literal(near),
                ],
            )
        second = self.document.chunk_ids[1]
        self.env["gpt.kb.pgvector"]._build_index(256)
        self.env.cr.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off;"
            "SET LOCAL enable_bitmapscan = off"
        )
        store = DatabaseVectorStore(self.env, self.embedding.id, 256)
        found = store._by_hnsw(vector, 2, AccessFilter((self.collection.id,)))
        self.assertIn(second.id, dict(found))
        self.assertEqual(len(found), 2)

    def test_langchain_retriever(self):
        embeddings = self.collection._get_embeddings()
        store = DatabaseVectorStore(self.env, self.embedding.id, 256, embeddings)
        retriever = store.as_retriever(
            search_kwargs={"k": 1, "filter": AccessFilter((self.collection.id,))}
        )
        (found,) = retriever.invoke("costo del envío")
        self.assertIn("150 pesos", found.page_content)
        self.assertEqual(store.similarity_search("envío", 3), [], "no access, nothing")
