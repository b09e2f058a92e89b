# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL, sql

from .gpt_request_retention import TEXTS


class GptRequest(models.Model):
    """Figures of the ledger, and the indexes that keep them quick."""

    _inherit = "gpt.request"

    # Of one request it is its duration; of many, what 95 of 100 did not exceed.
    duration_p95 = fields.Integer(
        string="Duration, 95th percentile (ms)",
        related="duration_ms",
        store=True,
        precompute=True,
        aggregator="max",
    )
    duration_ms = fields.Integer(string="Duration, average (ms)")

    def init(self):
        result = super().init()
        for name, columns, where in (
            # What an employee sees, newest first.
            ("user", ["user_id", "id"], ""),
            # Pivot and graph of a chain; its budgets.
            ("chain_date", ["chain_id", "create_date"], ""),
            ("model_date", ["model_id", "create_date"], ""),
            # Failures are few, and looked for.
            ("failed", ["id"], "state = 'failed'"),
            # Texts that retention has not emptied yet.
            (
                "texts_left",
                ["create_date"],
                " OR ".join(f"{name} IS NOT NULL" for name in TEXTS),
            ),
        ):
            sql.create_index(
                self.env.cr,
                f"gpt_request_{name}_index",
                self._table,
                columns,
                where=where,
            )
        return result

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec.partition(":")[0] != "duration_p95":
            return super()._read_group_select(aggregate_spec, query)
        column = self._field_to_sql(self._table, "duration_p95", query)
        return SQL(
            "CAST(PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY %s) AS integer)", column
        )
