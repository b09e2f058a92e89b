# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Embedding in batches, against the local server over HTTP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.gpt_core.engine.chat_model import Endpoint, make_embeddings
from odoo.addons.kb_rag.engine.embedding import (
    MAX_BATCH_TEXTS,
    batches,
    embed_query,
    embed_texts,
    estimated_tokens,
)

from ..openai_server import Fault, OpenAIServer

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


def test_a_text_that_is_far_too_long(server: OpenAIServer) -> None:
    outcome = embed_texts(embeddings(server), ["palabra " * 60_000])
    assert outcome.error is None


@given(st.lists(st.text(min_size=1, max_size=300), max_size=400), st.integers(50, 5000))
def test_batches(texts: list[str], most: int) -> None:
    parts = list(batches(texts, most))
    assert [place for part in parts for place in part] == list(range(len(texts)))
    for part in parts:
        assert 0 < len(part) <= MAX_BATCH_TEXTS
        tokens = sum(estimated_tokens(texts[place]) for place in part)
        assert tokens <= most or len(part) == 1
