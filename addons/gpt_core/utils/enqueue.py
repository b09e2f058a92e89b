# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Enqueue a job for what was just written, so that it is run in any case.

``queue_job`` makes no job where it is told so: then the work is done by whoever called
it, inside a transaction that nobody else sees into. Our work opens transactions of its
own and would find nothing of what it is about, so it is done as soon as the caller's
transaction is committed.
"""

import logging

from odoo import api

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.utils import must_run_without_delay

_logger = logging.getLogger(__name__)

# Without jobs nothing is waited for: a passing fault is tried again so often.
TRIES = 5


def delayed(records, **options):
    """Return ``records``, to enqueue a job that calls a method of theirs.

    Example::

        delayed(clean_superuser(run), identity_key=f"run-{run.id}")._run_job()

    :param options: those of ``queue_job``'s ``with_delay``
    """
    if must_run_without_delay(records.env):
        return _AfterCommit(records)
    return records.with_delay(**options)


class _AfterCommit:
    """Calls a method of records once their transaction is committed."""

    #: There is no job.
    uuid = False

    def __init__(self, records):
        self._records = records

    def __getattr__(self, method):
        def call(*args, **kwargs):
            def run():
                _run_now(self._records, method, args, kwargs)

            self._records.env.cr.postcommit.add(run)
            return self

        return call


def _run_now(records, method, args, kwargs):
    """Do what a job would do, in a transaction of its own."""
    env = records.env
    for _try in range(TRIES):
        try:
            with env.registry.cursor() as cr:
                own = api.Environment(cr, env.uid, env.context, env.su)
                getattr(records.with_env(own), method)(*args, **kwargs)
                return
        except RetryableJobError:
            continue
        except Exception:  # what was committed stays, as when a job fails
            _logger.exception("%s.%s failed", records._name, method)
            return
