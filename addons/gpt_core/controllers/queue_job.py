# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2

from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.text.storable import storable_text
from ..utils.transaction import is_connection_lost

# A database that was started again is there within a few seconds.
RETRY_SECONDS = 10


class GptRunJobController(RunJobController):
    """A job whose connection broke is run again, instead of failing for good.

    A model may work for a minute, during which PostgreSQL may be started again. What
    was done by then was committed on cursors of our own, and is found.

    Why a job fails can be kept, whatever characters it was told with.
    """

    @classmethod
    def _try_perform_job(cls, env, job):
        try:
            return super()._try_perform_job(env, job)
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            tries_left = not job.max_retries or job.retry < job.max_retries
            ours = (job.channel or "").startswith("root.gpt.")
            if not (ours and tries_left and is_connection_lost(error)):
                raise
            raise RetryableJobError(
                "the connection to the database was lost", seconds=RETRY_SECONDS
            ) from error

    @classmethod
    def _get_failure_values(cls, job, traceback_txt, orig_exception):
        values = super()._get_failure_values(job, traceback_txt, orig_exception)
        return {
            name: storable_text(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
