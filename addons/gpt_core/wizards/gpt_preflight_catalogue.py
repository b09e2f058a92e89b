# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models

# What was used within so many days counts as in use.
RECENT_DAYS = 30


class GptPreflight(models.TransientModel):
    """Checks of the catalogue: the default model, and prices."""

    _inherit = "gpt.preflight"

    def _check_default_model(self):
        title = self.env._("Default model")
        wanted = self.env["gpt.service"]._param("model")
        model = self.env["gpt.model"]._get_default()
        if not model:
            return [
                self._finding(
                    "error",
                    title,
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
                    title,
                    model.deprecation_warning,
                    self.env._("Choose another model in the settings."),
                    action=self._open_settings(),
                )
            ]
        detail = self.env._(
            "%(model)s of %(provider)s.",
            model=model.name,
            provider=model.provider_id.name,
        )
        return [self._finding("ok", title, detail)]

    def _check_prices(self):
        title = self.env._("Prices")
        without = self._used_models().filtered(
            lambda model: (
                not model.price_input and model.provider_id.authentication != "none"
            )
        )
        if not without:
            detail = self.env._("Every model in use has a price.")
            return [self._finding("ok", title, detail)]
        return [
            self._finding(
                "warning",
                title,
                self.env._(
                    "Models in use have no price, so that their cost counts as zero, "
                    "in budgets, too: %(models)s.",
                    models=", ".join(without.mapped("name")),
                ),
                self.env._("Type the prices, or press Update Prices in the list."),
                action=self._open_all(title, without),
            )
        ]

    def _used_models(self):
        """Return the models that are asked, or were asked of late."""
        since = fields.Datetime.now() - relativedelta(days=RECENT_DAYS)
        # sudo: gpt.request, gpt.chain - which models are used in any company
        asked = (
            self.env["gpt.request"]
            .sudo()
            ._read_group(
                [("create_date", ">=", since), ("model_id", "!=", False)], ["model_id"]
            )
        )
        published = (
            self.env["gpt.chain"]
            .sudo()
            .search([("active", "=", True)])
            .published_version_id._asked_models()
        )
        models_ = self.env["gpt.model"]._get_default() | published
        for (model,) in asked:
            models_ |= model
        return models_.sudo(False)
