# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import tagged

from ..engine.retrieval.request import RetrievalRequest
from ..engine.store_backend import GivenVectors, point_id
from ..engine.vectors.question_embedding import embed_question
from .common import HOLIDAYS, RETURNS, SALARIES, KbCase
from .places import DatabasePlace, StoredCase

SALARY = "¿Cuál es el sueldo mensual del director general?"
TELLTALE = "180 mil"
# What is archived is no answer, but no secret either.
ANSWERS = ("retrieve", "sent", "citations", "sources")


class Withdrawn(StoredCase):
    """What is withdrawn is withdrawn at once, from whichever store; no job is run."""

    def setUp(self):
        super().setUp()
        self.salesperson = self.people["salesperson"]
        self.sales_group.write(self.members(self.salesperson, Command.link))
        self.collection = self.make_stored_collection(
            "Ventas", group_ids=self.sales_group.ids
        )
        self.note = self.env["res.partner"].create({"name": "Nota"})
        self.document = self.add_text(self.collection, SALARIES, "Nómina")

    def doors(self):
        """Return all that the salesperson gets, by each way to it, as text."""
        env = self.env(user=self.salesperson, su=False)
        documents, chunks = env["gpt.kb.document"], env["gpt.kb.chunk"]
        request = env["gpt.service"].retrieve_and_complete("brief", SALARY)
        return {
            "retrieve": str(env["gpt.service"].retrieve(SALARY)),
            "sent": str(self.last_sent()["input"]),
            "citations": str(request.kb_citation_ids.mapped("title")),
            "sources": str(request.sources),
            "documents": str(documents.search([]).mapped("text")),
            "chunks": str(chunks.search([]).mapped("text")),
            "groups": str(chunks._read_group([], ["document_id", "text"])),
        }

    def assert_withdrawn(self, what):
        for door, found in self.doors().items():
            if "archived" not in what or door in ANSWERS:
                self.assertNotIn(TELLTALE, found, door)
                self.assertNotIn("Nómina", found, door)

    def withdrawals(self):
        """Yield what takes the right away, and what gives it back."""
        group, collection, document = self.sales_group, self.collection, self.document
        closed = self.make_stored_collection("Cerrada")
        yield (
            "out of the group",
            lambda: group.write(self.members(self.salesperson, Command.unlink)),
            lambda: group.write(self.members(self.salesperson, Command.link)),
        )
        yield (
            "group taken from the collection",
            lambda: collection.write({"group_ids": [Command.clear()]}),
            lambda: collection.write({"group_ids": [Command.set(group.ids)]}),
        )
        yield (
            "for another company",
            lambda: collection.write({"company_ids": self.other_company.ids}),
            lambda: collection.write({"company_ids": [Command.clear()]}),
        )
        yield (
            "collection archived",
            lambda: collection.write({"active": False}),
            lambda: collection.write({"active": True}),
        )
        yield (
            "document archived",
            lambda: document.write({"active": False}),
            lambda: document.write({"active": True}),
        )
        rule = self.env["ir.rule"].create(
            {
                "name": "not that one",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {self.note.id})]",
                "active": False,
            }
        )
        document.write({"res_model": "res.partner", "res_id": self.note.id})
        yield (
            "rule of the record",
            lambda: rule.write({"active": True}),
            lambda: rule.write({"active": False}),
        )
        yield (
            "moved to another collection",
            lambda: document.write({"collection_id": closed.id}),
            lambda: (document.write({"collection_id": collection.id}), self.run_jobs()),
        )
        yield "record deleted", self.note.unlink, None

    def test_withdrawn(self):
        self.make_chain("brief")
        for what, take, give_back in self.withdrawals():
            with self.subTest(what):
                self.assertIn(TELLTALE, self.doors()["retrieve"], "there before")
                self.assertIn(TELLTALE, self.doors()["sent"], "there before")
                take()
                self.assert_withdrawn(what)
                if give_back:
                    give_back()

    def test_withdrawn_while_the_model_is_asked(self):
        """No transaction is open then: others change what they like."""
        retriever = self.env["gpt.kb.retriever"].with_user(self.salesperson)
        request = RetrievalRequest(SALARY)
        question = embed_question(SALARY, retriever._question_models(request))
        self.assertTrue(question.vectors)
        self.assertTrue(retriever._retrieval(request, question).passages)
        self.collection.group_ids = False
        found = retriever._retrieval(request, question)
        self.assertFalse(found.trace.chunks)
        self.assertFalse(found.passages)


@tagged("post_install", "-at_install")
class TestWithdrawnFromDatabase(Withdrawn, DatabasePlace, KbCase):
    pass


class Outside(Withdrawn):
    """From a store outside Odoo's database; for addons that bring one."""

    def test_store_that_says_otherwise(self):
        """It only proposes what to look at: rights are asked with the texts."""
        shown = self.add_text(self.collection, RETURNS, "Políticas")
        closed = self.make_stored_collection("Cerrada")
        secret = self.add_text(closed, HOLIDAYS, "Vacaciones").chunk_ids
        embeddings = self.embedding._get_own_embeddings()
        vector = embeddings.embed_query(HOLIDAYS)
        store = self.store._backend(self.embedding.id, 256)
        store.vector_store(GivenVectors([vector])).add_texts(
            [""],
            metadatas=[{"chunk_id": secret.id, "document_id": shown.id}],
            ids=[point_id(10**9)],
        )
        request = RetrievalRequest(HOLIDAYS, methods=("dense",))
        retriever = self.env["gpt.kb.retriever"].with_user(self.salesperson)
        found = retriever._run(request).trace.chunks
        self.assertTrue(found, "others are found")
        self.assertNotIn(secret.id, [item.chunk_id for item in found])

    def test_no_text_is_kept_outside(self):
        kept = self.kept_outside()
        self.assertEqual(len(kept), len(self.document.chunk_ids))
        self.assertNotIn("director", str(kept))
        self.document.unlink()
        self.run_jobs()
        self.assertFalse(self.kept_outside())

    def test_nothing_stays_of_a_file_that_is_deleted(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "a.md",
                "raw": SALARIES.encode(),
                "res_model": "res.partner",
                "res_id": self.note.id,
            }
        )
        self.document.unlink()
        self.env["gpt.kb.source"].create(
            {
                "collection_id": self.collection.id,
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain": f"[('id', '=', {self.note.id})]",
                "with_attachments": True,
            }
        ).action_sync()
        self.run_jobs()
        self.assertTrue(self.retrieve(SALARY))
        before = len(self.kept_outside())
        file.unlink()
        self.assertNotIn("180 mil", self.texts_found(SALARY))
        self.run_jobs()
        self.assertEqual(len(self.kept_outside()), before - 1, "the note itself stays")
