# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One contract for all stores of vectors."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..engine.store_call import StoreError
from .common import HOLIDAYS, RETURNS, SALARIES, KbCase
from .places import DatabasePlace, StoredCase

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
        from ..engine.retrieval.request import RetrievalRequest

        retriever = self.env["gpt.kb.retriever"]
        if user:
            retriever = retriever.with_user(user)
        request = RetrievalRequest(question, methods=("dense",))
        return retriever._run(request).trace.chunks

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


class OutsideStoreContract(StoreContract):
    """Of stores outside Odoo's database: vectors go there and come back."""

    def test_button(self):
        self.assertEqual(self.store.action_test()["tag"], "display_notification")

    def test_moved_to_the_database_and_back(self):
        self.check_moves(self.collection, self.env["gpt.kb.store"], self.store)

    def test_moved_from_the_database_and_back(self):
        self.collection.unlink()
        collection = self.make_collection(is_public=True)
        self.add_text(collection)
        self.check_moves(collection, self.store, self.env["gpt.kb.store"])

    def check_moves(self, collection, *places):
        before = [f.chunk_id for f in self.ranks(SHIPPING)]
        self.assertTrue(before)
        sent = len(self.embedded_texts())
        for place in places:
            collection.action_move(place.id)
            self.assertTrue(collection.is_moving)
            self.assertEqual([f.chunk_id for f in self.ranks(SHIPPING)], before)
            self.run_jobs()
            collection.invalidate_recordset()
            self.assertFalse(collection.is_moving)
            self.assertEqual(collection.store_id, place)
            self.assertEqual([f.chunk_id for f in self.ranks(SHIPPING)], before)
        texts = [t for t in self.embedded_texts()[sent:] if t != SHIPPING]
        self.assertFalse(texts, "vectors were copied, not paid for again")

    def test_chosen_where_it_can_be_had(self):
        menus = self.env["ir.ui.menu"].load_menus(False)
        self.assertIn(self.env.ref("kb_rag.kb_rag_menu_store").id, menus)
        self.assertTrue(self.collection.has_store_kinds)

    def test_neutralized(self):
        """A copy of the database for tests does not write into the real store."""
        from odoo.modules.neutralize import get_neutralization_queries

        self.env.flush_all()
        for query in get_neutralization_queries(["kb_rag"]):
            self.env.cr.execute(query)
        self.store.invalidate_recordset()
        self.assertFalse(self.store.location)

    def test_address_is_for_the_system_group(self):
        with self.assertRaises(AccessError):
            self.store.with_user(self.people["manager"]).read(["location"])

    def test_addon_uninstalled(self):
        """Nothing is lost but the vectors, and the collection says so."""
        moving = self.make_collection("Otra", is_moving=True, move_to_id=self.store.id)
        store, kind = self.store, self.store.kind
        field = self.env["ir.model.fields"]._get("gpt.kb.store", "kind")
        field.selection_ids.filtered(lambda s: s.value == kind)._process_ondelete()
        self.assertFalse(store.exists())
        self.assertFalse(self.collection.store_id or moving.move_to_id)
        self.assertFalse(moving.is_moving)
        self.assertFalse(self.ranks(SHIPPING), "no vector is left of them")
        self.assertTrue(self.retrieve(SHIPPING), "words find it")
        self.assertEqual(self.collection.stale_count, 1, "the banner shows")
        self.collection.action_index_stale()
        self.run_jobs()
        self.collection.invalidate_recordset()
        self.assertFalse(self.collection.stale_count)
        self.assertEqual(self.ranks(SHIPPING)[0].document_id, self.document.id)


@tagged("post_install", "-at_install")
class TestDatabaseStore(StoreContract, DatabasePlace, KbCase):
    def without_kinds(self):
        """As where no addon with a kind of store is installed."""
        self.patch(self.env["gpt.kb.store"]._fields["kind"], "selection", [])
        self.env.registry.clear_all_caches()

    def test_no_store_is_offered_where_none_can_be_had(self):
        self.without_kinds()
        menus = self.env["ir.ui.menu"].load_menus(False)
        self.assertIn(self.env.ref("kb_rag.kb_rag_menu_collection").id, menus)
        self.assertNotIn(self.env.ref("kb_rag.kb_rag_menu_store").id, menus)
        self.assertFalse(self.collection.has_store_kinds)

    def test_kind_that_no_addon_opens(self):
        store = self.env["gpt.kb.store"].new(
            {"name": "Old", "location": "http://q", "kind": False}
        )
        with self.assertRaisesRegex(StoreError, "Old"):
            store._backend("test", 3)
