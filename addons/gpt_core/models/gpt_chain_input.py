# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GptChainInput(models.Model):
    """A value that whoever runs the chain hands in; prompts use it as ``{name}``."""

    _name = "gpt.chain.input"
    _description = "GPT Chain Input"
    _inherit = ["gpt.link.mixin", "gpt.chain.setting.mixin"]
    _order = "sequence, id"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", gpt_unversioned="its place"
    )
    sequence = fields.Integer(default=10, gpt_unversioned="the order is kept")
    name = fields.Char(required=True, gpt_setting=True)
    description = fields.Char(translate=True, gpt_unversioned="for people only")
    trusted = fields.Boolean(
        gpt_setting=True,
        help="Written by an administrator, not by a customer or a document: it may "
        "stand in the system prompt. Anything else is delimited, in the user prompt.",
    )
    max_chars = fields.Integer(
        string="Longest Value",
        default=20000,
        gpt_setting=True,
        help="Longer values are cut.",
    )

    @api.constrains("name", "chain_id")
    def _check_name(self):
        for chain in self.chain_id:
            chain.step_ids._check_names()
        for declared in self:
            if declared.max_chars < 1:
                raise ValidationError(self.env._("The longest value must be positive."))
