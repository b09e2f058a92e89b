# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import sys
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..engine.provider.price_list import price_list_version
from .common import GptCommon
from .jobs import perform


@tagged("post_install", "-at_install")
class TestCatalogue(GptCommon):
    """What the addon ships, dates of deprecation, and prices."""

    def shipped(self, name):
        openai = self.env.ref("gpt_core.provider_openai")
        return openai.model_ids.filtered(lambda model: model.name == name)

    def test_shipped_models(self):
        openai = self.env.ref("gpt_core.provider_openai")
        for model in openai.model_ids:
            with self.subTest(model.name):
                self.assertGreater(model.price_input, 0)
                self.assertGreater(model.context_window, 0)
                self.assertEqual(model.price_source, "shipped")
                if model.kind == "chat":
                    self.assertGreater(model.price_output, model.price_input)
                    self.assertLess(model.price_cached, model.price_input)
                if model.retires_on:
                    heir = model.replaced_by_id
                    self.assertTrue(heir)
                    self.assertFalse(heir.retires_on, "the heir must outlive it")
        for name in ("gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5.4", "gpt-6-luna"):
            self.assertTrue(self.shipped(name), name)

    def test_forms_warn_in_time(self):
        model = self.shipped("gpt-4o")
        today = fields.Date.today()
        chain = self.make_chain("brief")
        for days, state in ((91, False), (90, "soon"), (1, "soon"), (0, "past")):
            model.retires_on = today + timedelta(days=days)
            self.assertEqual(model.deprecation, state, days)
            self.assertEqual(bool(model.deprecation_warning), bool(state))
        self.assertIn("gpt-6-luna", model.deprecation_warning)
        self.assertFalse(chain.deprecation_warning)
        chain.model_id = model
        self.assertIn("gpt-4o was switched off", chain.deprecation_warning)
        chain.model_id = False
        chain.fallback_model_id = model
        self.assertIn("gpt-4o was switched off", chain.deprecation_warning)
        chain.fallback_model_id = False
        chain.step_ids.model_id = model
        self.assertIn("gpt-4o was switched off", chain.deprecation_warning)

    def test_settings_and_chains_warn_of_the_default(self):
        chain = self.make_chain("brief")
        self.model.retires_on = fields.Date.today() + timedelta(days=30)
        chain.invalidate_recordset()
        self.assertIn("in 30 days", chain.deprecation_warning)
        settings = self.env["res.config.settings"].create({})
        self.assertIn("gpt-4o-mini", settings.gpt_deprecation_warning)

    def test_a_provider_says_when(self):
        self.use_own_transactions()
        action = self.provider.action_fetch_models()
        perform(self.env, self.env["gpt.model.fetch"].browse(action["res_id"]))
        dates = {m.name: m.retires_on for m in self.provider.model_ids}
        self.assertEqual(str(dates["gpt-4o"]), "2027-01-14")
        self.assertEqual(str(dates["gpt-4o-mini"]), "2027-01-14", "it was there before")
        self.assertFalse(dates["gpt-6-luna"])

    def test_a_typed_price_is_typed(self):
        model = self.shipped("gpt-4o")
        model.name = "gpt-4o"
        self.assertEqual(model.price_source, "shipped")
        model.price_input = 3
        self.assertEqual(model.price_source, "manual")
        self.assertEqual(self.model.price_source, "manual")


@tagged("post_install", "-at_install")
class TestPrices(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not price_list_version():
            cls.skipTest(cls, "genai-prices is not installed")
        openai = cls.env.ref("gpt_core.provider_openai")
        cls.models = {model.name: model for model in openai.model_ids}

    def update(self, *names):
        chosen = self.env["gpt.model"].browse(self.models[n].id for n in names)
        action = chosen.action_update_prices()
        return self.env["gpt.price.update"].browse(action["res_id"])

    def test_shipped_prices_are_the_published_ones(self):
        action = self.env.ref("gpt_core.provider_openai").action_update_prices()
        update = self.env["gpt.price.update"].browse(action["res_id"])
        self.assertFalse(update.line_ids.mapped("model_id.name"))
        self.assertFalse(update.unknown)
        self.assertEqual(update.same_count, len(self.models))

    def test_nothing_changes_before_it_is_said(self):
        stale = self.models["gpt-4o"]
        stale.write({"price_input": 99, "price_source": "shipped"})
        update = self.update("gpt-4o", "gpt-6-luna")
        self.assertEqual(update.line_ids.model_id, stale)
        line = update.line_ids
        self.assertEqual((line.old_input, line.price_input), (99, 2.5))
        self.assertTrue(line.apply)
        self.assertEqual(stale.price_input, 99)
        update.action_apply()
        self.assertEqual(stale.price_input, 2.5)
        self.assertEqual(stale.price_source, "list")

    def test_a_typed_price_is_kept(self):
        manual = self.models["gpt-4o"]
        manual.price_output = 7
        update = self.update("gpt-4o")
        self.assertFalse(update.line_ids.apply)
        update.action_apply()
        self.assertEqual(manual.price_output, 7)
        update.line_ids.apply = True
        update.action_apply()
        self.assertEqual(manual.price_output, 10)

    def test_what_the_list_does_not_know(self):
        self.assertIsNone(self.model._published_prices(), "a server of one's own")
        tuned = self.env["gpt.model"].create(
            {"name": "our-own", "provider_id": self.models["gpt-4o"].provider_id.id}
        )
        action = tuned.action_update_prices()
        update = self.env["gpt.price.update"].browse(action["res_id"])
        self.assertEqual(update.unknown, "our-own")
        self.assertFalse(update.line_ids)

    def test_without_a_list(self):
        # As on a server that does not have the package: it is optional.
        with patch.dict(sys.modules, {"genai_prices": None}):
            with self.assertRaisesRegex(UserError, "genai-prices"):
                self.model.action_update_prices()


@tagged("post_install", "-at_install")
class TestBookedPrices(GptCommon):
    """What is kept for the next request, and what is long, has prices of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.luna = cls.env["gpt.model"].create(
            {
                "name": "gpt-6-luna",
                "provider_id": cls.provider.id,
                "supports_temperature": False,
                "price_input": 1,
                "price_cached": 0.1,
                "price_output": 5,
                "price_cache_write": 1.25,
            }
        )
        cls.chain = cls.make_chain("brief", publish=False)
        cls.chain.model_id = cls.luna
        cls.chain.input_ids.max_chars = 100_000
        cls.chain.action_publish()

    def ask(self, text):
        self.server.answer_with("Hola.")
        request = self.env["gpt.service"].complete(self.chain, {"text": text})
        self.assertEqual(request.state, "done")
        return request

    def test_cache_writes(self):
        text = "Uno dos tres cuatro. " * 400
        first, second = self.ask(text), self.ask(text)
        self.assertGreater(first.cache_write_tokens, 1000)
        rest = first.input_tokens - first.cache_write_tokens
        cost = rest + first.cache_write_tokens * 1.25 + first.output_tokens * 5
        self.assertAlmostEqual(first.cost, cost / 1e6, 9)
        self.assertEqual(second.cache_write_tokens, 0)
        self.assertEqual(second.cached_tokens, first.cache_write_tokens)
        self.assertLess(second.cost, first.cost)

    def test_long_prompts(self):
        self.luna.write(
            {
                "price_cache_write": 0,
                "long_context_from": 500,
                "price_long_input": 2,
                "price_long_output": 7,
            }
        )
        short, long = self.ask("Hola"), self.ask("Buenos días. " * 250)
        self.assertLess(short.input_tokens, 500)
        self.assertGreater(long.input_tokens, 500)
        for request, price, output in ((short, 1, 5), (long, 2, 7)):
            cost = request.input_tokens * price + request.output_tokens * output
            self.assertAlmostEqual(request.cost, cost / 1e6, 9)

    def test_no_price_is_below_zero(self):
        for name in ("price_cache_write", "price_long_output", "long_context_from"):
            with self.assertRaises(ValidationError):
                self.luna[name] = -1
