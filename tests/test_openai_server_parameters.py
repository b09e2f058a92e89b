# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Requests with parameters that the API refuses, and what it says."""

from typing import Any

import pytest
from openai.types.chat import completion_create_params
from openai.types.embedding_create_params import EmbeddingCreateParams
from openai.types.fine_tuning.job_create_params import JobCreateParams
from openai.types.responses import response_create_params
from openai_server import (
    OpenAIServer,
    chat_request,
    embeddings,
    responses_request,
    tuning_api,
)

from .wire import call

STRICT = {
    "type": "object",
    "properties": {"a": {"type": "string"}},
    "required": ["a"],
    "additionalProperties": False,
}


def refused(server: OpenAIServer, body: Any, path: str = "responses") -> dict[str, Any]:
    raw = call(server.base_url, path, body)
    assert raw.status == 400, raw.content
    assert raw.error["type"] == "invalid_request_error"
    return raw.error


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"temperature": 2.1}, "temperature", "decimal_above_max_value"),
        ({"temperature": -1}, "temperature", "decimal_below_min_value"),
        ({"temperature": "hot"}, "temperature", "invalid_type"),
        ({"top_p": 1.5}, "top_p", "decimal_above_max_value"),
        ({"max_output_tokens": 15}, "max_output_tokens", "integer_below_min_value"),
        ({"max_output_tokens": 99.5}, "max_output_tokens", "invalid_type"),
        ({"max_output_tokens": True}, "max_output_tokens", "invalid_type"),
        ({"max_tokens": 100}, None, "unsupported_parameter"),
        ({"response_format": {}}, None, "unsupported_parameter"),
        ({"nonsense": 1}, "nonsense", "unknown_parameter"),
        ({"input": None}, "input", "missing_required_parameter"),
        ({"input": []}, "input", "missing_required_parameter"),
        ({"input": 5}, "input", "invalid_type"),
        ({"input": [{"role": "boss", "content": "x"}]}, "input[0].role", None),
        ({"input": [{"role": "user"}]}, "input[0].content", None),
        (
            {"input": [{"role": "user", "content": [{"type": "text"}]}]},
            "input[0].content[0].text",
            None,
        ),
        ({"model": None}, "model", "missing_required_parameter"),
        ({"model": "gpt-5", "temperature": 0.2}, "temperature", None),
        ({"model": "gpt-6-luna", "temperature": 0}, "temperature", None),
        ({"reasoning": {"effort": "low"}}, "reasoning.effort", None),
        ({"model": "gpt-5", "reasoning": {"effort": "huge"}}, "reasoning.effort", None),
        ({"metadata": {str(i): "x" for i in range(17)}}, "metadata", None),
        ({"metadata": {"a": "x" * 513}}, "metadata.a", "string_above_max_length"),
        ({"metadata": {"a": 1}}, "metadata.a", "invalid_type"),
        ({"truncation": "maybe"}, "truncation", "invalid_value"),
        ({"service_tier": "free"}, "service_tier", "invalid_value"),
        ({"previous_response_id": "resp_x"}, "previous_response_id", None),
        ({"tool_choice": "required"}, "tool_choice", None),
        ({"background": True}, "background", None),
        ({"text": {"format": {"type": "yaml"}}}, "text.format.type", None),
        ({"text": {"format": {"type": "json_object"}}}, "input", None),
        ({"input": "x" * 600_000}, "input", "context_length_exceeded"),
    ],
)
def test_parameters_of_responses(
    server: OpenAIServer, changes: dict[str, Any], param: str | None, code: str | None
) -> None:
    error = refused(server, {"model": "gpt-4o-mini", "input": "hola"} | changes)
    assert error["param"] == param
    assert code is None or error["code"] == code


@pytest.mark.parametrize(
    "changes",
    [
        {"model": "gpt-5", "temperature": 0.2, "reasoning": {"effort": "none"}},
        {"model": "gpt-5", "temperature": 1},
        {"model": "gpt-6.1-sol", "reasoning": {"effort": "minimal"}},
        {"max_output_tokens": 16, "temperature": 2, "top_p": 0},
        {"text": {"format": {"type": "json_object"}}, "input": "en JSON"},
        {"tools": [{"type": "function", "name": "f", "parameters": {}}]},
    ],
)
def test_parameters_that_are_fine(
    server: OpenAIServer, changes: dict[str, Any]
) -> None:
    body = {"model": "gpt-4o-mini", "input": "hola"} | changes
    assert call(server.base_url, "responses", body).status == 200


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"messages": None}, "messages", "missing_required_parameter"),
        ({"messages": []}, "messages", "empty_array"),
        ({"messages": [{"role": "boss", "content": "x"}]}, "messages[0].role", None),
        ({"messages": [{"role": "user"}]}, "messages[0].content", "invalid_type"),
        ({"temperature": 3}, "temperature", "decimal_above_max_value"),
        ({"max_completion_tokens": 0}, "max_completion_tokens", None),
        ({"max_output_tokens": 100}, "max_output_tokens", "unknown_parameter"),
        ({"model": "gpt-5", "max_tokens": 50}, "max_tokens", "unsupported_parameter"),
        ({"model": "gpt-5", "temperature": 0.5}, "temperature", None),
        ({"n": 2}, "n", None),
        ({"response_format": {"type": "json_schema"}}, None, None),
    ],
)
def test_parameters_of_chat(
    server: OpenAIServer, changes: dict[str, Any], param: str | None, code: str | None
) -> None:
    messages = [{"role": "user", "content": "hola"}]
    body = {"model": "gpt-4o-mini", "messages": messages} | changes
    error = refused(server, body, "chat/completions")
    assert param is None or error["param"] == param
    assert code is None or error["code"] == code


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"type": "array"}, "schema must be a JSON Schema of 'type: \"object\"'"),
        ({**STRICT, "additionalProperties": True}, "'additionalProperties'"),
        ({**STRICT, "required": []}, "Missing 'a'"),
        ({**STRICT, "required": ["a", "b"]}, "not in properties: 'b'"),
        (
            {**STRICT, "properties": {"a": {"type": "string", "default": "x"}}},
            "In context=('properties', 'a'), 'default' is not permitted",
        ),
        ({**STRICT, "properties": {"a": {"type": "array"}}}, "missing items"),
        ({**STRICT, "properties": {"a": {}}}, "must have a 'type' key"),
        (
            {**STRICT, "properties": {"a": {**STRICT, "required": []}}},
            "In context=('properties', 'a'), 'required' is required",
        ),
        (
            {**STRICT, "$defs": {"d": {"type": "object", "properties": {}}}},
            "In context=('$defs', 'd'), 'additionalProperties'",
        ),
    ],
)
def test_strict_schemas(
    server: OpenAIServer, schema: dict[str, Any], message: str
) -> None:
    named = {"name": "n", "schema": schema, "strict": True}
    wanted = {"format": {"type": "json_schema", **named}}
    body = {"model": "gpt-4o", "input": "x", "text": wanted}
    error = refused(server, body)
    assert (error["param"], error["code"]) == (
        "text.format.schema",
        "invalid_json_schema",
    )
    assert message in error["message"]
    chat = {
        "model": "gpt-4o",
        "messages": [{"role": "user", "content": "x"}],
        "response_format": {"type": "json_schema", "json_schema": named},
    }
    error = refused(server, chat, "chat/completions")
    assert (error["param"], error["code"]) == ("response_format", "invalid_json_schema")
    wanted["format"]["strict"] = False
    assert call(server.base_url, "responses", body).status == 200


def test_nesting_is_limited(server: OpenAIServer) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(12):
        schema = {**STRICT, "properties": {"a": schema}}
    wanted = {"type": "json_schema", "name": "n", "schema": schema, "strict": True}
    body = {"model": "gpt-4o", "input": "x", "text": {"format": wanted}}
    assert "nesting" in refused(server, body)["message"]


def test_what_is_not_json_or_not_there(server: OpenAIServer) -> None:
    raw = call(server.base_url, "responses", b'{"model": ')
    assert raw.status == 400
    assert "could not parse" in raw.error["message"]
    assert server.journal.entries()[0].body == '{"model": '
    raw = call(server.base_url, "completions", {})
    assert (raw.status, raw.error["code"]) == (404, "unknown_url")
    raw = call(server.base_url, "responses", {"model": "gpt-9", "input": "x"})
    assert (raw.status, raw.error["code"]) == (404, "model_not_found")


def test_every_parameter_of_the_sdk_is_known() -> None:
    def names(*kinds: Any) -> set[str]:
        return {name for kind in kinds for name in kind.__annotations__}

    assert responses_request.PARAMETERS >= names(
        response_create_params.ResponseCreateParamsBase,
        response_create_params.ResponseCreateParamsStreaming,
    )
    assert chat_request.PARAMETERS >= names(
        completion_create_params.CompletionCreateParamsBase,
        completion_create_params.CompletionCreateParamsStreaming,
    )
    assert names(EmbeddingCreateParams) == embeddings.PARAMETERS
    assert names(JobCreateParams) == tuning_api.PARAMETERS
