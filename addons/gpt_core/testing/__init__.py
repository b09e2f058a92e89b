# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What tests of this addon, and of those that build on it, work with.

Nothing here imports Odoo: the packages are used within Odoo as
``odoo.addons.gpt_core.testing.…``, and without it with this folder on Python's path, as
``python -m openai_server``. No model of the addon imports them.
"""
