# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import config

from ..engine.job_channels import ROOT
from ..utils.job_capacity import (
    BATCH,
    INTERACTIVE,
    SPARE_WORKERS,
    configuration,
    current_capacities,
)

# A job has one connection all the time, and another one now and then.
CONNECTIONS_OF_A_JOB = 2
SPARE_CONNECTIONS = 8


class GptCheckWorker(models.AbstractModel):
    """How many jobs may wait for models, beside what else must go on."""

    _name = "gpt.check.worker"
    _inherit = "gpt.check"
    _description = "GPT Check: Jobs and Workers"
    _check_sequence = 30

    def _title(self):
        return self.env._("Jobs and workers")

    def _findings(self):
        capacities = current_capacities(self.env)
        room, workers = capacities[ROOT], config["workers"]
        ours = min(room, capacities.get("root.gpt", room))
        if INTERACTIVE in capacities and BATCH in capacities:
            ours = min(ours, capacities[INTERACTIVE] + capacities[BATCH])
        if workers and room > workers - SPARE_WORKERS:
            return [self._too_few_workers(room, workers, ours >= workers)]
        # Threads share the connections of their process; a worker has its own.
        needed = CONNECTIONS_OF_A_JOB * (1 if workers else room) + SPARE_CONNECTIONS
        if config["db_maxconn"] < needed:
            return [self._too_few_connections(room, needed)]
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
        return [self._finding("ok", detail)]

    def _too_few_workers(self, room, workers, is_blocked):
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
            detail,
            self.env._(
                "Set workers to %(wanted)s or more (a worker that waits takes memory, "
                "but no processor), or let fewer jobs run at once: %(fewer)s at most "
                "with these workers. Then start the server again.",
                wanted=room + SPARE_WORKERS,
                fewer=max(workers - SPARE_WORKERS, 1),
            ),
            configuration(self.env, room),
        )

    def _too_few_connections(self, room, needed):
        return self._finding(
            "warning",
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
