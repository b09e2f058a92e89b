# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL with pgvector: a server that you name, else one of the clone's own."""
