# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Embedding in batches, against the local server over HTTP."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai_server import Fault, OpenAIServer

from odoo.addons.gpt_core.engine.provider.chat_model import Endpoint, make_embeddings
from odoo.addons.gpt_core.engine.provider.tries import Tries
from odoo.addons.gpt_core.engine.provider.usage import most_tokens
from odoo.addons.kb_rag.engine.vectors.embedding import (
    MAX_BATCH_TEXTS,
    _Meter,
    batches,
    embed_query,
    embed_texts,
)

MODEL = "text-embedding-3-small"


def embeddings(server: OpenAIServer):
    return make_embeddings(
        Endpoint("sk-test", server.base_url, max_retries=0), MODEL, 64
    )


def test_vectors_and_what_they_cost(server: OpenAIServer) -> None:
    model = embeddings(server)
    outcome = embed_texts(model, ["El envío cuesta 150 pesos.", "Abrimos a las nueve."])
    assert [len(vector) for vector in outcome.vectors] == [64, 64]
    replies = outcome.usage.input_tokens
    assert replies > 5, "the tokens are those of the reply"
    again = embed_texts(model, ["El envío cuesta 150 pesos.", "Abrimos a las nueve."])
    assert again.usage.input_tokens == replies, "not added up over calls"
    assert len(embed_query(model, "¿Envío?").vectors[0]) == 64


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("wrong_key", "wrong_key"),
        ("rate_limit", "rate_limit"),
        ("insufficient_quota", "quota"),
        ("server_error", "server_error"),
        ("unknown_model", "unknown_model"),
        ("connection_reset", "connection"),
    ],
)
def test_failures(server: OpenAIServer, fault: str, code: str) -> None:
    server.faults.order(Fault(fault, times=None))
    outcome = embed_texts(embeddings(server), ["a"])
    assert outcome.error.code == code
    assert outcome.vectors == []


def reply(numbers: list[object], usage: object) -> str:
    """A reply with a vector of one number for each text, and odd places."""
    data = [
        {"object": "embedding", "index": number, "embedding": [float(place + 1)]}
        for place, number in enumerate(numbers)
    ]
    return json.dumps({"object": "list", "model": "m", "data": data, "usage": usage})


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ([2, 0, 1], [2.0, 3.0, 1.0]),
        ([0, 1, 2], [1.0, 2.0, 3.0]),
        # What makes no sense says nothing.
        ([0, 0, 0], [1.0, 2.0, 3.0]),
        ([7, 8, -1], [1.0, 2.0, 3.0]),
        (["2", "0", "1"], [1.0, 2.0, 3.0]),
        ([None, 1e300, True], [1.0, 2.0, 3.0]),
    ],
)
def test_vectors_say_of_which_text_they_are(
    server: OpenAIServer, numbers: list, order: list[float]
) -> None:
    server.faults.order(Fault("raw", status=200, body=reply(numbers, None)))
    meter = _Meter.on(embeddings(server))
    got = meter.create(model=MODEL, input=["a", "b", "c"], encoding_format="float")
    assert [vector.embedding for vector in got.data] == [[number] for number in order]


@pytest.mark.parametrize("count", [9e9, -5, "x", None, float("nan"), True, [], {}])
def test_odd_counts(server: OpenAIServer, count: object) -> None:
    body = reply([0], {"prompt_tokens": count, "total_tokens": count})
    server.faults.order(Fault("raw", status=200, body=body))
    outcome = embed_texts(embeddings(server), ["El envío cuesta 150 pesos."])
    assert outcome.error is None
    assert 0 <= outcome.usage.input_tokens < 100


def test_calls_are_counted(server: OpenAIServer) -> None:
    server.faults.order(Fault("server_error", times=1))
    model = make_embeddings(Endpoint("k", server.base_url, max_retries=1), MODEL, 64)
    assert embed_texts(model, ["a"]).tries == Tries(made=2)
    server.faults.order(Fault("timeout", times=None))
    slow = Endpoint("k", server.base_url, timeout=0.3, max_retries=1)
    outcome = embed_query(make_embeddings(slow, MODEL, 64), "a")
    assert outcome.error.code == "timeout"
    assert outcome.tries == Tries(made=2, unanswered=2)


def test_a_text_that_is_far_too_long(server: OpenAIServer) -> None:
    outcome = embed_texts(embeddings(server), ["palabra " * 60_000])
    assert outcome.error is None


@given(st.lists(st.text(min_size=1, max_size=300), max_size=400), st.integers(50, 5000))
def test_batches(texts: list[str], most: int) -> None:
    parts = list(batches(texts, most))
    assert [place for part in parts for place in part] == list(range(len(texts)))
    for part in parts:
        assert 0 < len(part) <= MAX_BATCH_TEXTS
        tokens = sum(most_tokens(texts[place]) for place in part)
        assert tokens <= most or len(part) == 1
