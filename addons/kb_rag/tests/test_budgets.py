# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import RETURNS, KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
# Two calls of the model: more chunks than one call takes.
LONG = "\n\n".join(f"# Tema {n}\n\n{RETURNS[20:160]} {n}" for n in range(200))


@tagged("post_install", "-at_install")
class TestBudgets(KbCase):
    """What is used up is used up for vectors, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.embedding.price_input = 20
        cls.collection = cls.make_collection()
        cls.Budget = cls.env["gpt.budget"]

    def make_budget(self, limit, **values):
        return self.Budget.create(
            {"name": "Documentos", "limit": limit, "measure": "tokens"} | values
        )

    def rows(self, document):
        return self.env["gpt.request"].search(
            [("res_model", "=", "gpt.kb.document"), ("res_id", "=", document.id)],
            order="id",
        )

    def test_used_up(self):
        budget = self.make_budget(1)
        self.add_text(self.collection, name="Antes")
        sent = len(self.embedded_texts())
        document = self.add_text(self.collection)
        self.assertEqual((document.state, document.problem), ("error", "budget"))
        self.assertEqual(document.problem_detail, budget.name)
        self.assertEqual(len(self.embedded_texts()), sent, "nothing was sent")
        row = self.rows(document)
        self.assertEqual((row.state, row.error_code), ("failed", "budget"))
        self.assertFalse(row.cost)
        self.assertTrue(self.retrieve(SHIPPING), "words find it all the same")

    def test_an_endpoint_that_counts_nothing_reaches_the_limit(self):
        self.make_budget(10)
        self.server.faults.order(
            self.Fault("no_usage", times=None, path="/v1/embeddings")
        )
        row = self.rows(self.add_text(self.collection, name="Antes"))
        self.assertTrue(row.is_estimated)
        self.assertGreater(row.input_tokens, 10)
        self.assertGreater(row.cost, 0)
        self.assertEqual(self.add_text(self.collection).problem, "budget")

    def test_used_up_in_the_middle_and_gone_on_with(self):
        budget = self.make_budget(100)
        document = self.add_text(self.collection, LONG)
        self.assertEqual((document.state, document.problem), ("error", "budget"))
        done = document.chunk_ids.filtered("model_id")
        self.assertTrue(0 < len(done) < len(document.chunk_ids))
        self.assertTrue(0 < document.progress < 100)
        self.assertEqual(self.rows(document).mapped("state"), ["done", "failed"])
        self.env["gpt.kb.indexer"]._cron_wait_for_budget()
        self.assertFalse(self.jobs(), "there is nothing left yet")
        budget.limit = 10**6
        self.env["gpt.kb.indexer"]._cron_wait_for_budget()
        self.run_jobs()
        self.assertEqual((document.state, document.progress), ("indexed", 100))
        self.assertFalse(document.problem)
        self.assertEqual(
            len(self.embedded_texts()), len(document.chunk_ids), "none twice"
        )

    def test_what_runs_counts(self):
        """Of two that begin before either has ended, one has the budget."""
        self.make_budget(1, measure="requests")
        first, second = self.env["gpt.kb.document"].create(
            [
                {"name": name, "collection_id": self.collection.id, "text": RETURNS}
                for name in "AB"
            ]
        )
        request, refused = self.env["gpt.request"]._begin_embedding(
            self.embedding, first, "run", [RETURNS]
        )
        self.assertIsNone(refused)
        self.assertEqual(request.state, "running")
        _row, refused = self.env["gpt.request"]._begin_embedding(
            self.embedding, second, "run", [RETURNS]
        )
        self.assertEqual(refused.code, "budget")

    def test_of_somebody_else(self):
        self.make_budget(1, company_id=self.other_company.id)
        theirs = self.make_collection("Otra", company_ids=self.other_company.ids)
        self.add_text(theirs)
        self.assertEqual(self.add_text(self.collection).state, "indexed")
        self.assertEqual(self.add_text(theirs).problem, "budget")

    def test_per_user(self):
        """Whoever uploaded a document is the one who pays for it."""
        self.make_budget(1, per_user=True)
        manager = self.people["manager"]
        documents = self.env["gpt.kb.document"].with_user(manager)
        values = {"name": "A", "collection_id": self.collection.id, "text": RETURNS}
        self.index(documents.create(values))
        mine = self.index(documents.create(values))
        self.assertEqual(mine.problem, "budget")
        self.assertEqual(self.rows(mine).user_id, manager)
        self.assertEqual(self.add_text(self.collection).state, "indexed")
        self.env["gpt.kb.indexer"]._cron_wait_for_budget()
        self.assertFalse(self.jobs(), "nothing left for them")

    def test_killed_in_the_middle_of_a_call(self):
        """The row that a killed run left open is the one that is gone on with."""
        document = self.env["gpt.kb.document"].create(
            {"name": "A", "collection_id": self.collection.id, "text": RETURNS}
        )
        self.env["gpt.request"]._begin_embedding(
            self.embedding, document, "dead", [RETURNS]
        )
        self.index(document)
        row = self.rows(document)
        self.assertEqual((len(row), row.state, row.attempts), (1, "done", 2))
        self.assertFalse(
            self.env["gpt.reservation"].search([("request_id", "=", row.id)])
        )

    def test_questions_are_looked_up_by_words(self):
        self.add_text(self.collection)
        self.make_budget(1)
        sent = len(self.embedded_texts())
        self.assertTrue(self.retrieve(SHIPPING, self.people["manager"]))
        self.assertEqual(len(self.embedded_texts()), sent)
        tester = (
            self.env["gpt.kb.tester"]
            .with_user(self.people["manager"])
            .create({"question": SHIPPING, "audience": "me"})
        )
        tester.action_search()
        self.assertIn("The budget is used up.", tester.verdict)
