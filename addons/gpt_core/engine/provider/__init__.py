# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls to a provider: the HTTP client, the models, what fails and what it costs."""
