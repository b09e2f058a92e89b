# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HOLIDAYS, SALARIES, KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
SALARY = "¿Cuál es el sueldo mensual del director general?"
UNKNOWN = "¿Quién ganó el mundial de futbol?"


@tagged("post_install", "-at_install")
class TestAnswers(KbCase):
    """Chains that answer from documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection(is_public=True)
        cls.secret = cls.make_collection("Sueldos")
        cls.service = cls.env["gpt.service"]

    def setUp(self):
        super().setUp()
        self.document = self.add_text(self.collection)
        self.payroll = self.add_text(self.secret, SALARIES, "Nómina")

    def sent(self):
        return str(self.last_sent()["input"])

    def test_retrieve_and_complete(self):
        self.make_chain("brief")
        request = self.service.retrieve_and_complete("brief", SHIPPING)
        self.assertEqual(request.state, "done")
        self.assertIn("150 pesos", self.sent())
        self.assertEqual(request.kb_citation_ids[0].document_id, self.document)
        self.assertEqual(request.kb_citation_ids[0].rank, 1)

    def test_retrieve_step(self):
        self.make_lookup()
        request = self.service.complete("lookup", {"text": SHIPPING})
        self.assertEqual(request.state, "done")
        self.assertIn("150 pesos", self.sent())
        self.assertEqual(request.kb_citation_ids[0].document_id, self.document)

    def test_chain_looks_where_it_should(self):
        self.make_lookup("everywhere")
        self.make_lookup("narrow", collection_ids=self.collection.ids)
        self.service.complete("everywhere", {"text": SALARY})
        self.assertIn("180 mil", self.sent())
        self.service.complete("narrow", {"text": SALARY})
        self.assertNotIn("180 mil", self.sent())

    def test_retrieve_and_complete_looks_there_too(self):
        chain = self.make_chain("brief")
        chain.collection_ids = self.collection
        self.assertEqual(chain.state, "changed")
        chain.action_publish()
        self.service.retrieve_and_complete("brief", SALARY)
        self.assertNotIn("180 mil", self.sent())

    def test_step_says_where(self):
        chain = self.make_lookup("step")
        chain.step_ids[0].collection_ids = self.collection
        self.assertEqual(chain.state, "changed")
        chain.action_publish()
        self.service.complete("step", {"text": SALARY})
        self.assertNotIn("180 mil", self.sent())

    def test_restricted_to_sources(self):
        """An answer that names no passage is none; the model is told to name them."""
        self.make_lookup("strict", restrict_to_sources=True)
        self.server.answer_with("El envío cuesta 150 pesos. [1]")
        request = self.service.complete("strict", {"text": SHIPPING})
        self.assertEqual(request.state, "done")
        self.assertIn("like [1]", self.sent())
        (first, *others) = request.kb_citation_ids
        self.assertTrue(first.cited)
        self.assertFalse([citation for citation in others if citation.cited])
        self.assertEqual(list(request._cited_sources()), [1])
        for answer in ("Ganó Atlantis por 9 a 0.", "Ganó Atlantis por 9 a 0 [7]."):
            self.server.answer_with(answer)
            request = self.service.complete("strict", {"text": UNKNOWN})
            self.assertEqual(
                (request.state, request.error_code), ("failed", "no_source")
            )
            self.assertFalse(request.answer)
            self.assertIn("Atlantis", request.sudo().error_message)
            self.assertTrue(request.kb_citation_ids, "they were sent")
            self.assertTrue(request.input_tokens, "and paid for")

    def test_not_restricted(self):
        self.make_lookup()
        self.server.answer_with("Ganó Atlantis por 9 a 0.")
        request = self.service.complete("lookup", {"text": UNKNOWN})
        self.assertEqual(request.state, "done")
        self.assertNotIn("like [1]", self.sent())
        self.assertFalse(request._cited_sources())

    def test_restricted_with_structured_output(self):
        chain = self.make_lookup("strict", restrict_to_sources=True)
        chain.step_ids[1].output_ids = [
            Command.create({"name": "answer", "ttype": "text", "required": True})
        ]
        chain.action_publish()
        self.server.answer_with({"answer": "Cuesta 150 pesos.", "cited": ["1"]})
        request = self.service.complete("strict", {"text": SHIPPING})
        self.assertEqual(request.state, "done")
        self.assertEqual(request.data["cited"], ["1"])
        self.server.answer_with({"answer": "Ganó Atlantis.", "cited": []})
        request = self.service.complete("strict", {"text": UNKNOWN})
        self.assertEqual(request.error_code, "no_source")

    def test_small_talk_needs_no_source(self):
        chain = self.make_lookup("strict", restrict_to_sources=True)
        kinds = "answer,small_talk,clarification,acknowledgement"
        chain.step_ids[1].output_ids = [
            Command.create({"name": "answer", "ttype": "text", "required": True}),
            Command.create(
                {
                    "name": "kind",
                    "ttype": "selection",
                    "choices": kinds,
                    "required": True,
                }
            ),
        ]
        chain.action_publish()
        self.collection.active = self.secret.active = False
        for kind in ("small_talk", "clarification", "acknowledgement"):
            answer = {"answer": "¡Buenas tardes!", "kind": kind, "cited": []}
            self.server.answer_with(answer)
            request = self.service.complete("strict", {"text": "¡Buenas tardes!"})
            self.assertEqual((request.state, request.error_code), ("done", False))

    def test_small_talk_of_a_chain_that_gives_text(self):
        """Its text cannot say what it is; whoever only greets asks for no document."""
        self.make_lookup("strict", restrict_to_sources=True)
        for is_active in (True, False):
            self.collection.active = self.secret.active = is_active
            self.server.answer_with("¡Hola! ¿En qué le ayudo?", times=2)
            for request in (
                self.service.complete("strict", {"text": "¡Buenas tardes!"}),
                self.service.retrieve_and_complete(
                    "strict", "Gracias 🙏", {"text": "Gracias 🙏"}
                ),
            ):
                self.assertEqual((request.state, request.error_code), ("done", False))
        self.server.answer_with("Cuesta 90 pesos.")
        request = self.service.complete("strict", {"text": f"Hola, {SHIPPING}"})
        self.assertEqual(request.error_code, "no_source")

    def test_restricted_without_any_document(self):
        self.make_lookup("strict", restrict_to_sources=True)
        self.collection.active = self.secret.active = False
        before = len(self.server.journal.entries("/v1/responses"))
        request = self.service.complete("strict", {"text": SHIPPING})
        self.assertEqual((request.state, request.error_code), ("failed", "no_source"))
        self.assertEqual(
            len(self.server.journal.entries("/v1/responses")), before, "nothing asked"
        )

    def test_restricted_with_passages_handed_in(self):
        chain = self.make_chain("strict")
        chain.restrict_to_sources = True
        chain.action_publish()
        self.server.answer_with("El envío cuesta 150 pesos. [1]")
        request = self.service.retrieve_and_complete("strict", SHIPPING)
        self.assertEqual(request.state, "done")
        self.assertTrue(request.kb_citation_ids[0].cited)
        self.server.answer_with("Ganó Atlantis.")
        request = self.service.retrieve_and_complete("strict", UNKNOWN)
        self.assertEqual(request.error_code, "no_source")
        self.collection.active = self.secret.active = False
        request = self.service.retrieve_and_complete("strict", SHIPPING)
        self.assertEqual(request.error_code, "no_source")

    def test_employee_gets_what_he_may_read(self):
        self.make_lookup()
        salesperson = self.people["salesperson"]
        service = self.service.with_user(salesperson)
        service.complete("lookup", {"text": SALARY})
        self.assertNotIn("180 mil", self.sent())
        request = service.retrieve_and_complete("lookup", SHIPPING)
        self.assertEqual(request.kb_citation_ids.document_id.name, "Políticas")

    def test_delayed(self):
        self.make_lookup()
        salesperson = self.people["salesperson"]
        request = self.service.with_user(salesperson).delay_complete(
            "lookup", {"text": SALARY}
        )
        self.env.flush_all()
        request.sudo()._complete_job()
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")
        self.assertNotIn("180 mil", self.sent())
        self.assertNotIn(self.payroll, request.sudo().kb_citation_ids.document_id)

    def test_ledger_shows_no_hidden_source(self):
        """Whoever may not read a document does not read it out of the ledger."""
        self.make_chain("brief")
        asker = self.people["manager"]
        request = self.service.with_user(asker).retrieve_and_complete("brief", SALARY)
        self.assertIn("180 mil", request.sudo().prompt)
        self.assertIn("180 mil", request.prompt)
        self.secret.company_ids = self.other_company
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            request.read(["prompt", "answer"])
        self.assertNotIn(request, self.env["gpt.request"].with_user(asker).search([]))
        citations = self.env["gpt.kb.citation"].with_user(asker).search([])
        self.assertNotIn(self.payroll, citations.document_id)

    def test_names_stay_here(self):
        """Who a request is about is not told to the model that makes vectors."""
        partner = self.env["res.partner"].create({"name": "Filomena Robledo"})
        question = f"{partner.name} pregunta: {SHIPPING}"
        self.make_lookup()
        self.make_chain("brief")
        for request in (
            self.service.complete("lookup", {"text": question}, record=partner),
            self.service.retrieve_and_complete("brief", question, record=partner),
        ):
            self.assertEqual(request.state, "done")
            self.assertEqual(request.kb_citation_ids[0].document_id, self.document)
        request = self.service.delay_complete(
            "lookup", {"text": question}, record=partner
        )
        self.env.flush_all()
        request.sudo()._complete_job()
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")
        sent = str(self.embedded_texts())
        self.assertIn("[[NAME_1]] pregunta", sent)
        self.assertNotIn("Filomena", sent)

    def test_retrieve_over_rpc(self):
        for name in ("public", "portal"):
            with self.assertRaises(AccessError):
                self.service.with_user(self.people[name]).retrieve(SHIPPING)
        found = self.service.with_user(self.people["salesperson"]).retrieve(SHIPPING)
        self.assertTrue(found)

    def test_new_document_is_an_answer(self):
        self.make_chain("brief")
        question = "¿Cuántos días de vacaciones tiene el personal?"
        self.service.retrieve_and_complete("brief", question)
        self.assertNotIn("doce días", self.sent())
        self.add_text(self.collection, HOLIDAYS, "Vacaciones")
        self.service.retrieve_and_complete("brief", question)
        self.assertIn("doce días", self.sent())
