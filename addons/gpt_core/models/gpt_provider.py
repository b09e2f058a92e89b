# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..engine.errors import GptError
from ..engine.provider.deadline import longest

# How fields are asked for, by whether the provider says that a model gives them; a
# server that takes neither is asked in the next way.
_STRUCTURED_OUTPUT = {True: "schema", False: "json", None: None}


class GptProvider(models.Model):
    """An endpoint that serves models, and the key to it."""

    _name = "gpt.provider"
    _description = "GPT Provider"
    _inherit = ["gpt.cached.mixin", "gpt.link.mixin", "gpt.network.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=[("openai", "OpenAI or compatible")],
        default="openai",
        required=True,
    )
    base_url = fields.Char(
        string="Base URL",
        help="Address of the API, up to and including /v1. Empty: OpenAI's own. "
        "Azure: https://RESOURCE.openai.azure.com/openai/v1, or the classic "
        "https://RESOURCE.openai.azure.com/openai/deployments?api-version=…, Ollama: "
        "http://localhost:11434/v1. vLLM, LiteLLM and others give theirs in their "
        "manuals.",
    )
    protocol = fields.Selection(
        selection=[
            ("responses", "Responses"),
            ("chat", "Chat Completions"),
        ],
        default="responses",
        required=True,
        help="Choose Chat Completions for servers that have no /responses.",
    )
    authentication = fields.Selection(
        selection=[
            ("bearer", "API key"),
            ("api_key", "API key, in the header api-key as well (Azure)"),
            ("none", "None: a server of your own, such as Ollama"),
        ],
        default="bearer",
        required=True,
    )
    # The key is for whoever administers the system; the ORM hides it from the rest.
    api_key = fields.Char(string="API Key", groups="base.group_system", copy=False)
    has_api_key = fields.Boolean(
        string="Key Set", compute="_compute_has_api_key", compute_sudo=True
    )
    is_ready = fields.Boolean(
        string="Ready",
        compute="_compute_has_api_key",
        compute_sudo=True,
        help="It has a key, or needs none.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        string="Price Currency",
        required=True,
        default=lambda self: self.env.ref("base.USD", raise_if_not_found=False),
        help="Of the prices of its models. The ledger and the budgets convert them to "
        "USD by Odoo's rates.",
    )
    # Together they must stay below what Odoo allows a job by default, 120 seconds.
    timeout = fields.Float(
        default=50.0,
        help="Seconds after which a call is given up, whatever has come by then.",
    )
    max_retries = fields.Integer(
        default=1,
        help="How often a failed call is tried again at once. A short waiting time "
        "that the provider asks for is respected; after a longer one, a job asks "
        "again. Each call that took too long may have to be paid for.",
    )
    company_id = fields.Many2one(
        "res.company", help="Empty: every company may use this provider."
    )
    model_ids = fields.One2many("gpt.model", "provider_id", string="Models")

    @api.depends("api_key", "authentication")
    def _compute_has_api_key(self):
        for provider in self:
            provider.has_api_key = bool(provider.api_key)
            provider.is_ready = (
                provider.has_api_key or provider.authentication == "none"
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_plain_key(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_plain_key(vals))

    @api.model
    def _with_plain_key(self, vals):
        """Return ``vals`` without what is around a key that was copied from somewhere.

        A line break would be refused by the HTTP client, which shows the header.
        """
        key = vals.get("api_key")
        return {**vals, "api_key": key.strip()} if isinstance(key, str) else vals

    @api.constrains("api_key")
    def _check_api_key(self):
        # sudo: gpt.provider - whoever writes a key may be unable to read it
        for provider in self.sudo():
            key = provider.api_key or ""
            if not (key.isascii() and key.isprintable()) or " " in key:
                raise ValidationError(
                    self.env._(
                        "An API key consists of letters, digits and signs without "
                        "accents, and has no spaces. Copy it once more."
                    )
                )

    @api.constrains("base_url")
    def _check_base_url(self):
        for provider in self:
            url = provider.base_url
            if url and not url.startswith(("http://", "https://")):
                raise ValidationError(
                    self.env._(
                        "The base URL must start with http:// or https://, for "
                        "example https://api.openai.com/v1."
                    )
                )

    @api.constrains("timeout", "max_retries")
    def _check_timeout(self):
        for provider in self:
            if provider.timeout <= 0 or provider.max_retries < 0:
                raise ValidationError(
                    self.env._("The timeout must be positive, the retries 0 or more.")
                )

    def action_test_connection(self):
        """Ask the provider for its models, and say whether it let us."""
        self.ensure_one()
        served = self._ask_for_models()
        self._check_protocol()
        message = self.env._("Connected: %(count)s models.", count=len(served))
        tried = self._model_to_try({model.name for model in served})
        if tried:
            message = f"{message}\n{self._try_fields(tried)}"
        return self._notify(message)

    def _model_to_try(self, served):
        """Return a chat model of this provider, the default one if it is its own."""
        models_ = self.model_ids.filtered(
            lambda model: model.kind == "chat" and model.name in served
        )
        return (models_ & self.env["gpt.model"]._get_default()) or models_[:1]

    def _try_fields(self, model):
        """Ask a model for fields, as chains do; keep and say which way it takes.

        A server may have an API and ignore what it is asked for there.
        """
        from ..engine.chain.field_trial import try_fields

        protocols = dict(self._fields["protocol"]._description_selection(self.env))
        found = error = None
        for protocol in (self.protocol, *(set(protocols) - {self.protocol})):
            try:
                got = try_fields(self._trial_chat(model, protocol))
            except GptError as raised:
                error = error or raised
                continue
            if found is None or got.rank < found[1].rank:
                found = (protocol, got)
            if got.rank == 0:
                break
        if not found:
            return self.env._(
                "%(model)s gave no fields in any way: %(reason)s",
                model=model.name,
                reason=self._explain(error),
            )
        protocol, got = found
        if protocol != self.protocol:
            self.protocol = protocol
        self.env["gpt.model"]._learn({model.id: got})
        ways = dict(model._fields["structured_output"]._description_selection(self.env))
        return self.env._(
            "%(model)s gives fields over %(protocol)s. Way: %(way)s.",
            model=model.name,
            protocol=protocols[protocol],
            way=ways[got.way],
        )

    def _trial_chat(self, model, protocol):
        """Return LangChain's model for a trial over one of the two APIs."""
        from ..engine.provider.chat_model import make_chat_model

        endpoint = replace(self._endpoint(), protocol=protocol)
        return make_chat_model(endpoint, model.name, max_tokens=2000)

    def action_fetch_models(self):
        """Have a job add the provider's models that the catalogue does not have yet."""
        self.ensure_one()
        served = self._ask_for_models()
        return self.env["gpt.model.fetch"]._start(self, served)

    def action_update_prices(self):
        """Compare the prices of this provider's models with the published ones."""
        return self.model_ids.action_update_prices()

    def _prepare_model(self, served):
        """Return the values of a model that was not in the catalogue yet.

        :param served: a :class:`~..engine.provider.served_model.ServedModel`
        """
        told = {
            "supports_temperature": served.takes_temperature,
            "structured_output": _STRUCTURED_OUTPUT[served.gives_structure],
        }
        values = {
            "name": served.name,
            "provider_id": self.id,
            "kind": served.kind,
            "retires_on": served.retires_on,
            "max_output_tokens": served.max_output_tokens,
            **{name: value for name, value in told.items() if value is not None},
            **self._listed_values(served.name),
        }
        if served.context_window:
            # What the endpoint says of itself holds, whatever is published.
            values["context_window"] = served.context_window
        return values

    def _listed_values(self, name):
        """Return what the published list says of a model; nothing without a list."""
        from ..engine.provider import price_list

        if not price_list.price_list_version():
            return {}
        values = {
            "context_window": price_list.listed_context(self.base_url, name),
        }
        prices = price_list.published_prices(self.base_url, name)
        if prices and (prices.input or prices.output):
            values |= self.env["gpt.model"]._price_values(prices)
            values["price_source"] = "list"
            # The list is in dollars, whatever the provider's other prices are in.
            values["currency_id"] = self.env.ref("base.USD").id
        return {key: value for key, value in values.items() if value}

    def _ask_for_models(self):
        # The key is used for whoever may see the provider, and for nobody else.
        self.check_access("read")
        try:
            return self._list_models()
        except GptError as error:
            raise UserError(self._explain(error)) from error

    def _check_protocol(self):
        try:
            found = self._has_protocol()
        except GptError as error:
            raise UserError(self._explain(error)) from error
        if not found:
            raise UserError(self._protocol_advice())

    def _longest_call(self):
        """Return the seconds that one call may take, further tries included."""
        self.ensure_one()
        return longest(self.timeout, self.max_retries)

    def _endpoint(self):
        """Return the :class:`~..engine.provider.chat_model.Endpoint` of this provider.

        :raises GptError: ``not_configured`` when there is no key
        """
        self.ensure_one()
        endpoint = self._known_endpoint()
        if endpoint is None:
            # sudo: gpt.provider - its name, for users who cannot read it
            raise GptError("not_configured", self.sudo().name)
        return endpoint

    @tools.ormcache("self.id")
    def _known_endpoint(self):
        """Return the :meth:`_endpoint`, ``None`` without a key; each request asks."""
        from ..engine.provider.chat_model import NO_KEY, Endpoint

        # sudo: gpt.provider - the key is used on behalf of users who cannot read it
        provider = self.sudo()
        if not provider.is_ready:
            return None
        return Endpoint(
            api_key=provider.api_key or NO_KEY,
            key_header="api-key" if provider.authentication == "api_key" else "",
            base_url=provider.base_url or None,
            protocol=provider.protocol,
            timeout=provider.timeout,
            max_retries=provider.max_retries,
            headers=provider._header_pairs(),
            proxy=provider.proxy or "",
            ca_bundle=provider.ca_bundle or "",
        )

    def _get_chat_model(
        self, name, *, temperature=None, max_tokens=0, reasoning_effort=""
    ):
        """Return LangChain's ``BaseChatModel`` for the model ``name``.

        An addon with another kind of provider answers for its own kind, else calls
        ``super()``.
        """
        from ..engine.provider.chat_model import make_chat_model

        return make_chat_model(
            self._endpoint(),
            name,
            temperature=temperature,
            max_tokens=max_tokens,
            reasoning_effort=reasoning_effort,
        )

    def _get_embeddings(self, name, *, dimensions=0):
        """Return LangChain's ``Embeddings`` for the model ``name``; same rule."""
        from ..engine.provider.chat_model import make_embeddings

        return make_embeddings(self._endpoint(), name, dimensions)

    def _list_models(self):
        """Return what the provider serves.

        :return: a list of :class:`~..engine.provider.served_model.ServedModel`

        The same rule holds.

        :raises GptError: saying why it did not answer
        """
        from ..engine.provider.catalogue import list_models

        return list_models(self._endpoint())

    def _has_protocol(self):
        """Tell whether the provider has the API that ``protocol`` names; same rule."""
        from ..engine.provider.catalogue import has_protocol

        return has_protocol(self._endpoint())

    def _protocol_advice(self):
        if self.protocol == "responses":
            return self.env._(
                "The server answers, but it has no Responses API. Choose Chat "
                "Completions as its protocol."
            )
        return self.env._(
            "The server answers, but it has no Chat Completions. Choose Responses as "
            "its protocol."
        )

    def _explain(self, error):
        """Return what went wrong in plain words, with what the provider said."""
        from ..engine.provider.catalogue import NotAnApi

        if isinstance(error, NotAnApi):
            reason = self.env._(
                "Something answers at this address, but not an API like OpenAI's. "
                "Check the base URL: as a rule it ends in /v1."
            )
        else:
            reason = self.env["gpt.request.error"]._label(error.code)
        return f"{reason}\n\n{error.detail}" if error.detail else reason

    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
