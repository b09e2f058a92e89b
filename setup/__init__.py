# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The development tool: ``python3 -m setup <command>``.

It needs the standard library only, finds or fetches what a running Odoo needs
(see ``setup/README.md``), and keeps its state in ``.run/`` of the clone and in the
user's cache folder.
"""
