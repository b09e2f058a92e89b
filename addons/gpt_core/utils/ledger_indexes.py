# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The indexes of the ledger's table that are of several columns, or of some rows."""

from odoo.tools import sql


def create_indexes(ledger, texts):
    """Create them where they are missing.

    :param ledger: the model ``gpt.request``
    :param texts: the columns that retention empties
    """
    texts_left = " OR ".join(f"{name} IS NOT NULL" for name in texts)
    for name, columns, where in (
        # Budgets sum the requests of a company since some moment before each request.
        ("company_date", ["company_id", "create_date"], ""),
        # What an employee sees, newest first.
        ("user", ["user_id", "id"], ""),
        # Pivot and graph of a chain; its budgets.
        ("chain_date", ["chain_id", "create_date"], ""),
        ("model_date", ["model_id", "create_date"], ""),
        # Failures are few, and looked for.
        ("failed", ["id"], "state = 'failed'"),
        # Texts that retention has not emptied yet.
        ("texts_left", ["create_date"], texts_left),
    ):
        sql.create_index(
            ledger.env.cr,
            f"gpt_request_{name}_index",
            ledger._table,
            columns,
            where=where,
        )
