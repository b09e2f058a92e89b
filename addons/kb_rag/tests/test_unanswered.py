# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..engine.cohort import COHORT
from .common import HOLIDAYS, RETURNS, KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
FOREIGN = "¿Quién ganó el mundial de futbol?"


@tagged("post_install", "-at_install")
class TestUnanswered(KbCase):
    """Collections are compared with questions that they cannot answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.embedding.kb_cohort = False
        cls.collection = cls.make_collection(is_public=True)

    def cohort_sent(self):
        return sum(text in COHORT for text in self.embedded_texts())

    def test_asked_once_for_every_collection(self):
        self.add_text(self.collection)
        self.add_text(self.make_collection("Vacaciones"), HOLIDAYS)
        self.assertEqual(self.cohort_sent(), len(COHORT))
        rows = self.env["gpt.request"].search([("model_id", "=", self.embedding.id)])
        self.assertEqual(len(rows), 3, "two documents, and the cohort")
        self.assertEqual(set(rows.mapped("state")), {"done"})

    def test_another_length_is_another_cohort(self):
        self.add_text(self.collection)
        self.embedding.dimensions = 128
        self.add_text(self.make_collection("Vacaciones"), HOLIDAYS)
        self.assertEqual(self.cohort_sent(), 2 * len(COHORT))

    def test_measured_again_when_it_has_grown(self):
        self.add_text(self.collection)
        measured = self.collection.unanswered_chunks
        self.assertEqual(measured, 2)
        self.add_text(self.collection, HOLIDAYS, "Vacaciones")
        self.assertEqual(self.collection.unanswered_chunks, 3)
        before = self.collection.unanswered_nearest
        self.assertGreater(before, 0)
        self.collection.unanswered_nearest = 0.5
        self.collection.document_ids[0].action_index()
        self.run_jobs()
        self.assertEqual(self.collection.unanswered_nearest, 0.5, "nothing changed")

    def test_a_collection_of_one_passage(self):
        self.add_text(self.collection, "El envío a toda la república cuesta 150 pesos.")
        self.assertTrue(self.retrieve("¿y cuesta lo mismo el envío?"))
        self.assertFalse(self.retrieve(FOREIGN))

    def test_indexed_although_it_could_not_be_compared(self):
        document = self.env["gpt.kb.document"].create(
            {"name": "Envíos", "collection_id": self.collection.id, "text": RETURNS}
        )
        self.server.faults.order(self.Fault("wrong_key", times=None, match="Mona Lisa"))
        with self.assertLogs("odoo.addons.kb_rag", "WARNING"):
            self.index(document)
        self.assertEqual(document.state, "indexed")
        self.assertFalse(self.collection.unanswered_chunks)
        self.assertTrue(self.retrieve(SHIPPING), "by its words")
        self.assertFalse(self.retrieve(FOREIGN))

    def test_how_near_is_nothing_for_everybody(self):
        self.add_text(self.collection)
        names = set(self.collection.with_user(self.people["salesperson"]).fields_get())
        self.assertFalse({n for n in names if n.startswith("unanswered")})
