# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the "model" made of a prompt, before it is put into an endpoint's words."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from .faults import Fault
from .prompts import Prompt
from .tokens import PromptCache, Usage, count_tokens, cut_to_tokens


@dataclass(frozen=True)
class Outcome:
    """The end of one run: its state, what was written, and what it cost.

    ``reason`` is set when incomplete, ``error`` (code, message) when failed.
    """

    status: Literal["completed", "incomplete", "failed"]
    text: str
    usage: Usage
    reason: Literal["max_output_tokens", "content_filter"] | None = None
    refusal: str | None = None
    error: dict[str, Any] | None = None


def run(prompt: Prompt, text: str, fault: Fault | None, cache: PromptCache) -> Outcome:
    """Make of the text that answers a prompt what the limits and the fault leave."""
    for stop in prompt.stop:
        text = text.split(stop, 1)[0]
    limit = prompt.output_limit
    reasoning = min(prompt.reasoning_tokens, limit)
    cached = cache.cached_tokens(prompt.card.name, prompt.text)
    pays = prompt.card.pays_cache_write
    written = cache.written_tokens(prompt.text, cached) if pays else 0
    usage = Usage(prompt.input_tokens, cached, 0, reasoning, written)
    outcome = Outcome("completed", text, usage)
    if fault is not None and fault.name in _SPOILERS:
        outcome = _SPOILERS[fault.name](outcome, fault)
    if count_tokens(outcome.text) > limit - reasoning:
        cut = cut_to_tokens(outcome.text, limit - reasoning)
        outcome = replace(
            outcome, status="incomplete", text=cut, reason="max_output_tokens"
        )
    return _counted(outcome)


def _counted(outcome: Outcome) -> Outcome:
    written = count_tokens(outcome.text) + count_tokens(outcome.refusal or "")
    if outcome.status == "failed":
        return outcome
    usage = replace(outcome.usage, output=outcome.usage.reasoning + written)
    return replace(outcome, usage=usage)


# Each turns a good outcome into the one that a fault orders.


def _truncated_json(outcome: Outcome, _fault: Fault) -> Outcome:
    half = outcome.text[: max(len(outcome.text) // 2, 1)]
    return replace(outcome, status="incomplete", text=half, reason="max_output_tokens")


def _invalid_json(outcome: Outcome, fault: Fault) -> Outcome:
    if fault.variant == "schema":
        return replace(outcome, text=json.dumps({"unexpected": [1, "two", None]}))
    return replace(outcome, text="Claro, aquí está el resultado: {answer = sí,")


def _refusal(outcome: Outcome, _fault: Fault) -> Outcome:
    return replace(outcome, text="", refusal="I'm sorry, I can't help with that.")


def _empty(outcome: Outcome, _fault: Fault) -> Outcome:
    return replace(outcome, text="")


def _content_filter(outcome: Outcome, _fault: Fault) -> Outcome:
    start = outcome.text[: len(outcome.text) // 3]
    return replace(outcome, status="incomplete", text=start, reason="content_filter")


def _failed(outcome: Outcome, _fault: Fault) -> Outcome:
    return replace(
        outcome,
        status="failed",
        text="",
        error={
            "code": "server_error",
            "message": "The model failed to generate a response.",
        },
    )


_SPOILERS: dict[str, Callable[[Outcome, Fault], Outcome]] = {
    "truncated_json": _truncated_json,
    "invalid_json": _invalid_json,
    "refusal": _refusal,
    "empty": _empty,
    "content_filter": _content_filter,
    "failed": _failed,
}
