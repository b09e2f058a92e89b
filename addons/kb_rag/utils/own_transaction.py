# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Phases of a job that have a transaction of their own."""

from odoo.addons.gpt_core.utils.transaction import in_own_transaction


def phase(method, record, *args):
    """Return ``method(record, *args)``, run and committed on a cursor of its own.

    The service of the method and the record are those of the new cursor's environment.

    :param method: a bound method of a service
    :param record: what it is about; empty when it is gone by then
    """
    service, name = method.__self__, method.__name__

    def work(env):
        bound = getattr(service.with_env(env), name)
        return bound(record.with_env(env).exists(), *args)

    return in_own_transaction(service.env, work)
