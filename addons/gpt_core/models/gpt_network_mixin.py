# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ssl
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GptNetworkMixin(models.AbstractModel):
    """What stands between this server and an endpoint.

    Nothing of it is taken from the environment of the server.
    """

    _name = "gpt.network.mixin"
    _description = "GPT Network Settings"

    # What gateways want may be as secret as a key.
    extra_headers = fields.Text(
        groups="base.group_system",
        copy=False,
        help="Further headers of each request, one a line: OpenAI-Organization: org-…",
    )
    proxy = fields.Char(
        groups="base.group_system",
        copy=False,
        help="Address of a proxy, http://user:password@host:port. Empty: none, "
        "whatever the server's environment says.",
    )
    ca_bundle = fields.Text(
        string="Certificates",
        help="Certificates to trust besides the public ones, in the PEM format.",
    )

    @api.constrains("extra_headers")
    def _check_extra_headers(self):
        # sudo: gpt.provider - whoever writes them may be unable to read them
        for provider in self.sudo():
            for name, value in provider._header_pairs():
                is_plain = value.isascii() and value.isprintable() and value
                if not (
                    name.replace("-", "").isalnum() and name.isascii() and is_plain
                ):
                    raise ValidationError(
                        self.env._(
                            "Write a header on each line, its name, a colon and its "
                            "value: X-Team: sales"
                        )
                    )

    @api.constrains("proxy")
    def _check_proxy(self):
        # sudo: gpt.provider - whoever writes it may be unable to read it
        for provider in self.sudo():
            proxy = urlsplit(provider.proxy or "")
            is_address = proxy.scheme in ("http", "https") and proxy.hostname
            if provider.proxy and not is_address:
                raise ValidationError(
                    self.env._("The proxy must look like http://host:port.")
                )

    @api.constrains("ca_bundle")
    def _check_ca_bundle(self):
        for provider in self.filtered("ca_bundle"):
            try:
                ssl.create_default_context(cadata=provider.ca_bundle)
            except (ssl.SSLError, ValueError) as error:
                raise ValidationError(
                    self.env._(
                        "These are no certificates in the PEM format. They begin with "
                        "-----BEGIN CERTIFICATE-----."
                    )
                ) from error

    def _header_pairs(self):
        """Return the further headers as (name, value)."""
        lines = (self.extra_headers or "").splitlines()
        parts = (line.partition(":") for line in lines if line.strip())
        return tuple((name.strip(), value.strip()) for name, _colon, value in parts)
