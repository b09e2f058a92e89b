# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gpt_provider_id = fields.Many2one(
        "gpt.provider",
        string="GPT Provider",
        config_parameter="gpt_core.provider_id",
    )
    gpt_model_id = fields.Many2one(
        "gpt.model",
        string="GPT Model",
        domain="[('kind', '=', 'chat'), ('provider_id', '=?', gpt_provider_id)]",
        help="What chains use that name no model of their own; also where a fine-tuned "
        "model is switched on.",
    )
    gpt_deprecation_warning = fields.Char(related="gpt_model_id.deprecation_warning")
    gpt_temperature = fields.Float(
        string="Temperature", digits=(3, 2), config_parameter="gpt_core.temperature"
    )
    gpt_max_tokens = fields.Integer(
        string="Longest Answer (tokens)", config_parameter="gpt_core.max_tokens"
    )
    gpt_retention_days = fields.Integer(
        string="Keep Texts (days)",
        config_parameter="gpt_core.retention_days",
        help="Afterwards only tokens, cost and errors remain in the ledger. "
        "0: forever.",
    )

    @api.model
    def get_values(self):
        return super().get_values() | {
            "gpt_model_id": self.env["gpt.model"]._get_default().id
        }

    def set_values(self):
        result = super().set_values()
        # The parameter holds a name, not an id: names survive a change of provider.
        self.env["ir.config_parameter"].set_param(
            "gpt_core.model", self.gpt_model_id.name or False
        )
        return result
