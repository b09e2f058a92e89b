# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.errors import GptError


class GptProvider(models.Model):
    """An endpoint that serves models, and the key to it."""

    _name = "gpt.provider"
    _description = "GPT Provider"
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
        "Azure OpenAI, Ollama, vLLM, LiteLLM and others give theirs in their manuals.",
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
    # The key is for whoever administers the system; the ORM hides it from the rest.
    api_key = fields.Char(string="API Key", groups="base.group_system", copy=False)
    has_api_key = fields.Boolean(
        string="Key Set", compute="_compute_has_api_key", compute_sudo=True
    )
    timeout = fields.Float(
        default=60.0, help="Seconds to wait for one answer before giving up."
    )
    max_retries = fields.Integer(
        default=2,
        help="How often a failed call is tried again at once. "
        "The waiting time that the provider asks for is respected.",
    )
    company_id = fields.Many2one(
        "res.company", help="Empty: every company may use this provider."
    )
    model_ids = fields.One2many("gpt.model", "provider_id", string="Models")

    @api.depends("api_key")
    def _compute_has_api_key(self):
        for provider in self:
            provider.has_api_key = bool(provider.api_key)

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

    def action_test_connection(self):
        """Ask the provider for its models, and say whether it let us."""
        self.ensure_one()
        try:
            names = self._list_model_names()
        except GptError as error:
            raise UserError(self._explain(error)) from error
        return self._notify(
            self.env._("Connected: %(count)s models.", count=len(names))
        )

    def action_fetch_models(self):
        """Add the provider's models that the catalogue does not have yet."""
        self.ensure_one()
        try:
            names = self._list_model_names()
        except GptError as error:
            raise UserError(self._explain(error)) from error
        Model = self.env["gpt.model"].with_context(active_test=False)
        known = set(Model.search([("provider_id", "=", self.id)]).mapped("name"))
        created = Model.create(
            [
                {
                    "name": name,
                    "provider_id": self.id,
                    "kind": "embedding" if "embed" in name else "chat",
                }
                for name in sorted(set(names) - known)
            ]
        )
        return self._notify(
            self.env._("%(count)s models were added.", count=len(created))
        )

    def _endpoint(self):
        """Return the :class:`~..engine.chat_model.Endpoint` of this provider.

        :raises GptError: ``not_configured`` when there is no key
        """
        from ..engine.chat_model import Endpoint

        self.ensure_one()
        # sudo: gpt.provider - the key is used on behalf of users who cannot read it
        provider = self.sudo()
        if not provider.api_key:
            raise GptError("not_configured", provider.name)
        return Endpoint(
            api_key=provider.api_key,
            base_url=provider.base_url or None,
            protocol=provider.protocol,
            timeout=provider.timeout,
            max_retries=provider.max_retries,
        )

    def _get_chat_model(self, name, *, temperature=None, max_tokens=0):
        """Return LangChain's ``BaseChatModel`` for the model ``name``.

        An addon with another kind of provider answers for its own kind, else calls
        ``super()``.
        """
        from ..engine.chat_model import make_chat_model

        return make_chat_model(
            self._endpoint(), name, temperature=temperature, max_tokens=max_tokens
        )

    def _get_embeddings(self, name, *, dimensions=0):
        """Return LangChain's ``Embeddings`` for the model ``name``; same rule."""
        from ..engine.chat_model import make_embeddings

        return make_embeddings(self._endpoint(), name, dimensions)

    def _list_model_names(self):
        """Return the names of the models that the provider serves; same rule.

        :raises GptError: saying why it did not answer
        """
        from ..engine.catalogue import list_model_names

        return list_model_names(self._endpoint())

    def _explain(self, error):
        reason = self.env["gpt.request"]._error_label(error.code)
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
