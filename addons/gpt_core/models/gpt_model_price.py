# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.provider.usage import Prices

PRICES = ("price_input", "price_cached", "price_output")


class GptModel(models.Model):
    """Where the prices of a model come from, and how they are kept up to date."""

    _inherit = "gpt.model"

    price_source = fields.Selection(
        selection=[
            ("shipped", "Shipped with the addon"),
            ("list", "Published price list"),
            ("manual", "Entered manually"),
        ],
        string="Prices From",
        readonly=True,
        help="What was entered manually is only replaced when you say so.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if any(vals.get(name) for name in PRICES):
                vals.setdefault("price_source", "manual")
        return super().create(vals_list)

    def write(self, vals):
        if "price_source" not in vals and vals.keys() & set(PRICES):
            vals = {**vals, "price_source": "manual"}
        return super().write(vals)

    def action_update_prices(self):
        """Show what a published price list says of these models; nothing changes yet.

        Without a selection, of the whole catalogue.
        """
        from ..engine.provider.price_list import PACKAGE, price_list_version

        if not price_list_version():
            raise UserError(
                self.env._(
                    "There is no price list on this server. Install the Python "
                    "package %(package)s there, or enter the prices.",
                    package=PACKAGE,
                )
            )
        chosen = self or self.search([("active", "=", True)])
        update = self.env["gpt.price.update"]._of(chosen)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Update Prices"),
            "res_model": update._name,
            "res_id": update.id,
            "view_mode": "form",
            "target": "new",
        }

    def _published_prices(self):
        """Return the published prices, ``None`` when nobody lists the model.

        :rtype: ~..engine.provider.usage.Prices
        """
        from ..engine.provider.price_list import published_prices

        self.ensure_one()
        return published_prices(self.provider_id.base_url, self.name)

    @api.model
    def _prices_of(self, model_ids):
        """Return the prices of these models, by id; of those that are still there."""
        known = {model_id: self._facts(model_id) for model_id in model_ids}
        return {model_id: facts.prices for model_id, facts in known.items() if facts}

    def _prices(self):
        """Return the :class:`~..engine.provider.usage.Prices` of a model."""
        self.ensure_one()
        return Prices(self.price_input, self.price_cached, self.price_output)
