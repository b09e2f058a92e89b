# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The server as LangChain's OpenAI classes see it, over HTTP."""

import math
from typing import Any

import openai
import pytest
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from openai_server import Fault, OpenAIServer

from .wire import KEY

MESSAGES = [
    SystemMessage("<facts>\nEl envío a Puebla cuesta $180 MXN.\n</facts>"),
    HumanMessage("¿Cuánto cuesta el envío?"),
]
ANSWER = "El envío a Puebla cuesta $180 MXN."
SCHEMA = {
    "title": "reply",
    "type": "object",
    "properties": {
        "answer": {"type": "string"},
        "confidence": {"type": "number"},
        "phone": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
    "required": ["answer", "confidence", "phone"],
    "additionalProperties": False,
}
# fault → what invoke() raises
RAISED = {
    "rate_limit": openai.RateLimitError,
    "insufficient_quota": openai.RateLimitError,
    "server_error": openai.InternalServerError,
    "overloaded": openai.InternalServerError,
    "wrong_key": openai.AuthenticationError,
    "permission": openai.PermissionDeniedError,
    "unknown_model": openai.NotFoundError,
    "context_length": openai.BadRequestError,
    "invalid_request": openai.BadRequestError,
    "connection_reset": openai.APIConnectionError,
    "cut_stream": openai.APIConnectionError,
    "failed": ValueError,
}


def chat(server: OpenAIServer, **changes: Any) -> ChatOpenAI:
    settings = {"model": "gpt-4o-mini", "max_retries": 0, "use_responses_api": True}
    return ChatOpenAI(base_url=server.base_url, api_key=KEY, **(settings | changes))


def test_text_and_usage(server: OpenAIServer) -> None:
    message = chat(server, max_tokens=321, temperature=0.2).invoke(MESSAGES)
    assert message.text == ANSWER
    assert message.response_metadata["status"] == "completed"
    assert message.usage_metadata is not None
    assert message.usage_metadata["input_token_details"] == {
        "cache_read": 0,
        "cache_creation": 0,
    }
    (entry,) = server.journal.wait_for(1)
    assert entry.body["max_output_tokens"] == 321
    assert "max_tokens" not in entry.body
    assert entry.body["temperature"] == 0.2
    assert (entry.status, entry.completed) == (200, True)


def test_stream(server: OpenAIServer) -> None:
    parts = list(chat(server, model="gpt-6-luna").stream(MESSAGES))
    assert "".join(part.text for part in parts) == ANSWER
    assert sum(bool(part.text) for part in parts) > 3
    whole = parts[0]
    for part in parts[1:]:
        whole += part
    assert whole.response_metadata["status"] == "completed"
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["output_token_details"]["reasoning"] == 128


def test_structured_output(server: OpenAIServer) -> None:
    bound = chat(server).with_structured_output(
        SCHEMA, method="json_schema", strict=True, include_raw=True
    )
    result = bound.invoke(MESSAGES)
    assert result["parsing_error"] is None
    expected = {"answer": ANSWER, "confidence": 1.0, "phone": None}
    assert result["parsed"] == expected
    wanted = server.journal.entries()[0].body["text"]["format"]
    assert (wanted["type"], wanted["strict"]) == ("json_schema", True)


@pytest.mark.parametrize("fault", RAISED)
def test_faults_raise(server: OpenAIServer, fault: str) -> None:
    server.faults.order(Fault(fault))
    with pytest.raises(RAISED[fault]):
        chat(server).invoke(MESSAGES)
    assert chat(server).invoke(MESSAGES).text == ANSWER


def test_timeout_raises(server: OpenAIServer) -> None:
    server.faults.order(Fault("timeout"))
    with pytest.raises(openai.APITimeoutError):
        chat(server, timeout=0.3).invoke(MESSAGES)


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        ("truncated_json", "incomplete", "max_output_tokens"),
        ("content_filter", "incomplete", "content_filter"),
        ("invalid_json", "completed", None),
        ("refusal", "completed", None),
        ("empty", "completed", None),
    ],
)
def test_faults_that_do_not_raise_are_visible(
    server: OpenAIServer, fault: str, status: str, reason: str | None
) -> None:
    server.faults.order(Fault(fault))
    bound = chat(server).with_structured_output(SCHEMA, strict=True, include_raw=True)
    raw = bound.invoke(MESSAGES)["raw"]
    details = raw.response_metadata.get("incomplete_details") or {}
    assert (raw.response_metadata["status"], details.get("reason")) == (status, reason)
    kinds = [block["type"] for block in raw.content]
    assert ("refusal" in kinds) == (fault == "refusal")


@pytest.mark.parametrize("fault", ["stream_error", "failed"])
def test_errors_in_a_stream_raise(server: OpenAIServer, fault: str) -> None:
    server.faults.order(Fault(fault))
    with pytest.raises(ValueError, match=r"occurred|failed"):
        list(chat(server).stream(MESSAGES))


def test_a_cut_stream_never_says_completed(server: OpenAIServer) -> None:
    server.faults.order(Fault("cut_stream"))
    parts = list(chat(server).stream(MESSAGES))
    assert 0 < len("".join(part.text for part in parts)) < len(ANSWER)
    assert not any("status" in p.response_metadata for p in parts)


def test_retries_are_seen_in_the_journal(server: OpenAIServer) -> None:
    server.faults.order(Fault("rate_limit", times=2, retry_after=0.05))
    assert chat(server, max_retries=2).invoke(MESSAGES).text == ANSWER
    assert [e.status for e in server.journal.entries()] == [429, 429, 200]


def test_chat_completions(server: OpenAIServer) -> None:
    model = chat(server, use_responses_api=False)
    assert model.invoke(MESSAGES).text == ANSWER
    assert "".join(part.text for part in model.stream(MESSAGES)) == ANSWER
    paths = {entry.path for entry in server.journal.entries()}
    assert paths == {"/v1/chat/completions"}


def test_embeddings(server: OpenAIServer) -> None:
    embeddings = OpenAIEmbeddings(
        model="text-embedding-3-small",
        base_url=server.base_url,
        api_key=KEY,
        check_embedding_ctx_length=False,
        dimensions=512,
    )
    vectors = embeddings.embed_documents(["envío a Puebla", "garantía del molino"])
    asked = embeddings.embed_query("¿envían a puebla?")
    near, far = (
        math.sumprod(asked, v)
        if hasattr(math, "sumprod")
        else sum(a * b for a, b in zip(asked, v, strict=True))
        for v in vectors
    )
    assert len(asked) == 512
    assert near > far + 0.2
