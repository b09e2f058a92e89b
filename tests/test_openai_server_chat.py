# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/v1/chat/completions``, for providers that have no Responses API."""

import http.client
import json
from typing import Any

import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai_server import Fault, OpenAIServer

from .wire import KEY, call, strictly

FACTS = "Be brief.\n<facts>\nEl envío a Puebla cuesta $180 MXN.\n</facts>"
ANSWER = "El envío a Puebla cuesta $180 MXN."
FAULTS = {
    "truncated_json": "length",
    "invalid_json": "stop",
    "refusal": "stop",
    "empty": "stop",
    "content_filter": "content_filter",
}


def body(**changes: Any) -> dict[str, Any]:
    messages = [
        {"role": "system", "content": FACTS},
        {"role": "user", "content": [{"type": "text", "text": "¿Cuánto el envío?"}]},
    ]
    return {"model": "gpt-4o-mini", "messages": messages} | changes


def create(server: OpenAIServer, **changes: Any) -> ChatCompletion:
    raw = call(server.base_url, "chat/completions", body(**changes))
    assert raw.status == 200, raw.content
    return strictly(ChatCompletion, raw.content)


def chunks(server: OpenAIServer, **changes: Any) -> list[ChatCompletionChunk]:
    raw = call(server.base_url, "chat/completions", body(stream=True, **changes))
    *data, end = [data for _, data in raw.events]
    assert end == "[DONE]"
    return [strictly(ChatCompletionChunk, chunk) for chunk in data]


def test_completion(server: OpenAIServer) -> None:
    completion = create(server)
    (choice,) = completion.choices
    assert (choice.message.content, choice.finish_reason) == (ANSWER, "stop")
    assert completion.usage is not None
    assert completion.usage.total_tokens > completion.usage.prompt_tokens > 0


def test_stream(server: OpenAIServer) -> None:
    found = chunks(server, stream_options={"include_usage": True})
    deltas = [c.choices[0].delta for c in found if c.choices]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == ANSWER
    assert len(deltas) > 4
    assert [c.usage is None for c in found] == [True] * (len(found) - 1) + [False]
    assert found[-2].choices[0].finish_reason == "stop"
    assert all(c.choices for c in chunks(server))


def test_structured_output(server: OpenAIServer) -> None:
    schema = {"type": "object", "properties": {"answer": {"type": "string"}}}
    schema |= {"required": ["answer"], "additionalProperties": False}
    named = {"name": "reply", "schema": schema, "strict": True}
    wanted = {"type": "json_schema", "json_schema": named}
    content = create(server, response_format=wanted).choices[0].message.content
    assert json.loads(content or "") == {"answer": ANSWER}


def test_limits(server: OpenAIServer) -> None:
    server.answer_with("palabra " * 100, times=2)
    for name in ("max_tokens", "max_completion_tokens"):
        completion = create(server, **{name: 5})
        assert completion.choices[0].finish_reason == "length"
        assert completion.usage is not None
        assert completion.usage.completion_tokens == 5
    server.answer_with("uno FIN dos")
    assert create(server, stop="FIN").choices[0].message.content == "uno "


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_answers(server: OpenAIServer, fault: str) -> None:
    server.faults.order(Fault(fault, times=2))
    (choice,) = create(server).choices
    last = [c for c in chunks(server) if c.choices][-1]
    assert (choice.finish_reason, last.choices[0].finish_reason) == (FAULTS[fault],) * 2
    assert bool(choice.message.refusal) == (fault == "refusal")
    assert bool(choice.message.content) == (fault not in ("refusal", "empty"))


@pytest.mark.parametrize("fault", ["failed", "stream_error"])
def test_errors_while_answering(server: OpenAIServer, fault: str) -> None:
    client = openai.OpenAI(base_url=server.base_url, api_key=KEY, max_retries=0)
    server.faults.order(Fault(fault, times=2))
    with pytest.raises(openai.InternalServerError):
        client.chat.completions.create(**body())
    with pytest.raises(openai.APIError, match="server had an error"):
        list(client.chat.completions.create(**body(stream=True)))
    assert [entry.status for entry in server.journal.entries()] == [500, 200]


def test_cut_stream_has_no_end(server: OpenAIServer) -> None:
    server.faults.order(Fault("cut_stream"))
    raw = call(server.base_url, "chat/completions", body(stream=True))
    data = [data for _, data in raw.events]
    assert len(data) > 1
    assert "[DONE]" not in data
    assert not server.journal.entries()[0].completed


def test_cut_stream_can_break_the_connection(server: OpenAIServer) -> None:
    server.faults.order(Fault("cut_stream", variant="abrupt"))
    with pytest.raises(http.client.IncompleteRead):
        call(server.base_url, "chat/completions", body(stream=True))
