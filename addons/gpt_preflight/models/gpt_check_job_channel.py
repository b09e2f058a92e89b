# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine.job_channels import ROOT
from ..utils.job_capacity import (
    BATCH,
    INTERACTIVE,
    configuration,
    current_capacities,
    gpt_channels,
    may_see_jobs,
)


class GptCheckJobChannel(models.AbstractModel):
    """The channels of the jobs leave room for those that somebody waits for."""

    _name = "gpt.check.job.channel"
    _inherit = "gpt.check"
    _description = "GPT Check: Job Channels"
    _check_sequence = 20

    def _title(self):
        return self.env._("Job channels")

    def _findings(self):
        capacities = current_capacities(self.env)
        room = capacities[ROOT]
        if room == 0:
            return [self._channel_problem("error", self._no_capacity(), None)]
        channels = gpt_channels(self.env)
        if missing := [n for n in (INTERACTIVE, BATCH) if n not in channels]:
            text = self.env._("The channel %(name)s is gone.", name=missing[0])
            fix = self.env._("Update the addon GPT Core: it creates its channels.")
            return [self._finding("error", text, fix)]
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
        return [self._finding("ok", detail)]

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
            detail,
            self.env._(
                "Give the job runner a capacity of a few jobs, and the channel "
                "root.gpt.batch less than all of it."
            ),
            configuration(self.env),
            self._open(channel) if channel and may_see_jobs(self.env) else None,
        )
