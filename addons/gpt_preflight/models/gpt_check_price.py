# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..utils.used_records import used_models


class GptCheckPrice(models.AbstractModel):
    """The models in use have prices, or else their cost counts as zero."""

    _name = "gpt.check.price"
    _inherit = "gpt.check"
    _description = "GPT Check: Prices"
    _check_sequence = 70

    def _title(self):
        return self.env._("Prices")

    def _findings(self):
        without = used_models(self.env).filtered(
            lambda model: (
                not model.price_input and model.provider_id.authentication != "none"
            )
        )
        without_rate = used_models(self.env).filtered(self._lacks_rate)
        if without_rate and not without:
            return [
                self._finding(
                    "warning",
                    self.env._(
                        "Prices in another currency have no exchange rate to USD, so "
                        "that the ledger takes them for USD: %(models)s.",
                        models=", ".join(without_rate.mapped("name")),
                    ),
                    self.env._("Enter the rates of that currency and of USD."),
                    action=self._open_all(without_rate.currency_id),
                )
            ]
        if not without:
            detail = self.env._("Every model in use has a price.")
            return [self._finding("ok", detail)]
        return [
            self._finding(
                "warning",
                self.env._(
                    "Models in use have no price, so that their cost counts as zero, "
                    "in budgets, too: %(models)s.",
                    models=", ".join(without.mapped("name")),
                ),
                self.env._("Type the prices, or press Update Prices in the list."),
                action=self._open_all(without),
            )
        ]

    def _lacks_rate(self, model):
        usd = self.env.ref("base.USD")
        is_other = model.currency_id != usd
        return is_other and model._ledger_rate(model.currency_id.id) == 1
