# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models

from ..models.gpt_price_mixin import PRICES


class GptPriceUpdate(models.TransientModel):
    """What a published price list says of models, before any price is changed."""

    _name = "gpt.price.update"
    _description = "GPT Price Update"

    list_version = fields.Char(string="Price List", readonly=True)
    line_ids = fields.One2many("gpt.price.update.line", "update_id", string="Changes")
    same_count = fields.Integer(string="Unchanged", readonly=True)
    unknown = fields.Char(string="Not in the List", readonly=True)

    @api.model
    def _of(self, chosen):
        """Return the update of these models' prices, to be looked at first."""
        from ..engine.provider.price_list import PACKAGE, price_list_version

        lines, unknown, same = [], [], 0
        for model in chosen:
            published = model._published_prices()
            if published is None:
                unknown.append(model.name)
                continue
            prices = model._price_values(published)
            is_usd = model.currency_id == self.env.ref("base.USD")
            if is_usd and all(
                abs(model[name] - price) < 5e-5 for name, price in prices.items()
            ):
                same += 1
                continue
            # What was entered manually is left alone unless the user says otherwise.
            values = {"model_id": model.id, "apply": model.price_source != "manual"}
            lines.append(Command.create(values | prices))
        return self.create(
            {
                "list_version": f"{PACKAGE} {price_list_version()}",
                "line_ids": lines,
                "same_count": same,
                "unknown": ", ".join(unknown),
            }
        )

    def action_apply(self):
        """Write the prices of the chosen lines."""
        self.ensure_one()
        chosen = self.line_ids.filtered("apply")
        usd = self.env.ref("base.USD")
        for line in chosen:
            prices = {name: line[name] for name in PRICES}
            # The list's prices are in USD, whatever those of the model were in.
            line.model_id.write(
                prices | {"price_source": "list", "currency_id": usd.id}
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The prices of %(count)s models were updated.", count=len(chosen)
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
