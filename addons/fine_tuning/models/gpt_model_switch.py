# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..engine.tuning.snapshots import with_model


class GptModelSwitch(models.Model):
    """A switch may be about its chains alone: no settings, no budgets, no others."""

    _inherit = "gpt.model.switch"

    chains_only = fields.Boolean(
        readonly=True,
        help="Only these chains get the other model, also where they ask the default "
        "one, which stays as it is.",
    )

    def _plan(self):
        changes = super()._plan()
        if not self.chains_only:
            return changes
        chains = self.chain_ids._origin
        own = {("gpt.chain", chain.id) for chain in chains}
        own |= {("gpt.chain.step", step.id) for step in chains.step_ids}
        changes = [change for change in changes if (change[0], change[1]) in own]
        if self.successor_id and self._is_default():
            changes += [
                [chain._name, chain.id, "model_id", False, self.successor_id._origin.id]
                for chain in chains
                if chain._uses_default_model()
            ]
        return changes

    def _new_snapshots(self):
        if not self.chains_only or not self.successor_id:
            return super()._new_snapshots()
        return {
            chain: self._switched(chain.published_version_id.snapshot)
            for chain in self.chain_ids._origin
            if self.model_id in chain.published_version_id._asked_models()
        }

    def _switched(self, snapshot):
        changed = super()._switched(snapshot)
        if self.chains_only and not changed.get("model_id") and self._is_default():
            changed = with_model(changed, self.model_id.id, self.successor_id.id)
        return changed
