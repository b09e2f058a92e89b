# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Responses API: create (JSON or stream) and retrieve."""

import time
from typing import Any

from .calls import Call, new_id
from .connection import broken_off
from .errors import ApiError
from .outcome import Outcome, run
from .prompts import DEFAULT_EFFORT, Message, Prompt
from .refusals import server_error
from .replies import Reply, broken_json_reply, event_reply, json_reply
from .responses_request import read_prompt
from .responses_stream import ResponseStream
from .tokens import Usage

# Parameters that a response repeats as they were given, null when they were not.
ECHOED = (
    "instructions",
    "max_output_tokens",
    "max_tool_calls",
    "previous_response_id",
    "prompt_cache_key",
    "safety_identifier",
    "user",
)


def create(call: Call) -> Reply:
    """``POST /v1/responses``."""
    prompt = read_prompt(call)
    text = call.answer_text(prompt)
    outcome = run(prompt, text, call.fault, call.state.prompt_cache)
    started = skeleton(call.body, prompt)
    ended = finished(started, prompt, outcome)
    if call.has_fault("no_usage"):
        ended["usage"] = None
    if call.body.get("stream"):
        stream = ResponseStream(call, started, ended)
        return event_reply(stream.events(lambda: _save(call, prompt, ended, outcome)))
    call.think()
    if call.has_fault("cut_stream"):
        return broken_json_reply(ended, broken_off())
    if call.has_fault("stream_error"):
        raise server_error()
    _save(call, prompt, ended, outcome)
    return json_reply(ended)


def retrieve(call: Call, response_id: str) -> Reply:
    """``GET /v1/responses/{id}``; only what was stored is found."""
    found = call.state.responses.get(response_id)
    if found is None:
        raise ApiError(404, f"Response with id '{response_id}' not found.")
    return json_reply(found[0])


def skeleton(body: dict[str, Any], prompt: Prompt) -> dict[str, Any]:
    """The response in progress: the request's values with the API's defaults."""
    return {
        "id": new_id("resp_"),
        "object": "response",
        "created_at": int(time.time()),
        "status": "in_progress",
        "background": False,
        "completed_at": None,
        "error": None,
        "incomplete_details": None,
        "metadata": body.get("metadata") or {},
        "model": prompt.card.reply_name,
        "output": [],
        "parallel_tool_calls": body.get("parallel_tool_calls", True),
        "reasoning": _reasoning(body, prompt),
        "service_tier": _service_tier(body.get("service_tier")),
        "temperature": _given(body, "temperature", 1.0),
        "text": _text_settings(body.get("text") or {}),
        "tool_choice": body.get("tool_choice") or "auto",
        "tools": body.get("tools") or [],
        "top_logprobs": body.get("top_logprobs") or 0,
        "top_p": _given(body, "top_p", 1.0),
        "truncation": body.get("truncation") or "disabled",
        "usage": None,
        **{name: body.get(name) for name in ECHOED},
    }


def _reasoning(body: dict[str, Any], prompt: Prompt) -> dict[str, Any]:
    asked = (body.get("reasoning") or {}).get("effort")
    default = DEFAULT_EFFORT if prompt.card.reasoning else None
    return {"effort": asked or default, "summary": None}


def _text_settings(text: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": text.get("format") or {"type": "text"},
        "verbosity": text.get("verbosity") or "medium",
    }


def finished(
    started: dict[str, Any], prompt: Prompt, outcome: Outcome
) -> dict[str, Any]:
    """The response at its end."""
    is_incomplete = outcome.status == "incomplete"
    is_completed = outcome.status == "completed"
    return {
        **started,
        "status": outcome.status,
        "completed_at": int(time.time()) if is_completed else None,
        "error": outcome.error,
        "incomplete_details": {"reason": outcome.reason} if is_incomplete else None,
        "output": _output(prompt, outcome),
        "usage": None if outcome.status == "failed" else _usage(outcome.usage),
    }


def _output(prompt: Prompt, outcome: Outcome) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if outcome.status == "failed":
        return items
    if prompt.card.reasoning and prompt.effort != "none":
        items.append({"id": new_id("rs_"), "type": "reasoning", "summary": []})
    if outcome.reason == "max_output_tokens" and not outcome.text:
        # All was spent on reasoning: there is no message.
        return items
    items.append(
        {
            "id": new_id("msg_"),
            "type": "message",
            "status": outcome.status,
            "role": "assistant",
            "content": [_content(outcome)],
        }
    )
    return items


def _content(outcome: Outcome) -> dict[str, Any]:
    if outcome.refusal is not None:
        return {"type": "refusal", "refusal": outcome.refusal}
    return {
        "type": "output_text",
        "text": outcome.text,
        "annotations": [],
        "logprobs": [],
    }


def _usage(usage: Usage) -> dict[str, Any]:
    return {
        "input_tokens": usage.input,
        "input_tokens_details": {
            "cached_tokens": usage.cached,
            "cache_write_tokens": usage.written,
        },
        "output_tokens": usage.output,
        "output_tokens_details": {"reasoning_tokens": usage.reasoning},
        "total_tokens": usage.total,
    }


def _save(
    call: Call, prompt: Prompt, response: dict[str, Any], outcome: Outcome
) -> None:
    if call.body.get("store") is False or outcome.status == "failed":
        return
    said = Message("assistant", outcome.text)
    call.state.responses.save(response, (*prompt.messages, said))


def _service_tier(asked: str | None) -> str:
    tiers = {None: "default", "auto": "default", "fast": "priority"}
    return tiers.get(asked, asked or "default")


def _given(body: dict[str, Any], name: str, default: float) -> float:
    return default if body.get(name) is None else body[name]
