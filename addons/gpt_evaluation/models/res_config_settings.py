# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gpt_publish_gate = fields.Selection(
        selection=[
            ("warn", "Ask whether to publish anyway"),
            ("refuse", "Refuse"),
            ("ignore", "Publish without a word"),
        ],
        string="When a Draft Breaks a Case",
        default="warn",
        config_parameter="gpt_evaluation.publish_gate",
    )
