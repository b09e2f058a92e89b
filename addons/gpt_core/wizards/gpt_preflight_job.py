# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os

from odoo import api, fields, models
from odoo.tools import config, format_datetime

from odoo.addons.queue_job.jobrunner import queue_job_config

from ..engine.job_channels import ROOT, configured_capacities
from ..utils.transaction import clean_superuser

# A runner that is alive begins within a second or two.
TIMEOUT = 15
CONFIGURATION = """[options]
server_wide_modules = base,web,queue_job%(workers)s

[queue_job]
%(capacity)s"""
DEFAULT_CAPACITY = 8
# Workers that are left for the website and the backend while every job waits for a
# model.
SPARE_WORKERS = 2
# A job has one connection all the time, and another one now and then.
CONNECTIONS_OF_A_JOB = 2
SPARE_CONNECTIONS = 8
INTERACTIVE, BATCH = "root.gpt.interactive", "root.gpt.batch"


class GptPreflight(models.TransientModel):
    """Checks of the job queue: a job really runs, and its channels leave room."""

    _inherit = "gpt.preflight"

    job_uuid = fields.Char()

    @api.model
    def _prove_runner(self):
        """Do nothing, in a job: that it was done is the proof."""
        return True

    def _check_job_runner(self):
        title = self.env._("Job runner")
        job = self._test_job()
        if job.state == "done":
            detail = self.env._(
                "It runs: the last job was done on %(time)s.",
                time=format_datetime(self.env, job.date_done),
            )
            return [self._finding("ok", title, detail)]
        waited = (fields.Datetime.now() - job.date_created).total_seconds()
        if job.state in ("pending", "enqueued", "started") and waited < TIMEOUT:
            detail = self.env._("A job that does nothing waits to be run.")
            return [self._finding("running", title, detail)]
        return [self._runner_problem(title, job, waited)]

    def _runner_problem(self, title, job, waited):
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
            title,
            detail,
            fix,
            self._configuration(),
            self._open(job) if self._may_see_jobs() else None,
        )

    def _test_job(self):
        """Return the job that proves the runner alive; it is enqueued if need be."""
        # sudo: queue.job - how the test job fares, and when the last one was done
        jobs = self.env["queue.job"].sudo()
        if not self.job_uuid:
            job = (
                clean_superuser(self.browse())
                .with_delay(
                    priority=0,
                    identity_key="gpt_core.preflight",
                    description=self.env._("GPT: is the job runner alive?"),
                )
                ._prove_runner()
            )
            self.job_uuid = job.uuid
        return jobs.search([("uuid", "=", self.job_uuid)], limit=1)

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

    def _may_see_jobs(self):
        return self.env["queue.job"].has_access("read")

    def _check_channels(self):
        title = self.env._("Job channels")
        capacities = self._capacities()
        room = capacities[ROOT]
        if room == 0:
            return [self._channel_problem("error", self._no_capacity(), None)]
        channels = self._gpt_channels()
        if missing := [n for n in (INTERACTIVE, BATCH) if n not in channels]:
            text = self.env._("The channel %(name)s is gone.", name=missing[0])
            fix = self.env._("Update the addon GPT Core: it creates its channels.")
            return [self._finding("error", title, text, fix)]
        if paused := [
            c for c in channels.values() if "paused" in c._fields and c.paused
        ]:
            text = self.env._("The channel %(name)s is paused.", name=paused[0].name)
            return [self._channel_problem("error", text, paused[0])]
        if room == 1 or capacities.get(BATCH, room) >= room:
            return [
                self._channel_problem("warning", self._no_room(room), channels[BATCH])
            ]
        detail = self.env._(
            "%(room)s jobs at once, at most %(batch)s of them where nobody waits.",
            room=room,
            batch=capacities[BATCH],
        )
        return [self._finding("ok", title, detail)]

    def _no_capacity(self):
        return self.env._("The job runner is switched off: its capacity is 0.")

    def _no_room(self, room):
        if room == 1:
            return self.env._(
                "One job runs at a time, so that a visitor waits until other work is "
                "done."
            )
        return self.env._(
            "Up to %(room)s jobs run at once, and work in the background may take "
            "every place: a visitor would wait.",
            room=room,
        )

    def _channel_problem(self, severity, detail, channel):
        return self._finding(
            severity,
            self.env._("Job channels"),
            detail,
            self.env._(
                "Give the job runner a capacity of a few jobs, and the channel "
                "root.gpt.batch less than all of it."
            ),
            self._configuration(),
            self._open(channel) if channel and self._may_see_jobs() else None,
        )

    def _configuration(self, room=DEFAULT_CAPACITY):
        """Return the lines of a configuration file with which the job runner works.

        :param room: how many jobs are to run at once
        """
        wanted = room + SPARE_WORKERS
        has_too_few = 0 < config["workers"] < wanted
        if self._channels_in_database():
            capacity = f"max_capacity = {room}"
        else:
            batch = max(room * 3 // 4, 1)
            capacity = f"channels = root:{room},{INTERACTIVE}:{room},{BATCH}:{batch}"
        return CONFIGURATION % {
            "workers": f"\nworkers = {wanted}" if has_too_few else "",
            "capacity": capacity,
        }

    def _check_workers(self):
        """Compare how many jobs may wait for models with what else must go on."""
        title = self.env._("Jobs and workers")
        capacities = self._capacities()
        room, workers = capacities[ROOT], config["workers"]
        ours = min(room, capacities.get("root.gpt", room))
        if INTERACTIVE in capacities and BATCH in capacities:
            ours = min(ours, capacities[INTERACTIVE] + capacities[BATCH])
        if workers and room > workers - SPARE_WORKERS:
            finding = self._too_few_workers(title, room, workers, ours >= workers)
            return [finding]
        # Threads share the connections of their process; a worker has its own.
        needed = CONNECTIONS_OF_A_JOB * (1 if workers else room) + SPARE_CONNECTIONS
        if config["db_maxconn"] < needed:
            return [self._too_few_connections(title, room, needed)]
        detail = self.env._(
            "Threads of one process run the jobs, %(room)s at once.", room=room
        )
        if workers:
            detail = self.env._(
                "%(room)s of %(workers)s workers may run jobs at once; the others "
                "serve people.",
                room=room,
                workers=workers,
            )
        return [self._finding("ok", title, detail)]

    def _too_few_workers(self, title, room, workers, is_blocked):
        if room >= workers:
            detail = self.env._(
                "Up to %(room)s jobs may run at once, and each holds one of the "
                "%(workers)s workers until its model has answered. When models are "
                "slow, none is left: the whole site answers nobody meanwhile.",
                room=room,
                workers=workers,
            )
        else:
            detail = self.env._(
                "Up to %(room)s jobs may run at once, and each holds one of the "
                "%(workers)s workers until its model has answered. When models are "
                "slow, one worker is left for the whole site.",
                room=room,
                workers=workers,
            )
        return self._finding(
            "error" if is_blocked else "warning",
            title,
            detail,
            self.env._(
                "Set workers to %(wanted)s or more (a worker that waits takes memory, "
                "but no processor), or let fewer jobs run at once: %(fewer)s at most "
                "with these workers. Then start the server again.",
                wanted=room + SPARE_WORKERS,
                fewer=max(workers - SPARE_WORKERS, 1),
            ),
            self._configuration(room),
        )

    def _too_few_connections(self, title, room, needed):
        return self._finding(
            "warning",
            title,
            self.env._(
                "Up to %(room)s jobs may run at once, but a process of the server has "
                "%(connections)s connections to the database at most: jobs and pages "
                "would fail for want of one.",
                room=room,
                connections=config["db_maxconn"],
            ),
            self.env._(
                "Raise db_maxconn in the server's configuration file, within what "
                "PostgreSQL's max_connections allows, or let fewer jobs run at once."
            ),
            f"[options]\ndb_maxconn = {needed}",
        )

    def _channels_in_database(self):
        """Tell whether this release of queue_job keeps capacities in the database."""
        return "capacity" in self.env["queue.job.channel"]._fields

    def _gpt_channels(self):
        # sudo: queue.job.channel - how the channels are set up
        channels = self.env["queue.job.channel"].sudo()
        found = channels.search([("complete_name", "=like", "root.gpt.%")])
        return {channel.complete_name: channel for channel in found}

    def _capacities(self):
        """Return the capacity of each channel that has one, by name."""
        capacities = configured_capacities(queue_job_config, os.environ)
        for name, channel in self._gpt_channels().items():
            if self._channels_in_database() and channel.capacity:
                capacities[name] = channel.capacity
        return capacities
