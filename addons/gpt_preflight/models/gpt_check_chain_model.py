# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptCheckChainModel(models.AbstractModel):
    """No published chain asks a model that is about to retire."""

    _name = "gpt.check.chain.model"
    _inherit = "gpt.check"
    _description = "GPT Check: Models of the Chains"
    _check_sequence = 50

    def _title(self):
        return self.env._("Models of the chains")

    def _findings(self):
        retiring = self.env["gpt.model"]
        warnings = []
        for chain in self.env["gpt.chain"].search([("active", "=", True)]):
            asked = chain.published_version_id._asked_models()
            warning = asked._deprecation_warnings()
            if warning:
                retiring |= asked.filtered("deprecation")
                warnings.append(f"{chain.name}: {warning}")
        if not retiring:
            detail = self.env._("No published chain asks a model about to retire.")
            return [self._finding("ok", detail)]
        return [
            self._finding(
                "warning",
                "\n".join(warnings),
                self.env._(
                    "Press “Switch the chains to another model” in the form of the "
                    "model: it shows what would change, and can be taken back."
                ),
                action=self._open_all(retiring.sudo(False)),
            )
        ]
