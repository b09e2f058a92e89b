# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Work in a transaction of our own, in a clean environment."""

import logging
import time
import zlib
from contextlib import contextmanager
from functools import partial, wraps

import psycopg2

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ..compat import forget_cache
from ..engine.errors import GptError
from ..engine.processes.run_lock import run_lock

_logger = logging.getLogger(__name__)

BUSY_SECONDS = 10

# Seconds between the tries to reach a database that went away, a minute together. Less
# than Odoo allows a job, and longer than PostgreSQL takes to start again.
RECONNECT_WAITS = (1, 2, 4, 8, 15, 15, 15)
# Of PostgreSQL's codes: it shuts down or starts, or the connection broke.
_LOST = ("57P", "08")


def own_transaction(method):
    """Decorate a model's method that is to run in a transaction of its own.

    Whoever calls ``records.method(...)`` gets what it returns once that is committed.
    Within the method, ``self``, and each argument that is a recordset, are in the
    environment of :func:`in_own_transaction`, which says more.

    An override of such a method would run in the caller's transaction: what other
    addons extend is a plain method that this one calls.
    """

    @wraps(method)
    def in_transaction(self, *args, **kwargs):
        def rebound(value, env):
            return value.with_env(env) if isinstance(value, models.BaseModel) else value

        def work(env):
            return method(
                self.with_env(env),
                *(rebound(value, env) for value in args),
                **{name: rebound(value, env) for name, value in kwargs.items()},
            )

        return in_own_transaction(self.env, work)

    return in_transaction


def in_own_transaction(env, work, *args):
    """Return ``work(env, *args)``, run and committed on a cursor of its own.

    The environment is the superuser's with an empty context: a visitor controls the
    context of their request, and must not control what a job does. Work that loses
    against a concurrent transaction, or whose connection breaks, is done again, so it
    must have no other effects than those in the database. A connection that breaks
    while it commits may have committed: work that adds something up looks first.
    """
    waits = iter(RECONNECT_WAITS)
    while True:
        try:
            with env.registry.cursor() as cr:
                clean = api.Environment(cr, SUPERUSER_ID, {})
                return retrying(partial(work, clean, *args), clean)
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            wait = next(waits, None)
            if wait is None or not is_connection_lost(error):
                raise
            _logger.info("no database, tried again in %s s: %s", wait, error)
        time.sleep(wait)


def is_connection_lost(error):
    """Tell whether an error of psycopg2 says that there is no connection any more."""
    if isinstance(error, psycopg2.InterfaceError):
        return True  # "connection already closed"
    if not isinstance(error, psycopg2.OperationalError):
        return False
    # Without a code when nobody answers, or when the connection broke.
    return not error.pgcode or error.pgcode.startswith(_LOST)


@contextmanager
def run_alone(env):
    """Surround what a job does; a second run of the same job waits for the first.

    The queue gives a job out again when the lock by which it sees who is alive is gone,
    also when that was the database, and the first run still waits for its model.

    :raises RetryableJobError: when the job is being run
    """
    job_uuid = env.context.get("job_uuid")
    if not job_uuid:
        yield
        return
    with run_lock(env.cr.dbname, job_uuid) as is_alone:
        if not is_alone:
            raise RetryableJobError(
                "the job is still being run",
                seconds=BUSY_SECONDS,
                ignore_retry=True,
            )
        yield


@contextmanager
def one_at_a_time(env, *subject):
    """Give an environment in which nobody else works on the same ``subject`` now.

    It is as clean as that of :func:`in_own_transaction`, sees what everybody has
    committed by now, and is committed at the end of the block.
    """
    # pylint: disable=invalid-commit  # of a cursor of our own
    key = zlib.crc32(repr(subject).encode())
    with env.registry.cursor() as cr:
        cr.execute("SELECT pg_advisory_lock(%s)", [key])
        # Waiting took a snapshot; the block must see what was committed meanwhile.
        cr.commit()
        try:
            yield api.Environment(cr, SUPERUSER_ID, {})
            cr.commit()
        finally:
            cr.rollback()
            cr.execute("SELECT pg_advisory_unlock(%s)", [key])
            cr.commit()


class Attempt:
    """How :func:`best_effort` went: ``error`` is what it failed with, if it did."""

    error = None


@contextmanager
def best_effort(env, what):
    """Do our part of somebody's own work, which goes on without it when it fails.

    What the block did before it failed is undone. Conflicts with other transactions,
    and a lost connection, are raised: Odoo does the whole work again.

    :param what: what is done, for the log
    :return: the :class:`Attempt`
    """
    attempt = Attempt()
    # What is pending is not ours, and is not undone with it.
    env.flush_all()
    try:
        with env.cr.savepoint(flush=False):
            yield attempt
            env.flush_all()
    except psycopg2.OperationalError:
        raise
    except Exception as error:
        forget_cache(env)
        attempt.error = error
        if isinstance(error, UserError | GptError):
            _logger.info("%s: %s", what, error)
        else:
            _logger.exception("%s failed; what it is part of goes on", what)


def transaction_id(cr):
    """Return the number of the cursor's transaction, as ``txid_status()`` takes it."""
    cr.execute("SELECT txid_current()")
    return cr.fetchone()[0]


def transaction_status_sql(alias):
    """Return the SQL for what became of the transaction ``xid`` of a table's row.

    ``NULL`` for one that PostgreSQL does not know: it is long over, or the database
    was restored from a dump since.
    """
    return SQL(
        "CASE WHEN %(xid)s::bigint <= txid_current()"
        " THEN txid_status(%(xid)s::bigint) END",
        xid=SQL.identifier(alias, "xid"),
    )


def is_over_sql(alias):
    """Return the SQL for whether the transaction ``xid`` of a table's row is over.

    One that was committed since our own began is not: we do not see what it wrote.
    """
    return SQL(
        "(txid_visible_in_snapshot(%(xid)s::bigint, txid_current_snapshot())"
        " OR COALESCE(%(status)s, 'aborted') = 'aborted')",
        xid=SQL.identifier(alias, "xid"),
        status=transaction_status_sql(alias),
    )


def clean_superuser(records):
    """Return ``records`` in the superuser's environment with nothing but a language.

    What is enqueued from a visitor's request goes through this: ``queue_job`` obeys
    context keys, such as one that runs a job at once, in the web worker.
    """
    lang = records.env.context.get("lang")
    return records.with_env(
        records.env(
            user=SUPERUSER_ID,
            su=True,
            context={"lang": lang} if isinstance(lang, str) else {},
        )
    )
