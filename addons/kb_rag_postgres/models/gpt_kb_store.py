# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GptKbStore(models.Model):
    _inherit = "gpt.kb.store"

    kind = fields.Selection(
        selection_add=[("postgres", "PostgreSQL with pgvector")],
        ondelete={"postgres": lambda stores: stores._give_up()},
    )

    @api.constrains("kind", "location")
    def _check_postgres_location(self):
        for store in self:
            if (
                store.kind == "postgres"
                and store.location
                and not store.location.startswith("postgresql+psycopg://")
            ):
                raise ValidationError(
                    self.env._(
                        "The address of a PostgreSQL begins with postgresql+psycopg://."
                    )
                )

    def _open_backend(self, name, dimensions):
        if self.kind != "postgres":
            return super()._open_backend(name, dimensions)
        from ..engine.postgres_backend import PostgresBackend

        return PostgresBackend(self.location, name, dimensions)
