# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptCheckDefaultModel(models.AbstractModel):
    """The default model: it exists, and is not about to retire."""

    _name = "gpt.check.default.model"
    _inherit = "gpt.check"
    _description = "GPT Check: Default Model"
    _check_sequence = 40

    def _title(self):
        return self.env._("Default model")

    def _findings(self):
        wanted = self.env["gpt.service"]._param("model")
        model = self.env["gpt.model"]._get_default()
        if not model:
            return [
                self._finding(
                    "error",
                    self.env._(
                        "The settings name %(model)s, which no provider here has.",
                        model=wanted or "-",
                    ),
                    self.env._("Choose a model in the settings."),
                    action=self._open_settings(),
                )
            ]
        if model.deprecation:
            return [
                self._finding(
                    "warning" if model.deprecation == "soon" else "error",
                    model.deprecation_warning,
                    self.env._(
                        "Press “Switch the chains to another model” in the form of the "
                        "model, or choose another one in the settings."
                    ),
                    action=self._open(model),
                )
            ]
        detail = self.env._(
            "%(model)s of %(provider)s.",
            model=model.name,
            provider=model.provider_id.name,
        )
        return [self._finding("ok", detail)]
