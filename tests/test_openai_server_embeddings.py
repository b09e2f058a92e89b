# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/v1/embeddings``: near means similar, and the format is the API's."""

import base64
import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import openai
import openai_server
import pytest
from openai.types import CreateEmbeddingResponse
from openai_server import OpenAIServer
from openai_server.embeddings import embed

from .wire import KEY, call, strictly

SMALL = "text-embedding-3-small"
PASSAGES = {
    "envío": "Enviamos a todo el país en 3 a 5 días hábiles; el envío cuesta $180.",
    "devolución": "Aceptamos devoluciones durante 30 días con el empaque original.",
    "garantía": "Los molinos tienen garantía de 2 años en el motor.",
    "horario": "Abrimos de lunes a viernes de 9 a 18 h y los sábados hasta las 14 h.",
    "factura": "Emitimos factura CFDI 4.0 con su constancia de situación fiscal.",
}
QUESTIONS = {
    "cuanto cuesta el envio": "envío",
    "¿en cuántos días envían?": "envío",
    "quiero hacer una devolucion": "devolución",
    "¿qué garantía tiene el motor del molino?": "garantía",
    "¿abren los sábados?": "horario",
    "necesito factura con mi constancia": "factura",
}


def post(server: OpenAIServer, **body: Any) -> CreateEmbeddingResponse:
    raw = call(server.base_url, "embeddings", {"model": SMALL} | body)
    assert raw.status == 200, raw.content
    return strictly(CreateEmbeddingResponse, raw.content)


def product(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_reply_is_the_sdks_type(server: OpenAIServer) -> None:
    reply = post(server, input=["uno", "dos"])
    assert [item.index for item in reply.data] == [0, 1]
    assert reply.model == SMALL
    assert reply.usage.total_tokens == reply.usage.prompt_tokens == 2


@pytest.mark.parametrize(
    ("changes", "length"),
    [
        ({}, 1536),
        ({"model": "text-embedding-3-large"}, 3072),
        ({"dimensions": 256}, 256),
    ],
)
def test_vectors_have_length_one(
    server: OpenAIServer, changes: dict[str, Any], length: int
) -> None:
    (item,) = post(server, input="hola mundo", **changes).data
    assert len(item.embedding) == length
    assert product(item.embedding, item.embedding) == pytest.approx(1)


def test_base64_is_the_same_vector(server: OpenAIServer) -> None:
    raw = call(
        server.base_url,
        "embeddings",
        {"model": SMALL, "input": "hola", "encoding_format": "base64"},
    )
    content = base64.b64decode(raw.json["data"][0]["embedding"])
    unpacked = struct.unpack("<1536f", content)
    assert list(unpacked) == pytest.approx(embed("hola", 1536), abs=1e-6)
    client = openai.OpenAI(base_url=server.base_url, api_key=KEY)
    (item,) = client.embeddings.create(model=SMALL, input="hola").data
    assert item.embedding == pytest.approx(embed("hola", 1536), abs=1e-6)


@pytest.mark.parametrize("dimensions", [256, 1536])
@pytest.mark.parametrize(("question", "expected"), QUESTIONS.items())
def test_questions_find_their_passage(
    question: str, expected: str, dimensions: int
) -> None:
    asked = embed(question, dimensions)
    scores = {n: product(asked, embed(t, dimensions)) for n, t in PASSAGES.items()}
    assert max(scores, key=lambda name: scores[name]) == expected, scores


def test_accents_and_case_do_not_count() -> None:
    assert embed("Devolución ENVÍO", 512) == embed("devolucion envio", 512)


def test_unrelated_texts_are_far() -> None:
    one, other = embed("garantía del molino", 1536), embed("horario de tienda", 1536)
    assert abs(product(one, other)) < 0.15


def test_the_same_text_has_the_same_vector_in_every_process() -> None:
    code = "from openai_server.embeddings import embed; print(embed('molino', 64))"
    kit = Path(openai_server.__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(kit)}
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == embed("molino", 64)


def test_odd_inputs_have_vectors(server: OpenAIServer) -> None:
    reply = post(server, input=["…", "😀", "   "])
    assert all(product(i.embedding, i.embedding) for i in reply.data)
    assert len(post(server, input=[[1, 2, 3], [4]]).data) == 2
    assert len(post(server, input=[1, 2, 3]).data) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"input": None}, "Missing required parameter: 'input'"),
        ({"input": ""}, "is invalid"),
        ({"input": []}, "is invalid"),
        ({"input": ["a", ""]}, "is invalid"),
        ({"input": {"a": 1}}, "is invalid"),
        ({"input": ["x"] * 2049}, "is invalid"),
        ({"input": "x " * 20_000}, "maximum context length is 8192"),
        ({"input": ["x " * 10_000] * 70}, "max 300000 tokens per request"),
        ({"dimensions": 1537}, "Expected a value <= 1536"),
        ({"dimensions": 0}, "Expected a value >= 1"),
        ({"encoding_format": "hex"}, "Invalid value: 'hex'"),
        ({"model": None}, "must provide a model"),
    ],
)
def test_bad_inputs(
    server: OpenAIServer, changes: dict[str, Any], message: str
) -> None:
    body = {"model": SMALL, "input": "hola"} | changes
    raw = call(server.base_url, "embeddings", body)
    assert raw.status == 400
    assert message in raw.error["message"]


def test_chat_models_make_no_embeddings(server: OpenAIServer) -> None:
    body = {"model": "gpt-4o", "input": "hola"}
    assert call(server.base_url, "embeddings", body).status == 403
    body = {"model": SMALL, "input": "hola"}
    assert call(server.base_url, "responses", body).status == 404
