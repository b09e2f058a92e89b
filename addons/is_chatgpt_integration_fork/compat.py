# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything of this addon that differs between the series of Odoo."""

from odoo import release

V19 = release.version_info[0] >= 19


def groups_of(user):
    """Return the groups of a user, also those that they have by another one."""
    return user.all_group_ids if V19 else user.groups_id
