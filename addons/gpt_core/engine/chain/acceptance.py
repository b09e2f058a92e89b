# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Decides whether a model's message is an answer."""

import json
from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessage

from ..errors import GptError
from ..text.answer_text import without_thinking
from ..text.blank import is_blank
from ..text.storable import storable_text

_INCOMPLETE = {
    "max_output_tokens": "truncated",
    "content_filter": "content_filter",
}
_FINISH_REASONS = {"length": "truncated", "content_filter": "content_filter"}


def accepted_text(message: AIMessage) -> str:
    """Return the text of a complete answer.

    :raises GptError: ``truncated``, ``content_filter``, ``refusal``, ``cut_stream`` or
        ``empty_answer``
    """
    metadata = message.response_metadata
    if "status" in metadata:  # Responses API
        _check_status(metadata)
    elif not metadata.get("finish_reason"):  # neither API ended its answer
        raise GptError("cut_stream")
    elif metadata["finish_reason"] in _FINISH_REASONS:
        raise GptError(_FINISH_REASONS[metadata["finish_reason"]])
    refusal = _refusal(message)
    if refusal:
        raise GptError("refusal", refusal[:500])
    text = without_thinking(storable_text(message.text))
    if message.tool_calls:
        # What a step that wants fields asked for as a call: its arguments are them.
        text = json.dumps(message.tool_calls[0]["args"], ensure_ascii=False)
    elif message.invalid_tool_calls:
        text = storable_text(message.invalid_tool_calls[0]["args"] or "")
    if is_blank(text):
        raise GptError("empty_answer")
    return text


def _check_status(metadata: Mapping[str, Any]) -> None:
    status = metadata["status"]
    if status == "incomplete":
        reason = (metadata.get("incomplete_details") or {}).get("reason") or ""
        raise GptError(_INCOMPLETE.get(reason, "truncated"), reason)
    if status != "completed":
        raise GptError("cut_stream", f"status {status}")


def _refusal(message: AIMessage) -> str:
    refusal: str = message.additional_kwargs.get("refusal") or ""
    if refusal:
        return refusal
    blocks = message.content if isinstance(message.content, list) else []
    return next(
        (
            block.get("refusal") or "refused"
            for block in blocks
            if isinstance(block, dict) and block.get("type") == "refusal"
        ),
        "",
    )
