# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain Python that turns a chain's specification into answers of a model.

Nothing in this package imports Odoo. Modules that need LangChain or pydantic are
imported by ``models/`` inside the functions that call a model, because a worker that
never calls one must not pay for them (44 MB and 1.4 s per worker).
"""
