# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain Python between a knowledge base and the tables of ``langchain-postgres``.

Nothing in this package imports Odoo.
"""
