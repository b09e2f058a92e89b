# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.queue_job.job import Job

from ..models.gpt_check_job_runner import IDENTITY_KEY, RECENT, TIMEOUT
from .common import PreflightCase


@tagged("post_install", "-at_install")
class TestPreflightJob(PreflightCase):
    """The job runner's check: a job really runs, or does not."""

    def job(self):
        domain = [("identity_key", "=", IDENTITY_KEY)]
        return self.env["queue.job"].search(domain)

    def let_time_pass(self, seconds=TIMEOUT + 1):
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE queue_job SET date_created = date_created - %(time)s,
                   date_done = date_done - %(time)s WHERE uuid = %(uuid)s""",
            {"time": timedelta(seconds=seconds), "uuid": self.job().uuid},
        )
        self.job().invalidate_recordset()

    def test_a_job_that_runs(self):
        preflight = self.open()
        finding = self.found(preflight, "gpt.check.job.runner")
        self.assertEqual(finding.severity, "running")
        job = Job.load(self.env, self.job().uuid)
        self.assertEqual(job.channel, "root.gpt.interactive")
        self.assertEqual(job.args, ())
        job.perform()
        job.set_done()
        job.store()
        preflight.action_refresh()
        finding = self.found(preflight, "gpt.check.job.runner")
        self.assertEqual(finding.severity, "ok")
        self.assertIn("the last job was done on", finding.detail)

    def test_a_job_that_nobody_runs(self):
        preflight = self.open()
        self.let_time_pass()
        preflight.action_refresh()
        finding = self.found(preflight, "gpt.check.job.runner")
        self.assertEqual(finding.severity, "error")
        self.assertIn("No job was ever run here", finding.detail)
        self.assertIn("server_wide_modules", finding.command)
        self.assertEqual(finding.action_fix()["res_model"], "queue.job")
        again = self.open()
        self.assertEqual(len(self.job()), 1, "one job waits, not many")
        self.assertEqual(self.found(again, "gpt.check.job.runner").severity, "error")

    def test_a_job_that_fails(self):
        preflight = self.open()
        self.job().write({"state": "failed", "exc_message": "Boom"})
        preflight.action_refresh()
        finding = self.found(preflight, "gpt.check.job.runner")
        self.assertEqual(finding.severity, "error")
        self.assertIn("Boom", finding.detail)

    def test_an_old_proof_is_none(self):
        self.open()
        job = Job.load(self.env, self.job().uuid)
        job.perform()
        job.set_done()
        job.store()
        self.assertEqual(self.check("gpt.check.job.runner").severity, "ok")
        self.assertEqual(len(self.job()), 1, "it is a proof for a while")
        self.let_time_pass(RECENT + 1)
        self.assertEqual(self.check("gpt.check.job.runner").severity, "running")
        self.assertEqual(len(self.job()), 2)

    def test_a_manager_without_a_way_to_the_jobs(self):
        preflight = self.open(self.manager)
        self.let_time_pass()
        preflight.action_refresh()
        finding = self.found(preflight, "gpt.check.job.runner")
        self.assertEqual(finding.severity, "error")
        self.assertFalse(finding.has_action)

    def channels(self, **environ):
        with patch.dict("os.environ", environ):
            return self.check("gpt.check.job.channel")

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
