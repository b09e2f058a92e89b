# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unique columns, declared in the one way that both series of Odoo accept."""

from odoo.tools import sql


def add_unique_constraint(model, *columns):
    """Make ``columns`` of ``model`` unique; to be called by its ``init()``.

    It is checked at the end of a transaction, so that the model's own constraint comes
    first, with a message that people understand. This one is for two transactions at
    once, which do not see each other.
    """
    name = f"{model._table}_{'_'.join(columns)}_unique"
    definition = f"UNIQUE ({', '.join(columns)}) DEFERRABLE INITIALLY DEFERRED"
    if sql.constraint_definition(model.env.cr, model._table, name) is None:
        sql.add_constraint(model.env.cr, model._table, name, definition)
