# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..engine.retrieval.request import RetrievalRequest
from .common import HOLIDAYS, RETURNS, SALARIES, KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
SALARY = "¿Cuál es el sueldo mensual del director general?"
HOLIDAY = "¿Cuántos días de vacaciones tiene el personal el primer año?"
ALL = {"public", "portal", "salesperson", "manager", "stranger"}


@tagged("post_install", "-at_install")
class TestAccess(KbCase):
    def who_finds(self, question):
        """Return who is given any passage, each by their own rights."""
        return {
            name for name, user in self.people.items() if self.retrieve(question, user)
        }

    def test_closed_at_first(self):
        self.add_text(self.make_collection())
        self.assertEqual(self.who_finds(SHIPPING), {"manager", "stranger"})

    def test_public(self):
        self.add_text(self.make_collection(is_public=True))
        self.assertEqual(self.who_finds(SHIPPING), ALL)

    def test_group(self):
        collection = self.make_collection(group_ids=self.sales_group.ids)
        self.add_text(collection, SALARIES)
        self.assertEqual(self.who_finds(SALARY), {"manager", "stranger"})
        salesperson = self.people["salesperson"]
        self.sales_group.write(self.members(salesperson, Command.link))
        self.assertIn("salesperson", self.who_finds(SALARY))
        self.sales_group.write(self.members(salesperson, Command.unlink))
        self.assertNotIn("salesperson", self.who_finds(SALARY), "withdrawn")

    def test_company(self):
        collection = self.make_collection(is_public=True, company_ids=self.company.ids)
        self.add_text(collection)
        self.assertEqual(self.who_finds(SHIPPING), ALL - {"stranger"})
        collection.company_ids = self.other_company
        self.assertEqual(self.who_finds(SHIPPING), {"stranger"})

    def test_company_that_is_not_chosen(self):
        manager = self.people["manager"]
        manager.company_ids |= self.other_company
        collection = self.make_collection(company_ids=self.other_company.ids)
        self.add_text(collection)
        service = self.env["gpt.service"].with_user(manager)
        here = service.with_context(allowed_company_ids=self.company.ids)
        there = service.with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(here._retriever().retrieve(SHIPPING, 4).passages)
        self.assertTrue(there._retriever().retrieve(SHIPPING, 4).passages)

    def test_context_gives_no_company(self):
        """A visitor controls the context of their request."""
        collection = self.make_collection(
            group_ids=self.env.ref("base.group_user").ids,
            company_ids=self.other_company.ids,
        )
        self.add_text(collection)
        service = self.env["gpt.service"].with_user(self.people["salesperson"])
        forged = service.with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(forged._retriever().retrieve(SHIPPING, 4).passages)

    def test_withdrawn(self):
        collection = self.make_collection(is_public=True)
        self.add_text(collection)
        self.assertTrue(self.retrieve(SHIPPING, self.people["public"]))
        collection.is_public = False
        self.assertFalse(self.retrieve(SHIPPING, self.people["public"]))

    def test_sudo_reads_for_the_user(self):
        self.add_text(self.make_collection())
        service = self.env["gpt.service"].with_user(self.people["salesperson"]).sudo()
        self.assertFalse(service._retriever().retrieve(SHIPPING, 4).passages)

    def test_named_collection_is_no_right(self):
        collection = self.make_collection()
        self.add_text(collection)
        for name in ("public", "portal", "salesperson"):
            self.assertFalse(
                self.retrieve(SHIPPING, self.people[name], collections=collection)
            )

    def test_records(self):
        """A public collection with a record that only some may read."""
        note = self.env["res.partner"].create({"name": "Nota", "comment": "x"})
        self.add_text(
            self.make_collection(is_public=True),
            HOLIDAYS,
            res_model="res.partner",
            res_id=note.id,
            kind="record",
        )
        found = self.who_finds(HOLIDAY)
        self.assertLessEqual({"salesperson", "manager"}, found)
        self.assertFalse({"public", "portal"} & found)
        self.env["ir.rule"].create(
            {
                "name": "not that one",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {note.id})]",
            }
        )
        self.assertFalse(self.who_finds(HOLIDAY), "the right was withdrawn")

    def test_records_beside_files(self):
        """What may be read of a collection with both is found, and nothing else."""
        collection = self.make_collection(is_public=True)
        note = self.env["res.partner"].create({"name": "Nota"})
        self.add_text(collection, HOLIDAYS, res_model="res.partner", res_id=note.id)
        self.add_text(collection, RETURNS)
        public = self.people["public"]
        self.assertIn("150 pesos", self.texts_found(SHIPPING, public))
        self.assertNotIn("doce días", self.texts_found(HOLIDAY, public))

    def test_hidden_documents_change_nothing(self):
        """They do not tell that the answer is there, or push others out."""
        collection = self.make_collection(is_public=True)
        self.add_text(collection, RETURNS)

        def found():
            retriever = self.env["gpt.kb.retriever"].with_user(self.people["public"])
            request = RetrievalRequest(f"{HOLIDAY} SKU-01234")
            trace = retriever._run(request).trace
            scores = [(item.chunk_id, item.score) for item in trace.chunks]
            return scores, trace.missing_codes

        before = found()
        self.assertEqual(before[1], ["SKU-01234"])
        note = self.env["res.partner"].create({"name": "Nota"})
        hidden = {"res_model": "res.partner", "res_id": note.id}
        for values in (hidden, {"active": False}):
            text = f"{HOLIDAYS} Es el SKU-01234."
            document = self.add_text(collection, text, **values)
            self.assertEqual(found(), before)
            document.unlink()

    def test_model_that_is_gone(self):
        self.add_text(
            self.make_collection(is_public=True), res_model="no.such.model", res_id=1
        )
        self.assertFalse(self.who_finds(SHIPPING))

    def test_outsiders_read_nothing(self):
        self.add_text(self.make_collection(is_public=True))
        for name in ("public", "portal"):
            for model in (
                "collection",
                "document",
                "chunk",
                "source",
                "store",
                "citation",
            ):
                with self.subTest(f"{name} {model}"), self.assertRaises(AccessError):
                    self.env[f"gpt.kb.{model}"].with_user(self.people[name]).search([])

    def test_records_of_the_orm(self):
        secret = self.add_text(self.make_collection(), SALARIES)
        open_ = self.add_text(self.make_collection(is_public=True))
        salesperson = self.people["salesperson"]
        for model, field in (("document", "id"), ("chunk", "document_id")):
            Model = self.env[f"gpt.kb.{model}"].with_user(salesperson)
            found = Model.search([]).mapped(field)
            self.assertIn(open_.id, getattr(found, "ids", found))
            self.assertNotIn(secret.id, getattr(found, "ids", found))
        with self.assertRaises(AccessError):
            secret.with_user(salesperson).read(["datas", "text"])
        with self.assertRaises(AccessError):
            secret.chunk_ids.with_user(salesperson).read(["text"])
        self.assertFalse(
            self.env["gpt.kb.chunk"]
            .with_user(salesperson)
            .search_count([("text", "ilike", "sueldo")])
        )
        with self.assertRaises(AccessError):
            open_.with_user(salesperson).write({"name": "Mine"})
        with self.assertRaises(AccessError):
            open_.with_user(salesperson).action_index()

    def test_manager_and_records_that_he_may_not_read(self):
        note = self.env["res.partner"].create({"name": "Nota"})
        document = self.add_text(
            self.make_collection(), HOLIDAYS, res_model="res.partner", res_id=note.id
        )
        self.env["ir.rule"].create(
            {
                "name": "not that one",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {note.id})]",
            }
        )
        manager = self.people["manager"]
        with self.assertRaises(AccessError):
            document.with_user(manager).read(["text"])
        self.assertFalse(
            self.env["gpt.kb.chunk"]
            .with_user(manager)
            .search([("document_id", "=", document.id)])
        )

    def test_jobs_have_no_text(self):
        document = self.env["gpt.kb.document"].create(
            {"name": "A", "collection_id": self.make_collection().id, "text": SALARIES}
        )
        document.action_index()
        (job,) = self.jobs()
        self.assertNotIn("sueldo", f"{job.args}{job.kwargs}{job.func_string}".lower())
