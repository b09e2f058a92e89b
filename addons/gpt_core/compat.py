# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything of this addon that differs between the series of Odoo."""

from odoo import api, release

V19 = release.version_info[0] >= 19


def forget_cache(env):
    """Forget what is in the cache, and pending, after a savepoint was rolled back.

    Whoever reads a field right now may be what we are called by. In 19.0 that one goes
    on with the dictionary that it has, which is emptied, not replaced.
    """
    transaction = env.transaction
    if not V19:
        transaction.clear()
        return
    transaction.field_dirty.clear()
    transaction.field_data_patches.clear()
    transaction.tocompute.clear()
    for field in list(transaction.field_data):
        field._invalidate_cache(env)


def users_of(group):
    """Return the users of a group, also those who have it by another one."""
    return group.all_user_ids if V19 else group.users


def returns_ids(model):
    """Decorate a public method so that a remote caller gets the ids of what it returns.

    19.0 does so for every method.
    """
    return (lambda method: method) if V19 else api.returns(model)
