# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Programs that talk to a running Odoo from outside: XML-RPC, a visitor's chat."""
