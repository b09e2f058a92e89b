# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every part uses: the screen, other programs, paths, file locks, ports."""
