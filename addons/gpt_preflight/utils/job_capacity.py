# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many jobs may run at once, by the configuration and the database."""

import os

from odoo.tools import config

from odoo.addons.queue_job.jobrunner import queue_job_config

from ..engine.job_channels import configured_capacities

CONFIGURATION = """[options]
server_wide_modules = base,web,queue_job%(workers)s

[queue_job]
%(capacity)s"""
DEFAULT_CAPACITY = 8
# Workers that are left for the website and the backend while every job waits for a
# model.
SPARE_WORKERS = 2
INTERACTIVE, BATCH = "root.gpt.interactive", "root.gpt.batch"


def may_see_jobs(env):
    """Tell whether the user may open a job, or a channel of jobs."""
    return env["queue.job"].has_access("read")


def configuration(env, room=DEFAULT_CAPACITY):
    """Return the lines of a configuration file with which the job runner works.

    :param room: how many jobs are to run at once
    """
    wanted = room + SPARE_WORKERS
    has_too_few = 0 < config["workers"] < wanted
    if _channels_in_database(env):
        capacity = f"max_capacity = {room}"
    else:
        batch = max(room * 3 // 4, 1)
        capacity = f"channels = root:{room},{INTERACTIVE}:{room},{BATCH}:{batch}"
    return CONFIGURATION % {
        "workers": f"\nworkers = {wanted}" if has_too_few else "",
        "capacity": capacity,
    }


def _channels_in_database(env):
    """Tell whether this release of queue_job keeps capacities in the database."""
    return "capacity" in env["queue.job.channel"]._fields


def gpt_channels(env):
    """Return the channels of this project's jobs, by name."""
    # sudo: queue.job.channel - how the channels are set up
    channels = env["queue.job.channel"].sudo()
    found = channels.search([("complete_name", "=like", "root.gpt.%")])
    return {channel.complete_name: channel for channel in found}


def current_capacities(env):
    """Return the capacity of each channel that has one, by name."""
    capacities = configured_capacities(queue_job_config, os.environ)
    for name, channel in gpt_channels(env).items():
        if _channels_in_database(env) and channel.capacity:
            capacities[name] = channel.capacity
    return capacities
