# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptPriceUpdateLine(models.TransientModel):
    """The old and the new prices of one model."""

    _name = "gpt.price.update.line"
    _description = "GPT Price Update Line"
    _inherit = ["gpt.link.mixin", "gpt.price.mixin"]
    _order = "id"

    update_id = fields.Many2one("gpt.price.update", required=True, ondelete="cascade")
    apply = fields.Boolean(string="Change")
    model_id = fields.Many2one(
        "gpt.model", required=True, readonly=True, ondelete="cascade"
    )
    price_source = fields.Selection(related="model_id.price_source", related_sudo=False)
    old_input = fields.Float(
        related="model_id.price_input", related_sudo=False, string="Input Now"
    )
    old_cached = fields.Float(
        related="model_id.price_cached", related_sudo=False, string="Cached Now"
    )
    old_output = fields.Float(
        related="model_id.price_output", related_sudo=False, string="Output Now"
    )
