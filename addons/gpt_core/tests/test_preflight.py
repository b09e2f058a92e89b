# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import config

from odoo.addons.queue_job.job import Job

from ..wizards.gpt_preflight_job import TIMEOUT
from .common import GptCommon


class PreflightCase(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,gpt_core.group_gpt_manager"
        cls.manager = new_test_user(cls.env, "gpt_boss", groups=groups)
        # The shipped provider has no key, and is not the default here.
        cls.params = cls.env["ir.config_parameter"]

    def open(self, user=None):
        Preflight = self.env["gpt.preflight"].with_user(user or self.env.user)
        return Preflight.browse(Preflight.action_open()["res_id"])

    def found(self, preflight, check):
        return preflight.finding_ids.filtered(lambda finding: finding.check == check)

    def check(self, name):
        """Return what one check finds, as the page shows it."""
        return self.found(self.open(), name)


@tagged("post_install", "-at_install")
class TestPreflight(PreflightCase):
    """Checks of what the database and the configuration say."""

    def test_default_model(self):
        finding = self.check("_check_default_model")
        self.assertEqual(finding.severity, "ok")
        self.assertIn("gpt-4o-mini of Local", finding.detail)
        self.model.retires_on = fields.Date.today() + timedelta(days=20)
        self.model.replaced_by_id = self.env.ref("gpt_core.model_gpt_6_luna")
        finding = self.check("_check_default_model")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("gpt-6-luna", finding.detail)
        self.assertEqual(finding.action_fix()["res_model"], "res.config.settings")
        self.model.retires_on = fields.Date.today()
        self.assertEqual(self.check("_check_default_model").severity, "error")
        self.params.set_param("gpt_core.model", "gpt-7-nobody")
        finding = self.check("_check_default_model")
        self.assertEqual(finding.severity, "error")
        self.assertIn("gpt-7-nobody", finding.detail)

    def test_chains_with_retiring_models(self):
        chain = self.make_chain("brief")
        self.assertEqual(self.check("_check_chain_models").severity, "ok")
        old = self.model.copy({"name": "old", "retires_on": fields.Date.today()})
        chain.step_ids.model_id = old
        self.assertEqual(self.check("_check_chain_models").severity, "ok", "a draft")
        chain.action_publish()
        finding = self.check("_check_chain_models")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("Brief: old was switched off", finding.detail)
        self.assertEqual(finding.action_fix()["res_id"], chain.id)

    def test_unpublished_chains(self):
        chain = self.make_chain("draft_only", publish=False)
        self.assertEqual(self.check("_check_unpublished_chains").severity, "ok")
        action = self.env["ir.actions.server"].create(
            {
                "name": "Ask",
                "model_id": self.env.ref("base.model_res_partner").id,
                "state": "gpt_chain",
                "gpt_chain_id": chain.id,
            }
        )
        finding = self.check("_check_unpublished_chains")
        self.assertEqual(finding.severity, "error")
        self.assertIn("Draft_Only", finding.detail)
        self.assertEqual(finding.action_fix()["res_id"], chain.id)
        chain.action_publish()
        self.assertEqual(self.check("_check_unpublished_chains").severity, "ok")
        chain.step_ids.system_prompt = "You are long."
        finding = self.check("_check_unpublished_chains")
        self.assertEqual((finding.severity, action.gpt_chain_id), ("info", chain))

    def test_prices(self):
        self.assertEqual(self.check("_check_prices").severity, "ok")
        free = self.env["gpt.model"].create(
            {"name": "free", "provider_id": self.provider.id}
        )
        self.assertEqual(self.check("_check_prices").severity, "ok", "nobody asks it")
        self.params.set_param("gpt_core.model", "free")
        finding = self.check("_check_prices")
        self.assertEqual(finding.severity, "warning")
        self.assertEqual(finding.action_fix()["res_id"], free.id)
        self.provider.authentication = "none"
        self.assertEqual(self.check("_check_prices").severity, "ok", "our own server")

    def test_retention(self):
        self.assertEqual(self.check("_check_retention").severity, "ok")
        self.params.set_param("gpt_core.retention_days", "0")
        finding = self.check("_check_retention")
        self.assertEqual(finding.severity, "warning")
        self.assertTrue(finding.has_action)

    def test_time_limits(self):
        with patch.dict(config.options, {"limit_time_real": 120}):
            self.assertEqual(self.check("_check_time_limits").severity, "ok")
            self.provider.write({"timeout": 60, "max_retries": 2})
            finding = self.check("_check_time_limits")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("190 seconds", finding.detail)
        with patch.dict(config.options, {"limit_time_real": 0}):
            self.assertEqual(self.check("_check_time_limits").severity, "ok")

    def workers(self, workers, channels, **options):
        options = {"workers": workers, "db_maxconn": 64} | options
        with (
            patch.dict(config.options, options),
            patch.dict("os.environ", {"ODOO_QUEUE_JOB_CHANNELS": channels}),
        ):
            return self.check("_check_workers")

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
            finding = self.check("_check_proxy")
        self.assertEqual(finding.severity, "warning")
        self.assertIn("proxy_mode = True", finding.command)
        with patch.dict(config.options, {"proxy_mode": True, "workers": 4}):
            finding = self.check("_check_proxy")
        self.assertEqual(finding.severity, "ok")
        self.assertIn("4 workers", finding.detail)

    def test_vector(self):
        self.env.cr.execute("SELECT 1 FROM pg_extension WHERE extname = 'vector'")
        if self.env.cr.fetchone():
            self.assertEqual(self.check("_check_vector").severity, "ok")
            return
        finding = self.check("_check_vector")
        needed = "gpt.kb.chunk" in self.env
        self.assertEqual(finding.severity, "error" if needed else "info")
        self.assertIn("CREATE EXTENSION IF NOT EXISTS vector", finding.command)
        self.assertIn(self.env.cr.dbname, finding.command)

    def test_dependencies(self):
        finding = self.check("_check_dependencies")
        self.assertEqual(finding.severity, "ok", finding.detail)
        for name in ("openai", "langchain", "pydantic"):
            self.assertRegex(finding.detail, rf"\b{name} \d")
        Preflight = type(self.env["gpt.preflight"])
        wanted = {"openai>=2.45,<2.46", "no-such-package>=1"}
        with patch.object(Preflight, "_required_packages", lambda self: wanted):
            finding = self.check("_check_dependencies")
        self.assertEqual(finding.severity, "error")
        self.assertIn("Missing: no-such-package", finding.detail)
        self.assertRegex(finding.detail, r"tested: openai \d")
        self.assertIn("pip install 'no-such-package>=1'", finding.command)

    def test_an_addon_adds_a_check(self):
        Preflight = type(self.env["gpt.preflight"])
        checks = Preflight._get_checks
        finding = {"severity": "info", "rank": 3, "name": "Documents"}
        with (
            patch.object(
                Preflight, "_get_checks", lambda self: [*checks(self), "_check_mine"]
            ),
            patch.object(Preflight, "_check_mine", lambda self: [finding], create=True),
        ):
            self.assertEqual(self.check("_check_mine").name, "Documents")


@tagged("post_install", "-at_install")
class TestPreflightJob(PreflightCase):
    """The job runner's check: a job really runs, or does not."""

    def job(self, preflight):
        return self.env["queue.job"].search([("uuid", "=", preflight.job_uuid)])

    def let_time_pass(self, preflight):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = date_created - %s WHERE uuid = %s",
            [timedelta(seconds=TIMEOUT + 1), preflight.job_uuid],
        )
        self.job(preflight).invalidate_recordset()

    def test_a_job_that_runs(self):
        preflight = self.open()
        finding = self.found(preflight, "_check_job_runner")
        self.assertEqual(finding.severity, "running")
        job = Job.load(self.env, preflight.job_uuid)
        self.assertEqual(job.channel, "root.gpt.interactive")
        self.assertEqual(job.args, ())
        job.perform()
        job.set_done()
        job.store()
        preflight.action_refresh()
        finding = self.found(preflight, "_check_job_runner")
        self.assertEqual(finding.severity, "ok")
        self.assertIn("the last job was done on", finding.detail)

    def test_a_job_that_nobody_runs(self):
        preflight = self.open()
        self.let_time_pass(preflight)
        preflight.action_refresh()
        finding = self.found(preflight, "_check_job_runner")
        self.assertEqual(finding.severity, "error")
        self.assertIn("No job was ever run here", finding.detail)
        self.assertIn("server_wide_modules", finding.command)
        self.assertEqual(finding.action_fix()["res_model"], "queue.job")
        again = self.open()
        self.assertEqual(again.job_uuid, preflight.job_uuid, "one job waits, not many")
        self.assertEqual(self.found(again, "_check_job_runner").severity, "error")

    def test_a_job_that_fails(self):
        preflight = self.open()
        self.job(preflight).write({"state": "failed", "exc_message": "Boom"})
        preflight.action_refresh()
        finding = self.found(preflight, "_check_job_runner")
        self.assertEqual(finding.severity, "error")
        self.assertIn("Boom", finding.detail)

    def test_a_manager_without_a_way_to_the_jobs(self):
        preflight = self.open(self.manager)
        self.let_time_pass(preflight)
        preflight.action_refresh()
        finding = self.found(preflight, "_check_job_runner")
        self.assertEqual(finding.severity, "error")
        self.assertFalse(finding.has_action)

    def channels(self, **environ):
        with patch.dict("os.environ", environ):
            return self.check("_check_channels")

    def test_channels(self):
        room = "root:8,root.gpt.interactive:8,root.gpt.batch:6"
        finding = self.channels(ODOO_QUEUE_JOB_CHANNELS=room)
        self.assertEqual(finding.severity, "ok")
        self.assertIn("at most 6", finding.detail)
        for capacities in ("root:1", "root:4", "root:4,root.gpt.batch:4"):
            finding = self.channels(ODOO_QUEUE_JOB_CHANNELS=capacities)
            self.assertEqual(finding.severity, "warning", capacities)
        finding = self.channels(ODOO_QUEUE_JOB_CHANNELS="root:0")
        self.assertEqual(finding.severity, "error")
        self.env.ref("gpt_core.channel_gpt_batch").name = "renamed"
        finding = self.channels(ODOO_QUEUE_JOB_CHANNELS=room)
        self.assertEqual(finding.severity, "error")
        self.assertIn("root.gpt.batch", finding.detail)


@tagged("post_install", "-at_install")
class TestPreflightNetwork(PreflightCase):
    """Checks that ask the network, after the transaction."""

    def setUp(self):
        super().setUp()
        self.use_own_transactions()
        self.params.set_param("web.base.url", "http://127.0.0.1:9")

    def ask(self, user=None):
        """Return the page when the network has answered."""
        preflight = self.open(user)
        for probe in preflight._get_probes():
            self.assertEqual(self.found(preflight, probe).severity, "running")
        preflight.action_refresh()
        self.assertFalse(self.server.journal.entries(), "not in the transaction")
        self.env.flush_all()
        self.env.cr.postcommit.run()
        preflight.invalidate_recordset()
        self.env.invalidate_all()
        return preflight

    def provider_finding(self, name="Local", user=None):
        found = self.found(self.ask(user), "_probe_providers")
        return found.filtered(lambda finding: finding.name == name)

    def test_a_good_key(self):
        finding = self.provider_finding()
        self.assertEqual(finding.severity, "ok", finding.detail)
        self.assertTrue(self.server.journal.entries("/v1/models"))

    def test_bad_keys_and_addresses(self):
        for values, words in (
            ({"api_key": "wrong"}, "does not accept the API key"),
            ({"api_key": False}, "No API key is set"),
            ({"base_url": "http://127.0.0.1:9/v1"}, "cannot be reached"),
            ({"base_url": self.server.base_url[:-3]}, "ends in /v1"),
        ):
            with self.subTest(words):
                before = {name: self.provider[name] for name in values}
                self.provider.write(values)
                self.server.reset()
                finding = self.provider_finding()
                self.provider.write(before)
                self.assertEqual(finding.severity, "error")
                self.assertIn(words, finding.detail)
                self.assertEqual(finding.action_fix()["res_id"], self.provider.id)
                self.assertNotIn("sk-test", finding.detail)

    def test_the_default_model_is_not_offered(self):
        self.model.name = "gpt-4o-mega"
        self.params.set_param("gpt_core.model", "gpt-4o-mega")
        finding = self.provider_finding()
        self.assertEqual(finding.severity, "error")
        self.assertIn("gpt-4o-mega", finding.detail)

    def test_a_provider_that_nobody_asks(self):
        self.env["gpt.provider"].create(
            {
                "name": "Spare",
                "base_url": "http://127.0.0.1:9/v1",
                "authentication": "none",
            }
        )
        self.assertEqual(self.provider_finding("Spare").severity, "warning")

    def test_without_any_provider(self):
        self.env["gpt.provider"].search([]).active = False
        found = self.found(self.ask(), "_probe_providers")
        self.assertEqual(found.severity, "error")
        self.assertIn("There is none", found.detail)

    def test_a_manager_sees_no_key(self):
        self.provider.api_key = "wrong-but-secret"
        finding = self.provider_finding(user=self.manager)
        self.assertNotIn("secret", str(finding.read()))

    def test_live_connections(self):
        found = self.found(self.ask(), "_probe_websocket")
        self.assertEqual(found.severity, "info")
        self.assertIn("does not reach its own address", found.detail)
        self.server.reset()
        self.params.set_param("web.base.url", self.server.base_url[:-3])
        found = self.found(self.ask_again(), "_probe_websocket")
        self.assertEqual(found.severity, "error")
        self.assertIn("/websocket answers 4", found.detail)
        self.assertIn("location /websocket", found.command)

    def ask_again(self):
        preflight = self.open()
        preflight.action_refresh()
        self.env.flush_all()
        self.env.cr.postcommit.run()
        self.env.invalidate_all()
        return preflight
