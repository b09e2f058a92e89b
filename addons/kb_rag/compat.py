# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything of this addon that differs between the series of Odoo."""

from odoo import release

V19 = release.version_info[0] >= 19


def group_ids(user):
    """Return the ids of all groups that a user is in, directly or by implication."""
    return (user.all_group_ids if V19 else user.groups_id).ids
