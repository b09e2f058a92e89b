# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The three stores, each a real one, and one contract for all."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HOLIDAYS, RETURNS, SALARIES, KbCase
from .places import DatabasePlace, PostgresPlace, QdrantPlace, StoredCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
SALARY = "¿Cuál es el sueldo mensual del director general?"


class StoreContract(StoredCase):
    """Mix into a case with ``make_store``; the database has none."""

    def setUp(self):
        super().setUp()
        self.collection = self.make_stored_collection(is_public=True)
        self.secret = self.make_stored_collection("Secreto")
        self.document = self.add_text(self.collection)
        self.payroll = self.add_text(self.secret, SALARIES, "Nómina")

    def ranks(self, question, user=None):
        """Return what is found by meaning alone."""
        from ..utils.search import Search

        service = self.env["gpt.service"]
        if user:
            service = service.with_user(user)
        search = Search(question, modes=("vector",))
        return service._search_knowledge(search).found

    def test_indexed(self):
        self.assertEqual(self.document.state, "indexed", self.document.problem_detail)

    def test_found_by_meaning(self):
        (first, *_rest) = self.ranks(SHIPPING)
        self.assertEqual(first.document_id, self.document.id)
        self.assertIn("150 pesos", first.text)

    def test_rights(self):
        for name in ("public", "portal", "salesperson"):
            found = self.ranks(SALARY, self.people[name])
            self.assertNotIn(self.payroll.id, {f.document_id for f in found}, name)
        found = self.ranks(SALARY, self.people["manager"])
        self.assertEqual(found[0].document_id, self.payroll.id)

    def test_right_withdrawn(self):
        public = self.people["public"]
        self.assertTrue(self.ranks(SHIPPING, public))
        self.collection.is_public = False
        self.assertFalse(self.ranks(SHIPPING, public))

    def test_record_rights(self):
        note = self.env["res.partner"].create({"name": "Nota"})
        document = self.add_text(
            self.collection, HOLIDAYS, "Nota", res_model="res.partner", res_id=note.id
        )
        question = "¿Cuántos días de vacaciones tiene el personal?"
        found = self.ranks(question, self.people["public"])
        self.assertNotIn(document.id, {f.document_id for f in found})
        found = self.ranks(question, self.people["salesperson"])
        self.assertEqual(found[0].document_id, document.id)

    def test_deleted_at_once(self):
        self.document.unlink()
        self.assertNotIn("150", "".join(f.text for f in self.ranks(SHIPPING)))
        self.run_jobs()
        self.assertNotIn("150", "".join(f.text for f in self.ranks(SHIPPING)))

    def test_changed(self):
        self.document.text = RETURNS.replace("150 pesos", "180 pesos")
        self.index(self.document)
        self.assertIn("180 pesos", self.ranks(SHIPPING)[0].text)
        self.assertNotIn("150", "".join(f.text for f in self.ranks(SHIPPING)))

    def test_moved_and_back(self):
        before = [f.chunk_id for f in self.ranks(SHIPPING)]
        sent = len(self.embedded_texts())
        target = False if self.store else self.make_other_store()
        for place in (target, self.store):
            self.collection.action_move(place and place.id)
            self.assertTrue(self.collection.is_moving)
            self.assertEqual([f.chunk_id for f in self.ranks(SHIPPING)], before)
            self.run_jobs()
            self.collection.invalidate_recordset()
            self.assertFalse(self.collection.is_moving)
            self.assertEqual(self.collection.store_id.id, place.id if place else False)
            self.assertEqual([f.chunk_id for f in self.ranks(SHIPPING)], before)
        texts = [t for t in self.embedded_texts()[sent:] if t != SHIPPING]
        self.assertFalse(texts, "vectors were copied, not paid for again")


@tagged("post_install", "-at_install")
class TestDatabaseStore(StoreContract, DatabasePlace, KbCase):
    def make_other_store(self):
        return self.env["gpt.kb.store"].create(
            {"name": "Q", "kind": "qdrant", "location": ":memory:"}
        )


@tagged("post_install", "-at_install")
class TestQdrantStore(StoreContract, QdrantPlace, KbCase):
    def test_button(self):
        self.assertEqual(self.store.action_test()["tag"], "display_notification")

    @mute_logger("odoo.addons.kb_rag.models.gpt_kb_search_vector")
    def test_unreachable(self):
        self.store.location = "http://127.0.0.1:1"
        with self.assertRaises(UserError):
            self.store.action_test()
        document = self.add_text(self.collection, HOLIDAYS, "Vacaciones")
        self.assertEqual((document.state, document.problem), ("error", "store"))
        self.assertTrue(self.retrieve(SHIPPING), "words find it")


@tagged("post_install", "-at_install")
class TestPostgresStore(StoreContract, PostgresPlace, KbCase):
    def test_button(self):
        self.assertEqual(self.store.action_test()["tag"], "display_notification")

    @mute_logger("odoo.addons.kb_rag.models.gpt_kb_search_vector")
    def test_wrong_address(self):
        self.store.location = "postgresql+psycopg://nobody:hunter2@127.0.0.1:1/none"
        with self.assertRaises(UserError) as caught:
            self.store.action_test()
        self.assertNotIn("hunter2", str(caught.exception))
        self.assertTrue(self.retrieve(SHIPPING), "words find it")
