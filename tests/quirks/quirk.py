# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One quirk: where it was reported, what the server does, what must come of it."""

import json
from dataclasses import dataclass, field
from typing import Any

from openai_server import Fault, OpenAIServer

from odoo.addons.gpt_core.engine.chain.spec import OutputSpec
from odoo.addons.gpt_core.engine.provider.usage import Prices, Usage

# What each answer of the table says it took, and what that costs.
TOKENS = Usage(input_tokens=100, output_tokens=10)
PRICES = Prices(input=10.0, output=20.0)
FIELDS = (
    OutputSpec(name="topic", ttype="char", required=True),
    OutputSpec(name="count", ttype="integer"),
    OutputSpec(name="urgency", ttype="selection", choices=("low", "high")),
)
GOOD = {"topic": "envío", "count": 2, "urgency": "high"}
GOOD_TEXT = json.dumps(GOOD, ensure_ascii=False)
PATHS = {"chat": "/v1/chat/completions", "responses": "/v1/responses"}


@dataclass(frozen=True)
class Does:
    """What the server does with a request.

    :param when: only with requests that have this text in them
    :param text: it answers, and this is the text
    :param body: it replies with this: JSON, or a text as it is
    :param times: so often; ``None``: always
    """

    when: str | None = None
    text: str | None = None
    body: Any = ""
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    times: int | None = None
    finish_reason: str = "stop"
    message: dict[str, Any] = field(default_factory=dict)

    def order(self, server: OpenAIServer, protocol: str) -> None:
        """Have the server do it."""
        body = self.body
        if self.text is not None or self.message:
            body = answer(protocol, self.text, self.finish_reason, self.message)
        server.faults.order(
            Fault(
                "raw",
                body=body if isinstance(body, str) else json.dumps(body),
                status=self.status,
                content_type=self.content_type,
                headers=self.headers,
                match=self.when,
                times=self.times,
                path=PATHS[protocol],
            )
        )


@dataclass(frozen=True)
class Quirk:
    """A behaviour that was seen, and the outcome that is right.

    :param source: the public report
    :param value: what the step gives: its fields, or its text
    :param code: the error code, where it gives nothing
    :param calls: HTTP calls of the provider
    :param paid: how many answers are booked
    :param learned: what is kept of the model's capabilities
    :param sent: what the last request has
    :param unsent: what it has not
    """

    name: str
    source: str
    does: tuple[Does, ...]
    value: Any = None
    code: str = ""
    calls: int = 1
    paid: int = 0
    protocol: str = "chat"
    fields: tuple[OutputSpec, ...] = FIELDS
    learned: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    retries: int = 0
    sent: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    detail: str = ""

    @property
    def cost(self) -> float:
        """What is booked."""
        return PRICES.cost(TOKENS) * self.paid


def answer(
    protocol: str,
    text: str | None,
    finish_reason: str = "stop",
    message: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the reply that is an answer."""
    if protocol == "responses":
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "model": "m",
            "status": "completed",
            "output": [
                {
                    "type": "message",
                    "id": "m1",
                    "role": "assistant",
                    "status": "completed",
                    "content": [
                        {"type": "output_text", "annotations": [], "text": text}
                    ],
                }
            ],
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "usage": {
                "input_tokens": TOKENS.input_tokens,
                "output_tokens": TOKENS.output_tokens,
                "total_tokens": TOKENS.input_tokens + TOKENS.output_tokens,
            },
        }
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish_reason,
                "message": {"role": "assistant", "content": text} | (message or {}),
            }
        ],
        "usage": {
            "prompt_tokens": TOKENS.input_tokens,
            "completion_tokens": TOKENS.output_tokens,
            "total_tokens": TOKENS.input_tokens + TOKENS.output_tokens,
        },
    }


def refused(message: str, when: str | None = None, **more: Any) -> Does:
    """Return that requests are refused: a 400 with a message."""
    said = {"message": message, "type": "invalid_request_error", "code": None}
    values = {"status": 400, "body": {"error": said}} | more
    return Does(when=when, **values)


def answers(text: str = GOOD_TEXT, **more: Any) -> Does:
    """Return that requests are answered."""
    return Does(text=text, **more)


def page(title: str, status: int) -> Does:
    """Return that a web page comes."""
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head></html>"
    return Does(body=text, status=status, content_type="text/html; charset=UTF-8")
