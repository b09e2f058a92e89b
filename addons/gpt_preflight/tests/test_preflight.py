# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import config

from .common import PreflightCase


@tagged("post_install", "-at_install")
class TestPreflight(PreflightCase):
    """Checks of what the database and the configuration say."""

    def test_default_model(self):
        finding = self.check("gpt.check.default.model")
        self.assertEqual(finding.severity, "ok")
        self.assertIn("gpt-4o-mini of Local", finding.detail)
        self.model.retires_on = fields.Date.today() + timedelta(days=20)
        self.model.replaced_by_id = self.env.ref("gpt_core.model_gpt_6_luna")
        finding = self.check("gpt.check.default.model")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("gpt-6-luna", finding.detail)
        action = finding.action_fix()
        self.assertEqual(action["res_model"], "gpt.model", "where one switches")
        self.assertEqual(action["res_id"], self.model.id)
        self.model.retires_on = fields.Date.today()
        self.assertEqual(self.check("gpt.check.default.model").severity, "error")
        self.params.set_param("gpt_core.model", "gpt-7-nobody")
        finding = self.check("gpt.check.default.model")
        self.assertEqual(finding.severity, "error")
        self.assertIn("gpt-7-nobody", finding.detail)

    def test_chains_with_retiring_models(self):
        chain = self.make_chain("brief")
        self.assertEqual(self.check("gpt.check.chain.model").severity, "ok")
        old = self.model.copy({"name": "old", "retires_on": fields.Date.today()})
        chain.step_ids.model_id = old
        self.assertEqual(self.check("gpt.check.chain.model").severity, "ok", "a draft")
        chain.action_publish()
        finding = self.check("gpt.check.chain.model")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("Brief: old was switched off", finding.detail)
        action = finding.action_fix()
        self.assertEqual(action["res_model"], "gpt.model", "where one switches")
        self.assertEqual(action["res_id"], old.id)

    def test_unpublished_chains(self):
        chain = self.make_chain("draft_only", publish=False)
        self.assertEqual(self.check("gpt.check.chain.publication").severity, "ok")
        action = self.env["ir.actions.server"].create(
            {
                "name": "Ask",
                "model_id": self.env.ref("base.model_res_partner").id,
                "state": "gpt_chain",
                "gpt_chain_id": chain.id,
            }
        )
        finding = self.check("gpt.check.chain.publication")
        self.assertEqual(finding.severity, "error")
        self.assertIn("Draft_Only", finding.detail)
        self.assertEqual(finding.action_fix()["res_id"], chain.id)
        chain.action_publish()
        self.assertEqual(self.check("gpt.check.chain.publication").severity, "ok")
        chain.step_ids.system_prompt = "You are long."
        finding = self.check("gpt.check.chain.publication")
        self.assertEqual((finding.severity, action.gpt_chain_id), ("info", chain))

    def test_prices(self):
        self.assertEqual(self.check("gpt.check.price").severity, "ok")
        free = self.env["gpt.model"].create(
            {"name": "free", "provider_id": self.provider.id}
        )
        self.assertEqual(self.check("gpt.check.price").severity, "ok", "nobody asks it")
        self.params.set_param("gpt_core.model", "free")
        finding = self.check("gpt.check.price")
        self.assertEqual(finding.severity, "warning")
        self.assertEqual(finding.action_fix()["res_id"], free.id)
        self.provider.authentication = "none"
        self.assertEqual(self.check("gpt.check.price").severity, "ok", "our own server")

    def test_prices_in_another_currency(self):
        euro, usd = self.env.ref("base.EUR"), self.env.ref("base.USD")
        rates = self.env["res.currency.rate"]
        rates.search([("currency_id", "in", (euro | usd).ids)]).unlink()
        self.provider.currency_id = euro
        finding = self.check("gpt.check.price")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("exchange rate", finding.detail)
        rates.create(
            [{"currency_id": euro.id, "rate": 2}, {"currency_id": usd.id, "rate": 3}]
        )
        self.assertEqual(self.check("gpt.check.price").severity, "ok")

    def test_actions_that_were_refused(self):
        ledger = self.env["gpt.request"]
        ledger.search([("action_id", "!=", False)]).action_id = False
        self.assertEqual(self.check("gpt.check.action").severity, "ok")
        action = self.env["ir.actions.server"].create(
            {
                "name": "Ask of contacts",
                "model_id": self.env.ref("base.model_res_partner").id,
                "state": "gpt_chain",
                "gpt_chain_id": self.make_chain("brief").id,
                "gpt_max_hour": 1,
            }
        )
        contacts = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        for contact in contacts:
            self.env["gpt.action.trigger"]._ask_safely(action, contact)
        finding = self.check("gpt.check.action")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("Ask of contacts: 1 requests", finding.detail)
        self.assertIn("1 requests of this hour", finding.detail)
        request = ledger.search([("action_id", "=", action.id)], limit=1)
        self.assertEqual(finding.action_fix()["res_id"], request.id)

    def test_retention(self):
        self.assertEqual(self.check("gpt.check.retention").severity, "ok")
        self.params.set_param("gpt_core.retention_days", "0")
        finding = self.check("gpt.check.retention")
        self.assertEqual(finding.severity, "warning")
        self.assertTrue(finding.has_action)

    def test_time_limits(self):
        with patch.dict(config.options, {"limit_time_real": 120}):
            self.assertEqual(self.check("gpt.check.time.limit").severity, "ok")
            self.provider.write({"timeout": 60, "max_retries": 2})
            finding = self.check("gpt.check.time.limit")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("190 seconds", finding.detail)
        with patch.dict(config.options, {"limit_time_real": 0}):
            self.assertEqual(self.check("gpt.check.time.limit").severity, "ok")

    def workers(self, workers, channels, **options):
        options = {"workers": workers, "db_maxconn": 64} | options
        with (
            patch.dict(config.options, options),
            patch.dict("os.environ", {"ODOO_QUEUE_JOB_CHANNELS": channels}),
        ):
            return self.check("gpt.check.worker")

    def test_workers(self):
        for workers, channels, severity in (
            (2, "root:8", "error"),
            (8, "root:8", "error"),
            (1, "root:1", "error"),
            (9, "root:8", "warning"),
            # Other jobs may still take every worker.
            (2, "root:8,root.gpt:1", "warning"),
            (2, "root:8,root.gpt.interactive:1,root.gpt.batch:1", "error"),
            (3, "root:8,root.gpt.interactive:1,root.gpt.batch:1", "warning"),
            (10, "root:8", "ok"),
            (4, "root:2", "ok"),
            (0, "root:8", "ok"),
        ):
            with self.subTest(workers=workers, channels=channels):
                self.assertEqual(self.workers(workers, channels).severity, severity)

    def test_too_few_workers_in_words(self):
        finding = self.workers(2, "root:8")
        self.assertIn("Up to 8 jobs may run at once", finding.detail)
        self.assertIn("the whole site answers nobody", finding.detail)
        self.assertIn("Set workers to 10 or more", finding.fix)
        self.assertIn("\nworkers = 10\n", finding.command)

    def test_connections(self):
        finding = self.workers(0, "root:40")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("64 connections", finding.detail)
        self.assertIn("db_maxconn = 88", finding.command)
        self.assertEqual(self.workers(0, "root:40", db_maxconn=88).severity, "ok")
        # Each worker has its own.
        self.assertEqual(self.workers(42, "root:40").severity, "ok")
        self.assertEqual(self.workers(42, "root:40", db_maxconn=4).severity, "warning")

    def test_proxy(self):
        self.params.set_param("web.base.url", "https://shop.test")
        with patch.dict(config.options, {"proxy_mode": False, "workers": 4}):
            finding = self.check("gpt.check.proxy")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("proxy_mode = True", finding.command)
        with patch.dict(config.options, {"proxy_mode": True, "workers": 4}):
            finding = self.check("gpt.check.proxy")
        self.assertEqual(finding.severity, "ok")
        self.assertIn("4 workers", finding.detail)

    def test_dependencies(self):
        finding = self.check("gpt.check.package")
        self.assertEqual(finding.severity, "ok", finding.detail)
        for name in ("openai", "langchain", "pydantic"):
            self.assertRegex(finding.detail, rf"\b{name} \d")
        Check = type(self.env["gpt.check.package"])
        wanted = {"openai>=2.45,<2.46", "no-such-package>=1"}
        with patch.object(Check, "_required_packages", lambda self: wanted):
            finding = self.check("gpt.check.package")
        self.assertEqual(finding.severity, "error")
        self.assertIn("Missing: no-such-package", finding.detail)
        self.assertRegex(finding.detail, r"tested: openai \d")
        self.assertIn("pip install 'no-such-package>=1'", finding.command)

    def test_every_check_is_on_the_page(self):
        """Also those of other addons, which know nothing of the page."""
        found = self.open().finding_ids
        checks = self.env["gpt.check"]._get_checks()
        self.assertEqual(set(found.mapped("check")), set(checks))
        for finding in found:
            self.assertTrue(finding.name)

    def test_the_worst_is_first(self):
        self.params.set_param("gpt_core.model", "gpt-7-nobody")
        page = self.open()
        page.invalidate_recordset()
        self.assertEqual(page.finding_ids[0].check, "gpt.check.default.model")
        self.assertEqual(page.finding_ids[-1].severity, "ok")
