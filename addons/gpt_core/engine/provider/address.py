# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The address of an API, as people copy it from somewhere."""

from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

OFFICIAL = "https://api.openai.com/v1"
# What a client adds by itself.
_ENDPOINTS = ("/chat/completions", "/responses", "/embeddings", "/models")
# Of Azure's classic API: there the address names the model.
_DEPLOYMENTS = "/deployments"


def base_address(url: str | None, model: str = "") -> tuple[str, dict[str, str]]:
    """Return the address that a client adds its paths to, and the query of each.

    Azure's classic addresses name a deployment, which is what it calls a model:
    ``…/openai/deployments/NAME?api-version=…``. Without ``NAME`` the name of the model
    is taken; what lists models has an address without either.

    :param url: ``None`` is the official address
    :param model: the model that is to be asked, if it is one
    """
    parts = urlsplit((url or OFFICIAL).strip())
    path = parts.path.rstrip("/")
    for endpoint in _ENDPOINTS:
        path = path.removesuffix(endpoint)
    before, deployments, name = path.partition(_DEPLOYMENTS)
    if deployments and not model:
        path = before
    elif deployments and not name.strip("/"):
        path = f"{before}{_DEPLOYMENTS}/{quote(model, safe='')}"
    address = urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), "", ""))
    return address, dict(parse_qsl(parts.query))
