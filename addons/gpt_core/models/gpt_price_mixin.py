# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.provider.usage import Prices

PRICES = (
    "price_input", "price_cached", "price_output", "price_cache_write",
    "long_context_from", "price_long_input", "price_long_cached", "price_long_output",
    "price_long_cache_write",
)  # fmt: skip


class GptPriceMixin(models.AbstractModel):
    """What a million tokens cost, of usual prompts and of long ones."""

    _name = "gpt.price.mixin"
    _description = "GPT Prices"

    price_input = fields.Float(
        string="Input", digits=(16, 4), help="Price of a million tokens."
    )
    price_cached = fields.Float(string="Cached Input", digits=(16, 4))
    price_output = fields.Float(string="Output", digits=(16, 4))
    price_cache_write = fields.Float(
        string="Cache Write",
        digits=(16, 4),
        help="For input that the provider keeps for the next request. 0: as other "
        "input.",
    )
    long_context_from = fields.Integer(
        string="Long Prompts From",
        help="A request with more tokens of input than this is charged at the prices "
        "of long prompts. 0: the prices do not depend on the length.",
    )
    price_long_input = fields.Float(string="Input, Long Prompt", digits=(16, 4))
    price_long_cached = fields.Float(string="Cached Input, Long Prompt", digits=(16, 4))
    price_long_output = fields.Float(string="Output, Long Prompt", digits=(16, 4))
    price_long_cache_write = fields.Float(
        string="Cache Write, Long Prompt", digits=(16, 4)
    )

    @api.constrains(*PRICES)
    def _check_prices(self):
        for record in self:
            if min(record[name] for name in PRICES) < 0:
                raise ValidationError(self.env._("A price is 0 or more."))

    def _listed_prices(self):
        """Return the :class:`~..engine.provider.usage.Prices`, as they are listed."""
        long = Prices(
            self.price_long_input or self.price_input,
            self.price_long_cached,
            self.price_long_output or self.price_output,
            self.price_long_cache_write,
        )
        return Prices(
            self.price_input,
            self.price_cached,
            self.price_output,
            self.price_cache_write,
            self.long_context_from,
            long if self.long_context_from else None,
        )

    @api.model
    def _price_values(self, prices):
        """Return the fields that hold these prices."""
        long = prices.long or Prices()
        amounts = (
            prices.input,
            prices.cached,
            prices.output,
            prices.cache_write,
            prices.long_from if prices.long else 0,
            long.input,
            long.cached,
            long.output,
            long.cache_write,
        )
        return dict(zip(PRICES, amounts, strict=True))
