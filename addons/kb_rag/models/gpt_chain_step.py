# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptChainStep(models.Model):
    _inherit = "gpt.chain.step"

    collection_ids = fields.Many2many(
        "gpt.kb.collection",
        string="Collections",
        gpt_setting=True,
        help="Where this step looks. Empty: as the chain says.",
    )
