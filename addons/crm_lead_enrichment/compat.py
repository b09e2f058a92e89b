# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything of this addon that differs between the series of Odoo."""

from odoo import release

V19 = release.version_info[0] >= 19


def is_won(lead):
    """Tell whether a lead was won."""
    return lead.won_status == "won" if V19 else lead.probability == 100
