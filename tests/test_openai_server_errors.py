# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Refusals: the SDK raises for each what it raises for the real API."""

import time
from typing import Any

import openai
import pytest
from openai_server import Fault, OpenAIServer

from .wire import KEY, call

# fault → (exception of the SDK, HTTP status, code in the body)
REFUSALS = {
    "rate_limit": (openai.RateLimitError, 429, "rate_limit_exceeded"),
    "insufficient_quota": (openai.RateLimitError, 429, "insufficient_quota"),
    "server_error": (openai.InternalServerError, 500, None),
    "overloaded": (openai.InternalServerError, 503, "server_is_overloaded"),
    "wrong_key": (openai.AuthenticationError, 401, "invalid_api_key"),
    "permission": (openai.PermissionDeniedError, 403, "missing_scope"),
    "unknown_model": (openai.NotFoundError, 404, "model_not_found"),
    "context_length": (openai.BadRequestError, 400, "context_length_exceeded"),
    "invalid_request": (openai.BadRequestError, 400, "invalid_value"),
}


def client(server: OpenAIServer, **changes: Any) -> openai.OpenAI:
    settings = {"api_key": KEY, "max_retries": 0, "timeout": 10} | changes
    return openai.OpenAI(base_url=server.base_url, **settings)


@pytest.mark.parametrize("path", ["responses", "chat/completions", "embeddings"])
@pytest.mark.parametrize("fault", REFUSALS)
def test_refusals_raise_the_typed_error(
    server: OpenAIServer, fault: str, path: str
) -> None:
    expected, status, code = REFUSALS[fault]
    server.faults.order(Fault(fault, times=2))
    sdk = client(server)
    for is_stream in (False, True):
        with pytest.raises(expected) as caught:
            ask(sdk, path, stream=is_stream)
        assert (caught.value.status_code, caught.value.code) == (status, code)
        assert caught.value.request_id
    ask(sdk, path)
    assert [e.fault for e in server.journal.entries()] == [fault, fault, None]
    assert [e.status for e in server.journal.entries()] == [status, status, 200]


def ask(sdk: openai.OpenAI, path: str, *, stream: bool = False) -> None:
    if path == "embeddings":
        sdk.embeddings.create(model="text-embedding-3-small", input="hola")
    elif path == "responses":
        sdk.responses.create(model="gpt-4o-mini", input="hola", stream=stream)
    else:
        messages: Any = [{"role": "user", "content": "hola"}]
        sdk.chat.completions.create(
            model="gpt-4o-mini", messages=messages, stream=stream
        )


def test_rate_limit_is_retried_after_the_time_it_says(server: OpenAIServer) -> None:
    server.faults.order(Fault("rate_limit", retry_after=0.4))
    ask(client(server, max_retries=1), "responses")
    first, second = server.journal.entries()
    assert 0.4 <= second.at - first.at < 3
    server.faults.order(Fault("rate_limit", retry_after=2))
    raw = call(server.base_url, "responses", {"model": "gpt-4o", "input": "x"})
    assert raw.headers["retry-after"] == "2"
    assert raw.headers["x-ratelimit-remaining-requests"] == "0"


def test_timeout_ends_when_the_client_leaves(server: OpenAIServer) -> None:
    server.faults.order(Fault("timeout"))
    started = time.monotonic()
    with pytest.raises(openai.APITimeoutError):
        ask(client(server, timeout=0.3), "responses")
    server.stop()
    assert time.monotonic() - started < 3, "nothing hangs on"
    (entry,) = server.journal.entries()
    assert (entry.status, entry.completed) == (None, False)


def test_timeout_gives_up_by_itself(server: OpenAIServer) -> None:
    server.faults.order(Fault("timeout", seconds=0.2))
    with pytest.raises(openai.APIConnectionError):
        ask(client(server), "responses")


@pytest.mark.parametrize("fault", ["connection_reset", "cut_stream"])
@pytest.mark.parametrize("path", ["responses", "chat/completions"])
def test_cut_connections_are_connection_errors(
    server: OpenAIServer, fault: str, path: str
) -> None:
    server.faults.order(Fault(fault))
    with pytest.raises(openai.APIConnectionError) as caught:
        ask(client(server), path)
    assert not isinstance(caught.value, openai.APITimeoutError)
    assert not server.journal.entries()[0].completed


def test_a_reset_is_a_reset(server: OpenAIServer) -> None:
    server.faults.order(Fault("connection_reset"))
    with pytest.raises(ConnectionResetError):
        call(server.base_url, "responses", {"model": "gpt-4o", "input": "x"})


def test_slow_takes_its_time_and_answers(server: OpenAIServer) -> None:
    server.faults.order(Fault("slow", seconds=0.4))
    started = time.monotonic()
    ask(client(server), "responses")
    assert 0.4 <= time.monotonic() - started < 3


def test_faults_find_their_request(server: OpenAIServer) -> None:
    server.faults.order(Fault("overloaded", match='dice "adiós"'))
    server.faults.order(Fault("permission", path="/v1/models"))
    server.faults.order(Fault("server_error", times=None, path="/v1/embeddings"))
    sdk = client(server)
    ask(sdk, "responses")
    with pytest.raises(openai.InternalServerError):
        sdk.responses.create(model="gpt-4o-mini", input='ella dice "adiós"')
    with pytest.raises(openai.PermissionDeniedError):
        sdk.models.retrieve("gpt-4o")
    assert sdk.models.retrieve("gpt-4o")
    for _ in range(3):
        with pytest.raises(openai.InternalServerError):
            ask(sdk, "embeddings")
    server.faults.clear()
    ask(sdk, "embeddings")


def test_text_faults_leave_embeddings_alone(server: OpenAIServer) -> None:
    server.faults.order(Fault("refusal"))
    ask(client(server), "embeddings")
    assert [fault.name for fault in server.faults.pending()] == ["refusal"]


@pytest.mark.parametrize(
    "values",
    [
        {"name": "explode"},
        {"name": "timeout", "times": 0},
        {"name": "empty", "x": 1},
        {"name": "refusal", "variant": "abrupt"},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unknown fault|times|unexpected|variant"):
        Fault.from_dict(values)


@pytest.mark.parametrize("key", [None, "", "wrong", "invalid-key-of-some-length"])
def test_keys(server: OpenAIServer, key: str | None) -> None:
    raw = call(server.base_url, "models", key=key)
    assert raw.status == 401
    assert raw.error["code"] == ("invalid_api_key" if key else None)
    assert not key or key not in raw.content.decode().replace("Incorrect", "")
    assert call(server.base_url, "models", key="anything else").status == 200
