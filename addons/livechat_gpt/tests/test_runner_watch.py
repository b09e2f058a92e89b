# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The job runner is down: the cron sees it, visitors and administrators are told."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .silence import SilenceCase

LOGGER = "odoo.addons.livechat_gpt.models.gpt_livechat_runner_watch"


@tagged("post_install", "-at_install")
class TestRunnerWatch(SilenceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "gpt_manager_of_jobs",
            groups="base.group_user,gpt_core.group_gpt_manager",
            company_ids=[Command.link(cls.env.company.id)],
        )

    def nobody_runs_jobs(self, seconds):
        """Let so many seconds pass in which no job is given out."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = date_created - %(t)s,"
            " eta = eta - %(t)s, date_enqueued = date_enqueued - %(t)s",
            {"t": timedelta(seconds=seconds)},
        )
        self.later(seconds)

    def told(self):
        """Return how often the manager was told."""
        self.env.flush_all()
        return self.env["mail.message"].search_count(
            [
                ("partner_ids", "in", self.manager.partner_id.ids),
                ("subject", "like", "job runner"),
            ]
        )

    @mute_logger(LOGGER)
    def test_down(self):
        self.visitor("¿Cuánto cuesta el envío?")
        self.nobody_runs_jobs(20)
        self.assertEqual(self.told(), 0)
        self.nobody_runs_jobs(60)
        self.assertEqual(self.told(), 1)
        self.assertIn("longer", self.answers(self.channel)[0], "the visitor is told")
        self.assertEqual(len(self.answers(self.channel)), 1)
        self.nobody_runs_jobs(60)
        self.assertEqual(self.told(), 1, "once")

    @mute_logger(LOGGER)
    def test_up_and_down_again(self):
        self.visitor("¿Cuánto cuesta el envío?")
        self.nobody_runs_jobs(80)
        self.model_says("150 pesos.")
        for job in self.jobs():
            self.run_job(job)
            job.write({"state": "done", "date_enqueued": fields.Datetime.now()})
        self.assertEqual(self.answers(self.channel)[-1], "150 pesos.")
        self.nobody_runs_jobs(60)
        self.visitor("¿Cuál es el horario?")
        self.nobody_runs_jobs(80)
        self.assertEqual(self.told(), 2)

    def test_busy(self):
        """Jobs that wait while others are given out are no sign of it."""
        self.visitor("¿Cuánto cuesta el envío?")
        self.visitor("¿Cuál es el horario?")
        job = self.jobs()[0]
        job.write({"state": "started", "date_enqueued": fields.Datetime.now()})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = date_created - interval '80 s',"
            " eta = eta - interval '80 s'"
        )
        self.env.invalidate_all()
        self.process_due()
        self.assertEqual(self.told(), 0)

    @mute_logger(LOGGER)
    def test_left_of_a_killed_server(self):
        """A job that was started, and that nobody runs, is no sign of life."""
        self.visitor("¿Cuánto cuesta el envío?")
        self.visitor("¿Cuál es el horario?")
        job = self.jobs()[0]
        job.write({"state": "started", "date_enqueued": fields.Datetime.now()})
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO queue_job_lock (id, queue_job_id) VALUES (%(id)s, %(id)s)",
            {"id": job.id},
        )
        self.nobody_runs_jobs(80)
        self.assertEqual(self.told(), 1)
