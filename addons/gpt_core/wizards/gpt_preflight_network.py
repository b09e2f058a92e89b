# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import models

from ..engine.errors import GptError
from ..engine.probes import Probe, ask_all
from ..engine.websocket_probe import SWITCHING_PROTOCOLS, websocket_status
from ..utils.transaction import in_own_transaction

# Seconds: somebody looks at the page and waits.
TIMEOUT = 5.0


class GptPreflight(models.TransientModel):
    """Checks that ask the network: no transaction is open while they wait."""

    _inherit = "gpt.preflight"

    def _get_probes(self):
        """Return the names of the checks that ask the network; an addon adds its own.

        ``_probe_x`` returns :class:`~..engine.probes.Probe` s, made of what the
        database says; they are asked when the transaction is over. ``_conclude_x`` is
        given the answers, and returns findings.
        """
        return ["_probe_providers", "_probe_websocket"]

    def _waiting(self, probe):
        return self._finding("running", self._probe_title(probe))

    def _probe_title(self, probe):
        """Return what the page says while a probe is under way."""
        return {
            "_probe_providers": self.env._("Providers and keys"),
            "_probe_websocket": self.env._("Live connections"),
        }.get(probe, probe)

    def _ask_network(self, names):
        """Ask the network as soon as the running transaction is over."""
        if names:
            probes = {name: getattr(self, name)() for name in names}
            self.env.cr.postcommit.add(partial(self._ask_and_conclude, probes))

    def _ask_and_conclude(self, probes):
        """Ask, while no transaction is open; then write what came back in a new one."""
        names = [name for name, group in probes.items() for _probe in group]
        answers = ask_all([probe for group in probes.values() for probe in group])
        replies = {
            name: [a for n, a in zip(names, answers, strict=True) if n == name]
            for name in probes
        }
        in_own_transaction(self.env, self._conclude_all, replies)

    def _conclude_all(self, env, replies):
        # The page, its buttons included, is that of the user who looks at it.
        user_env = env(user=self.env.uid, su=False, context=self.env.context)
        page = self.with_env(user_env).exists()
        for name, answers in replies.items():
            if page:
                conclude = getattr(page, name.replace("_probe_", "_conclude_"))
                page._replace(name, conclude(answers))

    def _probe_providers(self):
        from ..engine.provider.catalogue import has_protocol, list_models

        def ask(endpoint):
            return list_models(endpoint, TIMEOUT), has_protocol(endpoint, TIMEOUT)

        providers = self.env["gpt.provider"].search([("active", "=", True)])
        return [
            Probe(partial(ask, provider._endpoint()), provider.id)
            for provider in providers.filtered("is_ready")
        ]

    def _conclude_providers(self, answers):
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
            title = self._probe_title("_probe_providers")
            fix = self.env._("Create one in Configuration / Providers.")
            findings.append(
                self._finding("error", title, self.env._("There is none."), fix)
            )
        return findings

    def _no_key_finding(self, provider):
        return self._finding(
            "error",
            provider.name,
            self.env._("No API key is set."),
            self.env._("Put the key into the provider, or say that it needs none."),
            action=self._open(provider),
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
        return self._finding("ok", provider.name, detail)

    def _provider_problem(self, provider, text):
        # One that nothing asks is in nobody's way.
        is_used = provider in self._used_models().provider_id
        return self._finding(
            "error" if is_used else "warning",
            provider.name,
            text,
            self.env._("Open the provider, mend it, and press Test Connection."),
            action=self._open(provider),
        )

    def _probe_websocket(self):
        # sudo: ir.config_parameter - the address of this site
        address = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        return [Probe(partial(websocket_status, address, TIMEOUT), address)]

    def _conclude_websocket(self, answers):
        (answer,) = answers
        title = self._probe_title("_probe_websocket")
        if answer.result == SWITCHING_PROTOCOLS:
            detail = self.env._(
                "Messages reach the browsers at %(address)s as they are written.",
                address=answer.subject,
            )
            return [self._finding("ok", title, detail)]
        if answer.error:
            return [self._site_unreachable(title, answer)]
        return [
            self._finding(
                "error",
                title,
                self.env._(
                    "%(address)s/websocket answers %(status)s instead of opening a "
                    "connection: chats would only show new messages when the page is "
                    "loaded again.",
                    address=answer.subject,
                    status=answer.result,
                ),
                self.env._(
                    "Let the proxy pass /websocket on to the gevent port of the "
                    "server, with the headers Upgrade and Connection. For nginx:"
                ),
                NGINX,
            )
        ]

    def _site_unreachable(self, title, answer):
        return self._finding(
            "info",
            title,
            self.env._(
                "The server does not reach its own address %(address)s: %(error)s. "
                "This may be a matter of your network only.",
                address=answer.subject,
                error=answer.error,
            ),
            self.env._("Check the system parameter web.base.url."),
        )


NGINX = """location /websocket {
    proxy_pass http://127.0.0.1:8072;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
}"""
