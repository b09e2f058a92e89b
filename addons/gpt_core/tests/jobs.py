# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running the jobs that a test left, as the job runner does."""

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job


def perform(env, requests):
    """Run the jobs of ``requests`` that are still wanted, one after the other."""
    env.flush_all()
    for request in requests:
        job = Job.load(env, request.job_uuid)
        if job.state == "pending":
            try:
                job.perform()
            finally:
                env.invalidate_all()


def run_job(env, record):
    """Run one job; return the seconds until its next try, if it is put off."""
    # It reads on cursors of its own.
    env.flush_all()
    job = Job.load(env, record.uuid)
    try:
        job.perform()
    except RetryableJobError as error:
        return error.seconds
    finally:
        env.invalidate_all()
    job.set_done()
    job.store()
    return None
