# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``POST /v1/chat/completions``: from the body to a checked prompt."""

import json
from typing import Any

from .calls import Call
from .catalogue import ModelCard
from .errors import bad_request, missing_parameter
from .parameters import number, one_of, refuse_unknown, typed
from .prompts import Message, OutputFormat, Prompt
from .request_parts import (
    check_length,
    check_shared_values,
    format_kind,
    invalid_type,
    schema_format,
)

PARAMETERS = frozenset(
    """
    audio frequency_penalty function_call functions logit_bias logprobs
    max_completion_tokens max_tokens messages metadata modalities model moderation n
    parallel_tool_calls prediction presence_penalty prompt_cache_key
    prompt_cache_options prompt_cache_retention reasoning_effort response_format
    safety_identifier seed service_tier stop store stream stream_options temperature
    tool_choice tools top_logprobs top_p user verbosity web_search_options
    """.split()
)
UNSERVED = ("audio", "function_call", "functions", "logprobs", "moderation")
ROLES = ("assistant", "developer", "function", "system", "tool", "user")


def read_prompt(call: Call) -> Prompt:
    """Check the body as the API does and make it a prompt; raises ``ApiError``."""
    body = call.body
    refuse_unknown(body, PARAMETERS, {})
    model = typed(body, "model", str)
    if not model:
        raise bad_request("you must provide a model parameter", None, None)
    card = call.state.catalogue.chat(model)
    effort = body.get("reasoning_effort")
    check_shared_values(
        body, card, effort, effort_param="reasoning_effort", unserved=UNSERVED
    )
    _check_values(body)
    prompt = Prompt(
        card=card,
        messages=_messages(body),
        output_format=_output_format(body),
        max_tokens=_max_tokens(body, card),
        effort=effort,
        stop=_stop(body),
    )
    check_length(prompt, "messages")
    return prompt


def _check_values(body: dict[str, Any]) -> None:
    number(body, "frequency_penalty", float, -2, 2)
    number(body, "presence_penalty", float, -2, 2)
    if number(body, "n", int, 1, 128) not in (None, 1):
        raise bad_request(
            "'n' above 1 is not served by this local server.",
            "n",
            "unsupported_value",
        )


def _max_tokens(body: dict[str, Any], card: ModelCard) -> int | None:
    if card.reasoning and body.get("max_tokens") is not None:
        raise bad_request(
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead.",
            "max_tokens",
            "unsupported_parameter",
        )
    newer = number(body, "max_completion_tokens", int, 1)
    return newer or number(body, "max_tokens", int, 1)


def _stop(body: dict[str, Any]) -> tuple[str, ...]:
    stop = body.get("stop") or []
    return (stop,) if isinstance(stop, str) else tuple(stop)


def _output_format(body: dict[str, Any]) -> OutputFormat:
    wanted = typed(body, "response_format", dict) or {"type": "text"}
    kind = format_kind(wanted, "response_format.type")
    if kind != "json_schema":
        return OutputFormat(kind)
    described = typed(wanted, "json_schema", dict, "response_format.json_schema")
    if described is None:
        raise missing_parameter("response_format.json_schema")
    return schema_format(
        described,
        param="response_format",
        name_param="response_format.json_schema.name",
    )


def _messages(body: dict[str, Any]) -> tuple[Message, ...]:
    given = typed(body, "messages", list)
    if given is None:
        raise missing_parameter("messages")
    if not given:
        raise bad_request(
            "Invalid 'messages': empty array. Expected an array with minimum length 1, "
            "but got an empty array instead.",
            "messages",
            "empty_array",
        )
    return tuple(_message(item, f"messages[{i}]") for i, item in enumerate(given))


def _message(item: Any, where: str) -> Message:
    if not isinstance(item, dict):
        raise invalid_type(where, "an object")
    one_of(item.get("role") or "", ROLES, f"{where}.role")
    content = item.get("content")
    if isinstance(content, list):
        content = "\n".join(_part(part, where) for part in content)
    if content is None and item["role"] == "assistant":
        content = json.dumps(item.get("tool_calls") or "")
    if not isinstance(content, str):
        raise invalid_type(f"{where}.content", "one of a string or array of objects")
    return Message(item["role"], content)


def _part(part: Any, where: str) -> str:
    if isinstance(part, dict) and isinstance(part.get("text"), str):
        return part["text"]
    if isinstance(part, dict) and isinstance(part.get("type"), str):
        return f"[{part['type']}]"
    raise invalid_type(f"{where}.content[0]", "an object")
