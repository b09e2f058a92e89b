# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptKbMove(models.TransientModel):
    """Asks where to take the vectors of a collection."""

    _name = "gpt.kb.move"
    _description = "Move a Collection"
    _inherit = ["gpt.link.mixin"]

    collection_id = fields.Many2one(
        "gpt.kb.collection", required=True, ondelete="cascade"
    )
    store_id = fields.Many2one(
        "gpt.kb.store", string="To", help="Empty: to Odoo's own database."
    )

    def action_move(self):
        self.ensure_one()
        self.collection_id.action_move(self.store_id.id)
        return {"type": "ir.actions.act_window_close"}
