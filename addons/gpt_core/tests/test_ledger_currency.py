# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestLedgerCurrency(GptCommon):
    """Prices in another currency are booked in it, and converted for budgets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")
        cls.euro = cls.env.ref("base.EUR")
        cls.usd = cls.env.ref("base.USD")
        rates = cls.env["res.currency.rate"]
        rates.search([("currency_id", "in", [cls.euro.id, cls.usd.id])]).unlink()
        company = cls.env.company
        for currency, rate in ((cls.usd, 1.0), (cls.euro, 0.5)):
            if currency != company.currency_id:
                rates.create({"currency_id": currency.id, "rate": rate})

    def complete(self):
        return self.env["gpt.service"].complete("brief", {"text": "Hola"})

    def rate(self):
        return self.euro._convert(1.0, self.usd, self.env.company, round=False)

    def test_a_price_in_another_currency(self):
        in_usd = self.complete()
        self.assertEqual(in_usd.price_currency_id, self.usd)
        self.assertAlmostEqual(in_usd.price_cost, in_usd.cost)
        self.provider.currency_id = self.euro
        self.assertEqual(self.model.currency_id, self.euro)
        request = self.complete()
        self.assertNotAlmostEqual(self.rate(), 1)
        self.assertEqual(request.price_currency_id, self.euro)
        self.assertAlmostEqual(request.price_cost, in_usd.cost)
        self.assertAlmostEqual(request.cost, in_usd.cost * self.rate())

    def test_a_budget_is_in_usd(self):
        self.provider.currency_id = self.euro
        first = self.complete()
        budget = self.env["gpt.budget"].create(
            {"name": "Limit", "period": "day", "limit": first.cost}
        )
        self.assertEqual(budget.share, 100)
        self.assertEqual(self.complete().error_code, "budget")

    def test_the_published_list_is_in_usd(self):
        self.provider.currency_id = self.euro
        self.model.invalidate_recordset()
        update = self.env["gpt.price.update"].create(
            {
                "line_ids": [
                    (0, 0, {"model_id": self.model.id, "apply": True, "price_input": 2})
                ]
            }
        )
        update.action_apply()
        self.assertEqual(self.model.currency_id, self.usd)
        self.assertEqual(self.model._prices().input, 2)

    def test_a_budget_s_cheaper_model(self):
        cheaper = self.env["gpt.model"].create(
            {"name": "gpt-4o", "provider_id": self.provider.id}
        )
        self.complete()
        self.env["gpt.budget"].create(
            {
                "name": "Ladder",
                "measure": "requests",
                "period": "day",
                "limit": 100,
                "warn_at": 0,
                "cheaper_at": 1,
                "cheaper_model_id": cheaper.id,
            }
        )
        request = self.complete()
        self.assertEqual((request.state, request.model_id), ("done", cheaper))
        self.server.faults.order(self.Fault("refusal"))
        request = self.complete()
        self.assertEqual((request.state, request.model_id), ("failed", cheaper))
