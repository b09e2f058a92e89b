# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..engine.vectors.embedding import embed_query
from .common import KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
FOREIGN = "¿Quién ganó el mundial de futbol?"
RETURN = "¿Cuándo se puede devolver un producto?"
PRICE = 20_000


@tagged("post_install", "-at_install")
class TestQuestionCost(KbCase):
    """What it costs to embed a question is booked with whoever asked it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Answers are free: what is left is what the question costs.
        cls.embedding.price_input = PRICE
        cls.model.write({"price_input": 0, "price_cached": 0, "price_output": 0})
        cls.collection = cls.make_collection(is_public=True)
        cls.chain = cls.make_lookup()

    def setUp(self):
        super().setUp()
        self.add_text(self.collection)
        self.service = self.env["gpt.service"]

    def tokens_of(self, *questions):
        """Return what it takes to embed these questions, as the server counts it."""
        embeddings = self.embedding._get_own_embeddings()
        return sum(embed_query(embeddings, q).usage.input_tokens for q in questions)

    def assert_booked(self, request, *questions):
        tokens = self.tokens_of(*questions)
        self.assertGreater(tokens, 0)
        self.assertAlmostEqual(request.cost, tokens * PRICE / 1e6, 6)
        self.assertGreaterEqual(request.input_tokens, tokens)
        self.assertEqual(request.model_id, self.model, "the one that answers")

    def without_vectors(self, question):
        """Return the request of the same question when it need not be embedded."""
        self.collection.model_id = False
        request = self.service.complete("lookup", {"text": question})
        self.collection.model_id = self.embedding
        self.assertFalse(request.cost)
        return request

    def test_retrieve_and_complete(self):
        self.make_chain("brief")
        request = self.service.retrieve_and_complete("brief", SHIPPING)
        self.assertEqual(request.state, "done")
        self.assert_booked(request, SHIPPING)
        self.assertEqual([s["source"] for s in request.sources], ["Políticas"])

    def test_step(self):
        # The only passage: words alone find it as well.
        text = "El envío a toda la república cuesta 150 pesos."
        self.collection.document_ids.text = text
        self.run_jobs()
        request = self.service.complete("lookup", {"text": SHIPPING})
        self.assertEqual(request.state, "done")
        self.assert_booked(request, SHIPPING)
        plain = self.without_vectors(SHIPPING)
        self.assertEqual(
            request.input_tokens - plain.input_tokens, self.tokens_of(SHIPPING)
        )

    def test_both(self):
        """A chain with a step of its own that is handed passages as well."""
        request = self.service.retrieve_and_complete(
            "lookup", SHIPPING, {"text": RETURN}
        )
        self.assert_booked(request, SHIPPING, RETURN)

    def test_job(self):
        request = self.service.delay_complete("lookup", {"text": SHIPPING})
        self.env.flush_all()
        request.sudo()._complete_job()
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")
        self.assert_booked(request, SHIPPING)

    def looked_up(self, look):
        """Return the rows that the ledger has more after ``look()``."""
        before = self.env["gpt.request"].search([])
        look()
        return self.env["gpt.request"].search([]) - before

    def test_outside_a_chain(self):
        """A plain question has a row of its own, of whoever asked it."""
        for name in ("public", "salesperson"):
            user = self.people[name]
            service = self.service.with_user(user)
            if name == "public":
                service = service.sudo()
            row = self.looked_up(lambda service=service: service.retrieve(SHIPPING))
            self.assertEqual((row.state, row.model_id), ("done", self.embedding))
            self.assertEqual(row.user_id, user)
            self.assertEqual(row.input_tokens, self.tokens_of(SHIPPING))
            self.assertAlmostEqual(row.cost, row.input_tokens * PRICE / 1e6, 6)
        self.assertEqual(row.with_user(user).read(["cost"])[0]["cost"], row.cost)

    def test_tester(self):
        manager = self.people["manager"]
        tester = (
            self.env["gpt.kb.tester"].with_user(manager).create({"question": SHIPPING})
        )
        row = self.looked_up(tester.action_search)
        self.assertEqual((row.user_id, row.model_id), (manager, self.embedding))
        self.assertEqual(row.input_tokens, self.tokens_of(SHIPPING))
        tester.method = "lexical"
        self.assertFalse(self.looked_up(tester.action_search), "words cost nothing")

    def test_in_a_chain_there_is_one_row(self):
        self.make_chain("brief")
        for look in (
            lambda: self.service.complete("lookup", {"text": SHIPPING}),
            lambda: self.service.retrieve_and_complete("brief", SHIPPING),
        ):
            self.assertEqual(len(self.looked_up(look)), 1)

    def test_no_source(self):
        self.chain.restrict_to_sources = True
        self.chain.action_publish()
        for request in (
            self.service.complete("lookup", {"text": FOREIGN}),
            self.service.delay_complete("lookup", {"text": FOREIGN}),
        ):
            if request.state == "pending":
                self.env.flush_all()
                request.sudo()._complete_job()
                self.env.invalidate_all()
            self.assertEqual(request.error_code, "no_source")
            self.assert_booked(request, FOREIGN)

    def test_answer_that_fails(self):
        self.server.faults.order(self.Fault("server_error", path="/v1/responses"))
        request = self.service.complete("lookup", {"text": SHIPPING})
        self.assertEqual(request.state, "failed")
        self.assertEqual(request.input_tokens, self.tokens_of(SHIPPING))
        self.assertTrue(request.kb_citation_ids, "it was sent")

    def test_model_that_does_not_answer(self):
        self.server.faults.order(
            self.Fault("server_error", times=None, path="/v1/embeddings")
        )
        request = self.service.complete("lookup", {"text": SHIPPING})
        self.assertEqual(request.state, "done", "found by its words")
        self.assertFalse(request.cost)

    def test_counts_for_the_budget(self):
        budget = self.env["gpt.budget"].create(
            {"name": "Chats", "limit": 10**6, "measure": "tokens"}
        )
        before = budget.spent
        request = self.service.complete("lookup", {"text": SHIPPING})
        budget.invalidate_recordset()
        self.assertEqual(budget.spent - before, request.total_tokens)

    def test_twice_is_two_runs(self):
        first = self.service.complete("lookup", {"text": SHIPPING})
        second = self.service.complete("lookup", {"text": SHIPPING})
        self.assertEqual(first.input_tokens, second.input_tokens)
