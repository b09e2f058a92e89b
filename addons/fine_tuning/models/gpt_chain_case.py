# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptChainCase(models.Model):
    """A case that keeps what a model answered that will not answer any more."""

    _inherit = "gpt.chain.case"

    golden_answer = fields.Text(
        readonly=True,
        copy=False,
        help="What the model answered that the chain had; compare others with it.",
    )
    golden_model = fields.Char(string="Answered By", readonly=True, copy=False)
    golden_digest = fields.Char(readonly=True, copy=False, index="btree_not_null")
