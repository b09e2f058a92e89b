# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.tuning.snapshots import main_model, with_model


class GptTuningVersions(models.AbstractModel):
    """A chain with other models than its own, to be tried, and which it has."""

    _name = "gpt.tuning.versions"
    _description = "GPT Chains With Other Models"

    @api.model
    def _snapshot(self, chain):
        """Return what runs: the version in use, or else the draft."""
        # sudo: gpt.chain.version - its settings, for whoever may read the chain
        version = chain.sudo().published_version_id
        return version.snapshot if version else chain._checked_snapshot()

    @api.model
    def _default_id(self, chain):
        company = chain.company_id or self.env.company
        return self.env["gpt.model"]._get_default(company).id or 0

    @api.model
    def _main_model(self, chain):
        """Return the model that gives the chain's answer."""
        model_id = main_model(self._snapshot(chain), self._default_id(chain))
        return self.env["gpt.model"].browse(model_id or ()).exists()

    @api.model
    def _with_model(self, chain, model):
        """Return a version of the chain, not published, in which a model answers."""
        chain.check_access("write")
        snapshot = with_model(self._snapshot(chain), self._default_id(chain), model.id)
        # sudo: gpt.chain.version - as for a draft that is tried
        versions = self.env["gpt.chain.version"].sudo()
        same = versions.search(
            [
                ("chain_id", "=", chain.id),
                ("fingerprint", "=", chain._fingerprint(snapshot)),
            ],
            limit=1,
        )
        version = same or versions.create(
            {
                "chain_id": chain.id,
                "snapshot": snapshot,
                "number": 0,
                "note": model.name,
            }
        )
        return version.sudo(self.env.su)
