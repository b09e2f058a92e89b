# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptKbStore(models.Model):
    _inherit = "gpt.kb.store"

    kind = fields.Selection(
        selection_add=[("qdrant", "Qdrant")],
        ondelete={"qdrant": lambda stores: stores._give_up()},
    )
    api_key = fields.Char(string="API Key", groups="base.group_system", copy=False)

    def _secrets(self):
        return [*super()._secrets(), *filter(None, [self.api_key])]

    def _open_backend(self, name, dimensions):
        if self.kind != "qdrant":
            return super()._open_backend(name, dimensions)
        from ..engine.qdrant_backend import QdrantBackend

        return QdrantBackend(self.location, name, dimensions, self.api_key or "")
