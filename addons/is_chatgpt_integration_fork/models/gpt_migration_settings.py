# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from ..engine.old_models import catalogue_name, successor
from ..utils.old_records import OLD, name_in, parameters

KEY = f"{OLD}.openapi_api_key"
# Misspelt by the old app; its value is the id of a record.
MODEL = f"{OLD}.chatgp_model"
_SECRET = ("key", "token", "secret", "password")


class GptMigrationSettings(models.AbstractModel):
    """Carries the key and the model of the old app over to a provider."""

    _name = "gpt.migration.settings"
    _description = "Settings of the Old App"

    @api.model
    def _take(self, key):
        """Return the value of a parameter, and delete it; empty without one."""
        parameter = parameters(self.env, OLD).filtered(lambda p: p.key == key)
        value = (parameter.value or "").strip()
        parameter.unlink()
        return value

    @api.model
    def _name_others(self):
        """Name further parameters, never their values: one may be a secret."""
        names = parameters(self.env, OLD).mapped("key")
        if not names:
            return []
        secret = any(word in name for name in names for word in _SECRET)
        values = {"names": ", ".join(names), "secret": secret}
        return [("todo", "other_parameters", values)]

    @api.model
    def _provider(self):
        """Return the provider that gets the key: the default one, else OpenAI's."""
        default = self.env["gpt.model"]._get_default().provider_id
        shipped = self.env.ref("gpt_core.provider_openai", raise_if_not_found=False)
        for provider in (default, shipped):
            # The key is OpenAI's: no other server may get to see it.
            if provider and not provider.base_url and provider.kind == "openai":
                return provider
        return self.env["gpt.provider"]

    @api.model
    def _move_key(self):
        """Move the key; return what to report."""
        key = self._take(KEY)
        if not key:
            return []
        provider = self._provider()
        same = self.env["gpt.provider"].with_context(active_test=False)
        same = same.search([("api_key", "!=", False)])
        if known := same.filtered(lambda p: p.api_key == key)[:1]:
            return [
                ("done", "key_known", {"provider": known.name}),
                ("todo", "rotate", {"provider": known.name}),
            ]
        try:
            with self.env.cr.savepoint():
                if not provider or provider.has_api_key:
                    # What an administrator has set up since stays as it is.
                    provider = self.env["gpt.provider"].create(
                        {"name": self.env._("OpenAI (old app)"), "sequence": 90}
                    )
                provider.api_key = key
        except ValidationError:
            return [("done", "key_useless", {}), ("todo", "rotate", {"provider": ""})]
        return [
            ("done", "key", {"provider": provider.name}),
            ("todo", "rotate", {"provider": provider.name}),
        ]

    @api.model
    def _move_model(self):
        """Make the old app's model, or what replaces it, the default one."""
        value = self._take(MODEL)
        name = catalogue_name(self._old_name(value))
        if not name:
            return [("done", "model_unknown", {"value": value})] if value else []
        model, note = self._living(name)
        values = {"old": name, "new": model.name or ""}
        if not model:
            return [("todo", "model_missing", values)]
        if self._provider().is_ready:
            # The default was chosen for this addon; the old one is only reported.
            default = self.env["gpt.model"]._get_default().name or ""
            return [("done", "model_default_kept", values | {"new": default})]
        # sudo: ir.config_parameter - the default of the whole database
        self.env["ir.config_parameter"].sudo().set_param("gpt_core.model", model.name)
        return [("done", note, values)]

    def _old_name(self, value):
        """Return the name of the model that the parameter means.

        Its value is the id of a row of a table that may be gone; a name where somebody
        has put that by hand.
        """
        if value.isdecimal() and len(value) < 10:
            return name_in(self.env, "chatgpt_model", int(value))
        return value

    def _living(self, name):
        """Return a model of the catalogue that is alive, and what to say of it."""
        provider = self._provider()
        catalogue = self.env["gpt.model"].search([("kind", "=", "chat")])
        catalogue = catalogue.filtered(lambda m: m.provider_id == provider) or catalogue

        def by_name(wanted):
            return catalogue.filtered(lambda m: m.name == wanted)[:1]

        model = found = by_name(name) or by_name(successor(name))
        seen = model
        while model.deprecation == "past" and model.replaced_by_id not in seen:
            model = model.replaced_by_id
            seen |= model
        if not model or model.deprecation == "past":
            model = self.env["gpt.model"]._get_default()
        same = model and model == found and model.name == name
        return model, "model" if same else "model_successor"
