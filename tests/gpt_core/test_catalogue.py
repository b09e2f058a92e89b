# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

import pytest
from openai_server import Fault, OpenAIServer

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.provider.catalogue import (
    NotAnApi,
    has_protocol,
    list_models,
)
from odoo.addons.gpt_core.engine.provider.chat_model import Endpoint
from odoo.addons.gpt_core.engine.provider.served_model import _as_date

from ..wire import KEY


def endpoint(server: OpenAIServer, **values) -> Endpoint:
    return Endpoint(**{"api_key": KEY, "base_url": server.base_url} | values)


def test_models_with_their_end(server):
    found = {model.name: model.retires_on for model in list_models(endpoint(server))}
    assert list(found) == sorted(found)
    assert found["gpt-4o-mini"] == date(2027, 1, 14)
    assert found["gpt-6-luna"] is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2027-01-14", date(2027, 1, 14)),
        ("2027-01-14T00:00:00Z", date(2027, 1, 14)),
        (1799884800, date(2027, 1, 14)),
        (1799884800.5, date(2027, 1, 14)),
        (None, None),
        ("soon", None),
        ("", None),
        (True, None),
        ([], None),
        (1e30, None),
        (-1e30, None),
        (float("nan"), None),
    ],
)
def test_dates_as_providers_write_them(written, read):
    assert _as_date(written) == read


@pytest.mark.parametrize("protocol", ["responses", "chat"])
def test_protocols(protocol):
    for endpoints in (("responses",), ("chat",), ("responses", "chat")):
        with OpenAIServer(endpoints=endpoints) as server:
            asked = endpoint(server, protocol=protocol)
            assert has_protocol(asked) is (protocol in endpoints)


def test_a_short_timeout(server):
    server.faults.order(Fault("timeout", path="/v1/models"))
    with pytest.raises(GptError) as caught:
        list_models(endpoint(server), timeout=0.2)
    assert caught.value.code == "timeout"
    assert len(server.journal.entries()) == 1


def test_not_an_api(server):
    asked = endpoint(server, base_url=server.base_url + "/elsewhere")
    with pytest.raises(NotAnApi):
        list_models(asked)


@pytest.mark.parametrize("protocol", ["responses", "chat"])
def test_refusals_of_the_protocol_s_address_are_a_yes(server, protocol):
    """It is there: what it says to an empty request is another matter."""
    for fault in ("rate_limit", "server_error", "invalid_request"):
        path = {"responses": "/v1/responses", "chat": "/v1/chat/completions"}[protocol]
        server.faults.order(Fault(fault, path=path))
        assert has_protocol(endpoint(server, protocol=protocol))
