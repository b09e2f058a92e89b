# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class GptChain(models.Model):
    _inherit = "gpt.chain"

    deprecation_warning = fields.Text(compute="_compute_deprecation_warning")

    @api.depends("model_id", "fallback_model_id", "step_ids.model_id")
    def _compute_deprecation_warning(self):
        default = self.env["gpt.model"]._get_default()
        for chain in self:
            models_ = chain._draft_models()
            if chain._uses_default_model():
                models_ |= default
            chain.deprecation_warning = models_._deprecation_warnings()

    def _draft_models(self):
        """Return the models that the draft names."""
        return self.model_id | self.fallback_model_id | self.step_ids.model_id

    def _uses_default_model(self):
        """Tell whether a step of the draft asks the default model of the settings."""
        self.ensure_one()
        asking = self.step_ids.filtered(lambda step: step.kind != "retrieve")
        return not self.model_id and any(not step.model_id for step in asking)

    def _published_models(self):
        """Return the models that the published version of these chains asks."""
        # sudo: gpt.model - whichever models the chains name, whoever looks
        catalogue = self.env["gpt.model"].sudo()
        ids = set()
        for version in self.published_version_id:
            spec = version._spec()
            own = spec.model_id or catalogue._get_default(version.company_id).id
            ids.add(spec.fallback_model_id)
            ids |= {
                step.model_id or own for step in spec.steps if step.kind != "retrieve"
            }
        return catalogue.browse(sorted(filter(None, ids))).exists()
