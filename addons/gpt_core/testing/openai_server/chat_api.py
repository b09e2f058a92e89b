# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chat completions, JSON and stream, for providers that have only these."""

import time
from collections.abc import Iterator
from typing import Any

from .calls import Call, new_id
from .chat_request import read_prompt
from .connection import StreamCut, broken_off
from .errors import ApiError
from .outcome import Outcome, run
from .prompts import Prompt
from .refusals import server_error
from .replies import (
    LastPart,
    Reply,
    broken_json_reply,
    event_reply,
    json_reply,
    pieces,
    server_event,
)
from .tokens import Usage

_REASONS = {"max_output_tokens": "length", "content_filter": "content_filter"}


def create(call: Call) -> Reply:
    """``POST /v1/chat/completions``."""
    prompt = read_prompt(call)
    text = call.answer_text(prompt)
    outcome = run(prompt, text, call.fault, call.state.prompt_cache)
    head = _head(call.body, prompt)
    if call.body.get("stream"):
        return event_reply(_encoded(call, _chunks(call, head, outcome)))
    call.think()
    if outcome.status == "failed" or call.has_fault("stream_error"):
        raise server_error()
    completion = _completion(head, outcome)
    if call.has_fault("no_usage"):
        del completion["usage"]
    if call.has_fault("cut_stream"):
        return broken_json_reply(completion, broken_off())
    return json_reply(completion)


def _head(body: dict[str, Any], prompt: Prompt) -> dict[str, Any]:
    tier = body.get("service_tier")
    return {
        "id": new_id("chatcmpl-"),
        "created": int(time.time()),
        "model": prompt.card.reply_name,
        "service_tier": tier if tier in ("flex", "priority") else "default",
        "system_fingerprint": None,
    }


def _completion(head: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    is_refusal = outcome.refusal is not None
    message: dict[str, Any] = {
        "role": "assistant",
        "content": None if is_refusal else outcome.text,
        "refusal": outcome.refusal,
        "annotations": [],
    }
    choice = {
        "index": 0,
        "message": message,
        "logprobs": None,
        "finish_reason": _finish_reason(outcome),
    }
    usage = _usage(outcome.usage)
    return {**head, "object": "chat.completion", "choices": [choice], "usage": usage}


def _finish_reason(outcome: Outcome) -> str:
    return _REASONS[outcome.reason] if outcome.reason else "stop"


def _usage(usage: Usage) -> dict[str, Any]:
    return {
        "prompt_tokens": usage.input,
        "completion_tokens": usage.output,
        "total_tokens": usage.total,
        "prompt_tokens_details": {
            "cached_tokens": usage.cached,
            "cache_write_tokens": usage.written,
            "audio_tokens": 0,
        },
        "completion_tokens_details": {
            "reasoning_tokens": usage.reasoning,
            "audio_tokens": 0,
            "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }


def _chunks(
    call: Call, head: dict[str, Any], outcome: Outcome
) -> Iterator[dict[str, Any]]:
    """The chunks of a stream; raises ``ApiError`` where it fails."""
    head = {**head, "object": "chat.completion.chunk"}
    options = call.body.get("stream_options") or {}
    has_usage = bool(options.get("include_usage"))
    if has_usage:
        head["usage"] = None
    call.think()
    if outcome.status == "failed":
        raise server_error()
    yield _chunk(head, {"role": "assistant", "content": "", "refusal": None})
    key = "content" if outcome.refusal is None else "refusal"
    for piece in _pieces(call, outcome):
        yield _chunk(head, {key: piece})
        call.pause()
    yield _chunk(head, {}, _finish_reason(outcome))
    if has_usage:
        yield {**head, "choices": [], "usage": _usage(outcome.usage)}


def _pieces(call: Call, outcome: Outcome) -> Iterator[str]:
    """The parts of the text; after half of them the stream breaks, if it is to."""
    parts = pieces(outcome.refusal or outcome.text)
    is_cut, is_error = call.has_fault("cut_stream"), call.has_fault("stream_error")
    yield from parts[: len(parts) // 2] if is_cut or is_error else parts
    if is_error:
        raise server_error()
    if is_cut:
        raise StreamCut


def _chunk(
    head: dict[str, Any], delta: dict[str, Any], reason: str | None = None
) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
    return {**head, "choices": [choice]}


def _encoded(call: Call, chunks: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    try:
        for chunk in chunks:
            yield server_event(chunk)
    except ApiError as error:
        yield server_event(error.body())
    except StreamCut:
        if call.fault is not None and call.fault.variant == "abrupt":
            raise broken_off() from None
    else:
        yield LastPart(server_event("[DONE]"))
