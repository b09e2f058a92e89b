# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import config, format_datetime

from odoo.addons.gpt_core.utils.transaction import clean_superuser

from ..utils.job_capacity import configuration, may_see_jobs

# Seconds: a runner that is alive begins within a second or two.
TIMEOUT = 15
# Seconds: for so long, a job that ended says how it is now.
RECENT = 60
WAITING = ("pending", "enqueued", "started")
IDENTITY_KEY = "gpt_preflight.job_runner"


class GptCheckJobRunner(models.AbstractModel):
    """The job runner is alive: a job that does nothing really runs."""

    _name = "gpt.check.job.runner"
    _inherit = "gpt.check"
    _description = "GPT Check: Job Runner"
    _check_sequence = 10

    def _title(self):
        return self.env._("Job runner")

    def _prove_runner(self):
        """Do nothing, in a job: that it was done is the proof."""
        return True

    def _findings(self):
        job = self._last_proof() or self._enqueue_proof()
        if job.state == "done":
            detail = self.env._(
                "It runs: the last job was done on %(time)s.",
                time=format_datetime(self.env, job.date_done),
            )
            return [self._finding("ok", detail)]
        waited = _seconds_since(job.date_created)
        if job.state in WAITING and waited < TIMEOUT:
            detail = self.env._("A job that does nothing waits to be run.")
            return [self._finding("running", detail)]
        return [self._runner_problem(job, waited)]

    def _runner_problem(self, job, waited):
        detail = self.env._(
            "A job waits for %(seconds)s seconds, and nobody runs it. %(last)s",
            seconds=round(waited),
            last=self._last_job_text(),
        )
        if job.state == "failed":
            detail = self.env._(
                "A job that does nothing failed: %(error)s", error=job.exc_message or ""
            )
        fix = self.env._(
            "Without the job runner no question reaches a model. Let it start with the "
            "server: these lines belong into the server's configuration file; then "
            "start the server again."
        )
        if "queue_job" not in str(config["server_wide_modules"]):
            fix = self.env._("server_wide_modules lacks queue_job.") + " " + fix
        return self._finding(
            "error",
            detail,
            fix,
            configuration(self.env),
            self._open(job) if may_see_jobs(self.env) else None,
        )

    def _last_proof(self):
        """Return the job that proves the runner alive, unless it is an old one."""
        # sudo: queue.job - how the job of this check fares
        job = self.env["queue.job"].sudo()
        job = job.search(
            [("identity_key", "=", IDENTITY_KEY)], order="id desc", limit=1
        )
        ended = job.date_done or job.date_created
        if job.state in WAITING or (job and _seconds_since(ended) < RECENT):
            return job
        return job.browse()

    def _enqueue_proof(self):
        job = (
            clean_superuser(self)
            .with_delay(
                priority=0,
                identity_key=IDENTITY_KEY,
                description=self.env._("GPT: is the job runner alive?"),
            )
            ._prove_runner()
        )
        # sudo: queue.job - how the job of this check fares
        return self.env["queue.job"].sudo().search([("uuid", "=", job.uuid)])

    def _last_job_text(self):
        # sudo: queue.job - when the last one was done, not what it was
        last = self.env["queue.job"].sudo()
        last = last.search([("state", "=", "done")], order="id desc", limit=1)
        if not last:
            return self.env._("No job was ever run here.")
        return self.env._(
            "The last job was done on %(time)s.",
            time=format_datetime(self.env, last.date_done),
        )


def _seconds_since(moment):
    return (fields.Datetime.now() - moment).total_seconds()
