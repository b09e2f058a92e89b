# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import models

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.probe import Probe

from ..utils.used_records import used_models


class GptCheckProvider(models.AbstractModel):
    """The providers answer, and take their keys."""

    _name = "gpt.check.provider"
    _inherit = "gpt.check.network"
    _description = "GPT Check: Providers and Keys"
    _check_sequence = 130

    def _title(self):
        return self.env._("Providers and keys")

    def _probes(self):
        from odoo.addons.gpt_core.engine.provider.catalogue import (
            has_protocol,
            list_models,
        )

        timeout = self._probe_timeout

        def ask(endpoint):
            return list_models(endpoint, timeout), has_protocol(endpoint, timeout)

        providers = self.env["gpt.provider"].search([("active", "=", True)])
        return [
            Probe(partial(ask, provider._endpoint()), provider.id)
            for provider in providers.filtered("is_ready")
        ]

    def _conclude(self, answers):
        providers = self.env["gpt.provider"].search([("active", "=", True)])
        default = self.env["gpt.model"]._get_default().provider_id
        replies = {answer.subject: answer for answer in answers}
        findings = []
        for provider in providers:
            if provider.id in replies:
                findings.append(self._provider_finding(provider, replies[provider.id]))
            elif provider == default or not default:
                findings.append(self._no_key_finding(provider))
        if not providers:
            fix = self.env._("Create one in Configuration / Providers.")
            findings.append(self._finding("error", self.env._("There is none."), fix))
        return findings

    def _no_key_finding(self, provider):
        return self._finding(
            "error",
            self.env._("No API key is set."),
            self.env._("Put the key into the provider, or say that it needs none."),
            action=self._open(provider),
            name=provider.name,
        )

    def _provider_finding(self, provider, answer):
        if answer.error:
            error = answer.error
            text = provider._explain(error) if isinstance(error, GptError) else error
            return self._provider_problem(provider, str(text).replace("\n\n", "\n"))
        served, protocol_found = answer.result
        if not protocol_found:
            return self._provider_problem(provider, provider._protocol_advice())
        model = self.env["gpt.model"]._get_default()
        names = {served_model.name for served_model in served}
        if model.provider_id == provider and names and model.name not in names:
            text = self.env._(
                "It accepts the key, but does not offer the default model %(model)s.",
                model=model.name,
            )
            return self._provider_problem(provider, text)
        detail = self.env._(
            "It answers, and offers %(count)s models.", count=len(names)
        )
        return self._finding("ok", detail, name=provider.name)

    def _provider_problem(self, provider, text):
        # One that nothing asks is in nobody's way.
        is_used = provider in used_models(self.env).provider_id
        return self._finding(
            "error" if is_used else "warning",
            text,
            self.env._("Open the provider, mend it, and press Test Connection."),
            action=self._open(provider),
            name=provider.name,
        )
