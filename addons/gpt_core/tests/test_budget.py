# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestBudget(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")

    def budget(self, **values):
        return self.env["gpt.budget"].create(
            {"name": "Limit", "period": "day"} | values
        )

    def complete(self, chain="brief", **kwargs):
        return self.env["gpt.service"].complete(chain, {"text": "Hola"}, **kwargs)

    def asked(self):
        return len(self.server.journal.entries("/v1/responses"))

    def test_requests(self):
        self.budget(measure="requests", limit=2)
        results = [self.complete() for _number in range(3)]
        self.assertEqual([r.state for r in results], ["done", "done", "failed"])
        self.assertEqual(results[2].error_code, "budget")
        self.assertEqual(self.asked(), 2)

    def test_holds_from_its_first_moment_to_its_last(self):
        self.assertEqual(self.complete().state, "done")
        budget = self.budget(measure="requests", limit=1)
        self.assertEqual(self.complete().error_code, "budget")
        budget.active = False
        self.assertEqual(self.complete().state, "done")
        budget.active = True
        self.assertEqual(self.complete().error_code, "budget")
        budget.unlink()
        self.assertEqual(self.complete().state, "done")

    def test_money(self):
        budget = self.budget(measure="cost", limit=1)
        first = self.complete()
        budget.limit = first.cost
        self.assertEqual(budget.share, 100)
        self.assertEqual(self.complete().error_code, "budget")
        budget.limit = first.cost * 10
        self.assertEqual(self.complete().state, "done")

    def test_of_a_chain(self):
        self.make_chain("other")
        self.budget(measure="requests", limit=1, chain_id=self.chain.id)
        self.assertEqual(self.complete().state, "done")
        self.assertEqual(self.complete().error_code, "budget")
        self.assertEqual(self.complete("other").state, "done")

    def test_per_conversation(self):
        self.budget(measure="requests", limit=1, per_conversation=True)
        first, second = self.env["gpt.conversation"].create(
            [{"name": "One"}, {"name": "Two"}]
        )
        self.assertEqual(self.complete(conversation=first).state, "done")
        self.assertEqual(self.complete(conversation=first).error_code, "budget")
        self.assertEqual(self.complete(conversation=second).state, "done")
        self.assertEqual(self.complete().state, "done")
        self.assertEqual(self.complete().state, "done")

    def test_per_user(self):
        self.budget(measure="requests", limit=1, per_user=True, period="minute")
        first, second = (
            new_test_user(self.env, login, groups="base.group_user")
            for login in ("gpt_first", "gpt_second")
        )
        service = self.env["gpt.service"]
        states = [
            service.with_user(user).complete("brief", {"text": "Hola"}).state
            for user in (first, first, second)
        ]
        self.assertEqual(states, ["done", "failed", "done"])

    def test_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.budget(measure="requests", limit=1, company_id=other.id)
        self.assertEqual(self.complete().state, "done")
        self.assertEqual(self.complete().state, "done")

    def test_an_earlier_period(self):
        self.budget(measure="requests", limit=1)
        request = self.complete()
        self.env.cr.execute(
            "UPDATE gpt_request SET create_date = create_date - INTERVAL '2 days' "
            "WHERE id = %s",
            [request.id],
        )
        self.assertEqual(self.complete().state, "done")

    def test_ladder(self):
        cheap = self.env["gpt.model"].create(
            {"name": "gpt-4.1-mini", "provider_id": self.provider.id}
        )
        budget = self.budget(
            measure="requests",
            limit=4,
            warn_at=50,
            cheaper_at=75,
            cheaper_model_id=cheap.id,
        )
        before = len(budget.message_ids)
        states = [self.complete().state for _number in range(5)]
        self.assertEqual(states, ["done"] * 4 + ["failed"])
        models = [e.body["model"] for e in self.server.journal.entries("/v1/responses")]
        self.assertEqual(models, ["gpt-4o-mini"] * 3 + ["gpt-4.1-mini"])
        self.assertEqual(len(budget.message_ids), before + 1, "told once")

    def test_bad_values(self):
        for values in (
            {"limit": 0},
            {"limit": 1, "warn_at": 101},
            {"limit": 1, "cheaper_at": 50},
        ):
            with self.assertRaises(ValidationError):
                self.budget(**values)
