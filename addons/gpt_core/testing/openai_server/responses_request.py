# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``POST /v1/responses``: from the body to a checked prompt."""

import json
from collections.abc import Iterator
from typing import Any

from .calls import Call
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
    access_programs background background_options context_management conversation image
    include input instructions max_output_tokens max_tool_calls metadata model
    moderation parallel_tool_calls previous_response_id prompt prompt_cache_key
    prompt_cache_options prompt_cache_retention reasoning safety_identifier
    service_tier store stream stream_options temperature text tool_choice tools
    top_logprobs top_p truncation user
    """.split()
)
MOVED = {
    "max_tokens": "max_output_tokens",
    "max_completion_tokens": "max_output_tokens",
    "messages": "input",
    "response_format": "text.format",
    "reasoning_effort": "reasoning.effort",
    "verbosity": "text.verbosity",
    "functions": "tools",
    "function_call": "tool_choice",
}
UNSERVED = ("background", "conversation", "prompt", "moderation")
ROLES = ("assistant", "developer", "system", "user")
TEXT_PARTS = ("input_text", "output_text", "text", "refusal")
OTHER_PARTS = ("input_image", "input_file", "input_audio")
SERVICE_TIERS = ("auto", "default", "flex", "scale", "priority", "fast", "ultrafast")


def read_prompt(call: Call) -> Prompt:
    """Check the body as the API does and make it a prompt; raises ``ApiError``."""
    body = call.body
    refuse_unknown(body, PARAMETERS, MOVED)
    model = typed(body, "model", str)
    if not model:
        raise missing_parameter("model")
    card = call.state.catalogue.chat(model)
    reasoning = typed(body, "reasoning", dict) or {}
    effort = reasoning.get("effort")
    check_shared_values(
        body, card, effort, effort_param="reasoning.effort", unserved=UNSERVED
    )
    _check_values(body)
    prompt = Prompt(
        card=card,
        messages=tuple(_messages(call)),
        output_format=_output_format(body),
        max_tokens=number(body, "max_output_tokens", int, 16),
        effort=effort,
    )
    _check_input(prompt)
    return prompt


def _check_values(body: dict[str, Any]) -> None:
    typed(body, "store", bool)
    typed(body, "instructions", str)
    number(body, "top_logprobs", int, 0, 20)
    one_of(body.get("truncation"), ("auto", "disabled"), "truncation")
    one_of(body.get("service_tier"), SERVICE_TIERS, "service_tier")


def _check_input(prompt: Prompt) -> None:
    check_length(prompt, "input")
    is_json = prompt.output_format.kind == "json_object"
    if is_json and "json" not in prompt.text.lower():
        raise bad_request(
            "Response input messages must contain the word 'json' in some form to use "
            "'text.format' of type 'json_object'.",
            "input",
            None,
        )


def _output_format(body: dict[str, Any]) -> OutputFormat:
    text = typed(body, "text", dict) or {}
    one_of(text.get("verbosity"), ("low", "medium", "high"), "text.verbosity")
    wanted = typed(text, "format", dict, "text.format") or {"type": "text"}
    kind = format_kind(wanted, "text.format.type")
    if kind != "json_schema":
        return OutputFormat(kind)
    return schema_format(
        wanted, param="text.format.schema", name_param="text.format.name"
    )


def _messages(call: Call) -> Iterator[Message]:
    body = call.body
    if body.get("instructions"):
        yield Message("system", body["instructions"])
    earlier = body.get("previous_response_id")
    if earlier:
        yield from _conversation(call, earlier)
    given = body.get("input")
    if isinstance(given, str) and given:
        yield Message("user", given)
    elif isinstance(given, list) and given:
        for index, item in enumerate(given):
            yield _message(item, f"input[{index}]")
    elif given in (None, "", []):
        raise missing_parameter("input")
    else:
        raise invalid_type("input", "one of a string or array of input items")


def _conversation(call: Call, response_id: str) -> tuple[Message, ...]:
    found = call.state.responses.get(response_id)
    if found is None:
        raise bad_request(
            f"Previous response with id '{response_id}' not found.",
            "previous_response_id",
            "previous_response_not_found",
        )
    return tuple(m for m in found[1] if m.role not in ("system", "developer"))


def _message(item: Any, where: str) -> Message:
    if not isinstance(item, dict):
        raise invalid_type(where, "an input item")
    if item.get("type", "message") != "message":
        # Calls, outputs and reasoning count as text; nothing is quoted from them.
        return Message("tool", json.dumps(item, ensure_ascii=False))
    one_of(item.get("role") or "", ROLES, f"{where}.role")
    content = item.get("content")
    if isinstance(content, str):
        return Message(item["role"], content)
    if not isinstance(content, list):
        raise missing_parameter(f"{where}.content")
    parts = [_part(p, f"{where}.content[{i}]") for i, p in enumerate(content)]
    return Message(item["role"], "\n".join(parts))


def _part(part: Any, where: str) -> str:
    if not isinstance(part, dict):
        raise invalid_type(where, "an object")
    one_of(part.get("type") or "", (*TEXT_PARTS, *OTHER_PARTS), f"{where}.type")
    if part["type"] in OTHER_PARTS:
        return f"[{part['type']}]"
    text = part.get("refusal" if part["type"] == "refusal" else "text")
    if not isinstance(text, str):
        raise missing_parameter(f"{where}.text")
    return text
