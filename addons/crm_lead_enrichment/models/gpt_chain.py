# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .gpt_lead_chain import CHAIN_CODE

# What decides which chain, and which version of it, enriches a company's leads.
_WHICH_CHAIN = {"published_version_id", "code", "active", "company_id"}


class GptChain(models.Model):
    _inherit = "gpt.chain"

    require_evidence = fields.Boolean(
        gpt_setting=True,
        help="For every value that fills a field, the model must also copy the passage "
        "that it rests on. A value without one is only shown as a suggestion.",
    )

    @api.model
    def _as_run(self, spec):
        from ..engine.settings import with_evidence

        return with_evidence(super()._as_run(spec))

    def _offered_values(self, record):
        if record._name != "crm.lead":
            return super()._offered_values(record)
        lead = record._gpt_localized()
        return lead.env["gpt.lead.reader"]._values(lead)

    def _filled_models(self):
        models_ = super()._filled_models()
        if self.code == CHAIN_CODE:
            models_.append(self.env["crm.lead"])
        return models_

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & _WHICH_CHAIN:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
