# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Work in a transaction of our own, in a clean environment."""

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
