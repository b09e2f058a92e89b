# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import config


class GptCheckProxy(models.AbstractModel):
    """The server knows whether it is behind a proxy."""

    _name = "gpt.check.proxy"
    _inherit = "gpt.check"
    _description = "GPT Check: Web Server"
    _check_sequence = 80

    def _title(self):
        return self.env._("Web server")

    def _findings(self):
        # sudo: ir.config_parameter - the address of this site
        params = self.env["ir.config_parameter"].sudo()
        address = params.get_param("web.base.url") or ""
        if address.startswith("https://") and not config["proxy_mode"]:
            return [
                self._finding(
                    "warning",
                    self.env._(
                        "The site is at %(address)s, behind a proxy, but proxy_mode is "
                        "off: visitors share one address, and links may be http.",
                        address=address,
                    ),
                    self.env._("Switch it on in the server's configuration file."),
                    "[options]\nproxy_mode = True",
                )
            ]
        workers = config["workers"]
        detail = self.env._("One process, with threads: good for trying out.")
        if workers:
            detail = self.env._(
                "%(workers)s workers; the chat's connections go to port %(port)s.",
                workers=workers,
                port=config["gevent_port"],
            )
        return [self._finding("ok" if workers else "info", detail)]
