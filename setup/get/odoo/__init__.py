# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's source: yours, a clone of its repository, or Debian's package."""
