# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import models

from odoo.addons.gpt_core.engine.probe import Probe

from ..engine.websocket_probe import SWITCHING_PROTOCOLS, websocket_status

NGINX = """location /websocket {
    proxy_pass http://127.0.0.1:8072;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
}"""


class GptCheckWebsocket(models.AbstractModel):
    """Browsers can open the connection by which they are told of messages."""

    _name = "gpt.check.websocket"
    _inherit = "gpt.check.network"
    _description = "GPT Check: Live Connections"
    _check_sequence = 140

    def _title(self):
        return self.env._("Live connections")

    def _probes(self):
        # sudo: ir.config_parameter - the address of this site
        address = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        ask = partial(websocket_status, address, self._probe_timeout)
        return [Probe(ask, address)]

    def _conclude(self, answers):
        (answer,) = answers
        if answer.result == SWITCHING_PROTOCOLS:
            detail = self.env._(
                "Messages reach the browsers at %(address)s as they are written.",
                address=answer.subject,
            )
            return [self._finding("ok", detail)]
        if answer.error:
            return [self._site_unreachable(answer)]
        return [
            self._finding(
                "error",
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

    def _site_unreachable(self, answer):
        return self._finding(
            "info",
            self.env._(
                "The server does not reach its own address %(address)s: %(error)s. "
                "This may be a matter of your network only.",
                address=answer.subject,
                error=answer.error,
            ),
            self.env._("Check the system parameter web.base.url."),
        )
