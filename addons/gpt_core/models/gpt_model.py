# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..engine.provider.usage import Prices
from ..utils.unique import add_unique_constraint
from .gpt_price_mixin import PRICES

# Days before a model is switched off from which forms warn.
SOON = 90


class ModelFacts(NamedTuple):
    """What each request needs to know of a model."""

    name: str
    provider_id: int
    supports_temperature: bool
    prices: Prices
    currency_id: int
    structured_output: str
    limit_name: str
    reasoning_effort: str
    reasoning_tokens: int


class GptModel(models.Model):
    """The catalogue: what a model can do, what it costs, how long it will live."""

    _name = "gpt.model"
    _description = "GPT Model"
    _inherit = [
        "gpt.cached.mixin", "gpt.link.mixin", "gpt.price.mixin", "gpt.capability.mixin"
    ]  # fmt: skip
    _order = "kind, sequence, name"

    name = fields.Char(required=True, help="The name that the provider knows.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=[("chat", "Chat"), ("embedding", "Embedding")],
        default="chat",
        required=True,
    )
    provider_id = fields.Many2one(
        "gpt.provider", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="provider_id.company_id", store=True)
    context_window = fields.Integer(help="Tokens of input and output together.")
    max_output_tokens = fields.Integer(
        string="Longest Answer", help="Tokens that one answer may have."
    )
    dimensions = fields.Integer(help="Length of an embedding.")
    query_prefix = fields.Char(
        trim=False,
        help="What an embedding model wants before a question, such as “query: ” for "
        "the e5 models.",
    )
    passage_prefix = fields.Char(
        trim=False,
        help="What an embedding model wants before a text that may answer, such as "
        "“passage: ”.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    price_training = fields.Float(string="Training", digits=(16, 4))
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
    retires_on = fields.Date(help="The day on which the provider switches it off.")
    replaced_by_id = fields.Many2one("gpt.model", help="What the provider suggests.")
    deprecation = fields.Selection(
        selection=[("soon", "Retires soon"), ("past", "Retired")],
        compute="_compute_deprecation",
    )
    deprecation_warning = fields.Char(compute="_compute_deprecation")

    def init(self):
        add_unique_constraint(self, "provider_id", "name")

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

    @api.depends("provider_id.currency_id")
    def _compute_currency_id(self):
        for model in self:
            model.currency_id = model.provider_id.currency_id

    @api.constrains("provider_id", "name")
    def _check_unique_name(self):
        counted = self.with_context(active_test=False)._read_group(
            [
                ("provider_id", "in", self.provider_id.ids),
                ("name", "in", self.mapped("name")),
            ],
            ["provider_id", "name"],
            ["__count"],
        )
        twins = {(provider, name) for provider, name, count in counted if count > 1}
        for model in self:
            if (model.provider_id, model.name) in twins:
                raise ValidationError(
                    self.env._(
                        "%(provider)s has a model %(name)s already.",
                        provider=model.provider_id.name,
                        name=model.name,
                    )
                )

    @api.constrains("price_training")
    def _check_price_training(self):
        if any(model.price_training < 0 for model in self):
            raise ValidationError(self.env._("A price is 0 or more."))

    @api.depends("name", "provider_id.name")
    @api.depends_context("show_provider")
    def _compute_display_name(self):
        for model in self:
            model.display_name = (
                f"{model.name} ({model.provider_id.name})"
                if self.env.context.get("show_provider")
                else model.name
            )

    @api.depends("name", "retires_on", "replaced_by_id.name")
    def _compute_deprecation(self):
        today = fields.Date.context_today(self)
        for model in self:
            days = (model.retires_on - today).days if model.retires_on else None
            if days is None or days > SOON:
                model.deprecation = model.deprecation_warning = False
            else:
                model.deprecation = "soon" if days > 0 else "past"
                model.deprecation_warning = model._deprecation_text(days)

    def _deprecation_text(self, days):
        day = format_date(self.env, self.retires_on)
        if days > 0:
            text = self.env._(
                "%(model)s is switched off on %(day)s, in %(days)s days.",
                model=self.name,
                day=day,
                days=days,
            )
        else:
            text = self.env._(
                "%(model)s was switched off on %(day)s.", model=self.name, day=day
            )
        if self.replaced_by_id:
            text += " " + self.env._(
                "Its provider suggests %(model)s instead.",
                model=self.replaced_by_id.name,
            )
        return text

    def _deprecation_warnings(self):
        """Return what there is to warn of in these models, a line each, or False."""
        warnings = self.filtered("deprecation").mapped("deprecation_warning")
        return "\n".join(warnings) or False

    def action_switch(self):
        """Show what would change if the successor did the work of this model."""
        self.ensure_one()
        return self.env["gpt.model.switch"]._open_for(self)

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

    def _complete_from(self, served):
        """Fill in what was empty from what the provider and the price list say.

        :param served: a :class:`~..engine.provider.served_model.ServedModel`
        :return: whether something changed
        """
        self.ensure_one()
        offered = self.provider_id._prepare_model(served)
        values = {
            name: offered[name]
            for name in ("context_window", "max_output_tokens")
            if offered.get(name) and not self[name]
        }
        # Others are compared by Update Prices, which shows them first.
        if not (self.price_source or self.price_input) and "price_source" in offered:
            priced = (*PRICES, "price_source", "currency_id")
            values |= {name: offered[name] for name in priced if name in offered}
        if served.retires_on and served.retires_on != self.retires_on:
            values["retires_on"] = served.retires_on
        if values:
            self.write(values)
        return bool(values)

    @api.model
    def _prices_of(self, model_ids):
        """Return the prices of these models, by id; of those that are still there.

        They are in the ledger's currency, USD, at today's rate: what is added up, in
        budgets, too, is of one currency.
        """
        known = {model_id: self._facts(model_id) for model_id in model_ids}
        return {
            model_id: facts.prices.converted(self._ledger_rate(facts.currency_id))
            for model_id, facts in known.items()
            if facts
        }

    def _prices(self):
        """Return the :class:`~..engine.provider.usage.Prices` of a model, in USD."""
        self.ensure_one()
        return self._prices_of(self.ids)[self.id]

    @api.model
    def _ledger_rate(self, currency_id):
        """Return what one of a currency is in the ledger's, by Odoo's rates."""
        ledger_id = self.env["ir.model.data"]._xmlid_to_res_id("base.USD")
        if currency_id == ledger_id:
            return 1.0
        # sudo: res.currency - rates are no secret, whoever asks the model
        currency = self.env["res.currency"].sudo().browse(currency_id)
        return currency._get_conversion_rate(currency, currency.browse(ledger_id))

    @api.model
    @tools.ormcache("model_id")
    def _facts(self, model_id):
        """Return the :class:`ModelFacts` of a model, ``None`` when it is gone."""
        # sudo: gpt.model - they are remembered for all, whoever asks first
        model = self.sudo().browse(model_id).exists()
        if not model:
            return None
        return ModelFacts(
            model.name,
            model.provider_id.id,
            model.supports_temperature,
            model._listed_prices(),
            model.currency_id.id,
            model.structured_output,
            model.limit_name,
            model.reasoning_effort or "",
            model.reasoning_tokens,
        )

    @api.model
    def _known(self, model_id):
        """Return the model of that id, empty when it is gone."""
        return self.browse(model_id if model_id and self._facts(model_id) else ())

    def _get_chat_model(self, *, temperature=None, max_tokens=0):
        """Return LangChain's ``BaseChatModel`` for this model."""
        self.ensure_one()
        facts = self._facts(self.id)
        provider = self.env["gpt.provider"].browse(facts.provider_id)
        effort = {}
        if facts.reasoning_effort:
            effort["reasoning_effort"] = facts.reasoning_effort
        return provider._get_chat_model(
            facts.name,
            temperature=temperature if facts.supports_temperature else None,
            max_tokens=self._longest_answer(max_tokens),
            **effort,
        )

    @api.model
    def _get_default(self, company=None):
        """Return the chat model that the settings name; empty when there is none.

        The parameter ``gpt_core.model`` holds the *name*, so that switching on a tuned
        model, or moving to another provider, is one change.
        """
        company = company or self.env.company
        # sudo: ir.config_parameter - users run chains, administrators set defaults
        params = self.env["ir.config_parameter"].sudo()
        name = params.get_param("gpt_core.model")
        provider_id = int(params.get_param("gpt_core.provider_id") or 0)
        # sudo: gpt.model - the same for users without access to other companies'
        return self.sudo().browse(self._default_ids(company.id, name, provider_id))

    @api.model
    @tools.ormcache("company_id", "name", "provider_id")
    def _default_ids(self, company_id, name, provider_id):
        """Return the id of the model that these settings mean, as a tuple.

        :param provider_id: of the provider to prefer where several have the name
        """
        # sudo: gpt.model - as in _get_default()
        models_ = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                [
                    ("kind", "=", "chat"),
                    ("company_id", "in", [False, company_id]),
                    ("provider_id.active", "=", True),
                    *([("name", "=", name)] if name else []),
                ]
            )
        )
        preferred = models_.filtered(lambda model: model.provider_id.id == provider_id)
        return (preferred or models_)[:1]._ids
