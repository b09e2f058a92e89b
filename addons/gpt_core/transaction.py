# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Work in a transaction of our own, in a clean environment."""

import zlib
from contextlib import contextmanager
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying


def in_own_transaction(env, work, *args):
    """Return ``work(env, *args)``, run and committed on a cursor of its own.

    The environment is the superuser's with an empty context: a visitor controls the
    context of his request, and must not control what a job does. Work that loses
    against a concurrent transaction is done again, so it must have no other effects
    than those in the database.
    """
    with env.registry.cursor() as cr:
        clean = api.Environment(cr, SUPERUSER_ID, {})
        return retrying(partial(work, clean, *args), clean)


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


def transaction_id(cr):
    """Return the number of the cursor's transaction, as ``txid_status()`` takes it."""
    cr.execute("SELECT txid_current()")
    return cr.fetchone()[0]


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
