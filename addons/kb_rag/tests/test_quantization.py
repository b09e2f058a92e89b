# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary quantization: what is found by quantized vectors is what is nearest."""

import random

from odoo.tests import tagged

from ..engine.vectors.operations import as_literal
from ..models.gpt_kb_quantization import QUANTIZED_FROM
from ..utils.access_filter import AccessFilter
from ..utils.vector_store import DatabaseVectorStore
from .common import KbCase

LENGTH = 64


@tagged("post_install", "-at_install")
class TestBits(KbCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = random.Random(5)
        # As those of many models: all in one direction, and in clusters.
        cls.centres = [cls.scattered([9.0] * LENGTH, 1.0) for _number in range(40)]
        cls.mine, cls.theirs = cls.make_collection("Mío"), cls.make_collection("Otros")
        cls.documents = {
            collection: cls.env["gpt.kb.document"].create(
                [{"name": str(n), "collection_id": collection.id} for n in range(4)]
            )
            for collection in (cls.mine, cls.theirs)
        }
        cls.Chunk = cls.env["gpt.kb.chunk"]
        cls.store = DatabaseVectorStore(cls.env, cls.embedding.id, LENGTH)
        cls.question = cls.near_a_centre()

    def setUp(self):
        super().setUp()
        # What another test built was rolled back.
        self.env["gpt.kb.pgvector"]._forget_indexes()

    @classmethod
    def scattered(cls, vector, spread):
        return [value + cls.dice.gauss(0, spread) for value in vector]

    @classmethod
    def near_a_centre(cls):
        return cls.scattered(cls.dice.choice(cls.centres), 0.6)

    def add_vectors(self, collection, count):
        """Return the ids of new chunks with vectors, without going through jobs."""
        self.env.flush_all()
        documents = self.documents[collection]
        ids = []
        for number in range(count):
            self.env.cr.execute(
                """INSERT INTO gpt_kb_chunk (document_id, collection_id, sequence, text,
                          checksum, language, model_id, dimensions, embedding)
                   VALUES (%s, %s, %s, 'x', 'x', 'simple', %s, %s, %s::vector)
                   RETURNING id""",
                [
                    documents[number % 4].id,
                    collection.id,
                    number,
                    self.embedding.id,
                    LENGTH,
                    as_literal(self.near_a_centre()),
                ],
            )
            ids.append(self.env.cr.fetchone()[0])
        return ids

    def build(self):
        self.env["gpt.kb.quantization"]._build_index(self.embedding.id, LENGTH)

    def quantized_of(self, ids):
        self.env.cr.execute(
            """SELECT id FROM gpt_kb_chunk
                WHERE id = ANY(%s) AND embedding_quantized IS NOT NULL""",
            [ids],
        )
        return {id_ for (id_,) in self.env.cr.fetchall()}

    def by_quantized(self, access, k=10):
        return self.store._by_quantized(self.question, k, access, 400)

    def by_vectors(self, access, k=10):
        return self.store._exact(self.question, k, access)

    def test_few_vectors(self):
        """Thresholds of a few vectors are not those of the model."""
        ids = self.add_vectors(self.mine, QUANTIZED_FROM - 1)
        self.env["gpt.kb.pgvector"]._ensure_indexes(self.embedding.id, LENGTH)
        self.assertFalse(self.jobs())
        self.build()
        self.assertFalse(self.quantized_of(ids))
        self.assertFalse(self.store._ways(QUANTIZED_FROM - 1))

    def test_nearest(self):
        """A narrow access, by collection and by document, among many others."""
        mine = self.add_vectors(self.mine, 400)
        theirs = self.add_vectors(self.theirs, QUANTIZED_FROM)
        self.assertFalse(self.store._ways(400), "remembered, until there is one")
        self.env["gpt.kb.pgvector"]._ensure_indexes(self.embedding.id, LENGTH)
        self.run_jobs()
        self.assertEqual(self.quantized_of(mine + theirs), {*mine, *theirs})
        self.assertFalse(
            self.env["gpt.kb.quantization"]._is_incomplete(self.embedding.id, LENGTH)
        )
        self.assertIn(self.store._by_quantized, self.store._ways(400))
        document = self.documents[self.mine][1]
        for access in (
            AccessFilter((self.mine.id,)),
            AccessFilter((), tuple(document.ids)),
            AccessFilter((self.theirs.id,), tuple(document.ids)),
            AccessFilter((self.theirs.id,), tuple(self.documents[self.theirs][0].ids)),
        ):
            exact, found = self.by_vectors(access), self.by_quantized(access)
            self.assertEqual(len(found), 10)
            self.assertEqual(found[0], exact[0])
            self.assertGreaterEqual(len({*dict(found)} & {*dict(exact)}), 9)
            self.assertEqual(found, sorted(found, key=lambda one: (-one[1], one[0])))
        self.assertFalse(self.by_quantized(AccessFilter()))

    def test_later_vectors(self):
        """What is embedded later has its code at once; what is taken away has none."""
        self.add_vectors(self.theirs, QUANTIZED_FROM)
        self.build()
        late = self.Chunk.browse(self.add_vectors(self.mine, 2))
        late._clear_vectors()
        self.assertFalse(self.by_quantized(AccessFilter((self.mine.id,))))
        self.Chunk._set_vectors(
            self.documents[self.mine][0],
            self.embedding.id,
            {late[0].id: self.question, late[1].id: self.centres[0]},
        )
        self.assertEqual(self.quantized_of(late.ids), {*late.ids})
        found = self.by_quantized(AccessFilter((self.mine.id,)))
        self.assertEqual(found, self.by_vectors(AccessFilter((self.mine.id,))))
        late[0]._clear_vectors()
        self.assertNotIn(
            late[0].id, dict(self.by_quantized(AccessFilter((self.mine.id,))))
        )

    def test_a_vector_without_a_code(self):
        """One that came while codes were built is found all the same, and mended."""
        self.add_vectors(self.mine, QUANTIZED_FROM)
        self.build()
        (late,) = self.add_vectors(self.mine, 1)
        access = AccessFilter((self.mine.id,))
        self.env.cr.execute(
            "UPDATE gpt_kb_chunk SET embedding = %s::vector WHERE id = %s",
            [as_literal(self.question), late],
        )
        self.assertFalse(self.by_quantized(access))
        found = self.store.nearest(self.question, 10, access, QUANTIZED_FROM + 1)
        self.assertEqual(found[0][0], late)
        self.env["gpt.kb.pgvector"]._ensure_indexes(self.embedding.id, LENGTH)
        self.run_jobs()
        self.assertEqual(self.by_quantized(access)[0][0], late)

    def test_vectors_of_another_length(self):
        """The old thresholds of a model that makes other vectors now are not used."""
        self.add_vectors(self.mine, QUANTIZED_FROM)
        self.build()
        store = DatabaseVectorStore(self.env, self.embedding.id, LENGTH // 2)
        access = AccessFilter((self.mine.id,))
        self.assertFalse(store.nearest(self.question[: LENGTH // 2], 5, access, 1000))

    def test_another_model(self):
        """What the record of a model becomes has thresholds of its own."""
        self.add_vectors(self.mine, QUANTIZED_FROM)
        self.build()
        self.embedding.name = "text-embedding-3-large"
        late = self.Chunk.browse(self.add_vectors(self.mine, 2))
        self.Chunk._write_vectors(late._vectors())
        self.assertFalse(self.quantized_of(late.ids), "no thresholds yet")
        self.add_vectors(self.mine, QUANTIZED_FROM)
        self.build()
        self.assertEqual(self.quantized_of(late.ids), {*late.ids})

    def test_moved_away_and_back(self):
        ids = self.add_vectors(self.mine, QUANTIZED_FROM)
        self.build()
        vectors = self.Chunk.browse(ids)._vectors()
        self.Chunk.browse(ids)._clear_vectors()
        self.assertFalse(self.quantized_of(ids))
        self.assertFalse(self.by_quantized(AccessFilter((self.mine.id,))))
        self.Chunk._write_vectors(vectors)
        self.assertEqual(self.quantized_of(ids), {*ids})
