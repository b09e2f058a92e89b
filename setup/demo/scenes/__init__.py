# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the demo plays: a module for each scene, with a ``play(stage)``."""
