# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo's model fills structured outputs with what the text says."""

import json
from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

import openai
import pytest
from openai_server import OpenAIServer
from openai_server.prompts import Message
from openai_server.structured import StructuredAnswer
from pydantic import BaseModel, Field

from setup.demo.model import quote_facts
from setup.demo.model.answers import answer
from setup.demo.model.guesses import GuessedField

from ..wire import KEY

Parsed = TypeVar("Parsed", bound=BaseModel)

LEAD = """<lead>
Nombre: Mariana López
Empresa: Cafetería Norte
Teléfono: +52 222 123 4567
Correo: mariana@cafenorte.example
Ciudad: Puebla
Presupuesto: $45,000 MXN
Cargo: -
Notas: Necesita urgente dos molinos y una máquina para abrir su segunda sucursal.
</lead>"""
FACTS = "<facts>\nEl envío a Puebla cuesta $180 MXN.\n</facts>\n"


class Lead(BaseModel):
    x_gpt_summary: str
    priority: Literal["low", "medium", "high"]
    missing_fields: list[Literal["phone", "email", "city", "job_position", "budget"]]
    next_step: str
    confidence: Annotated[int, Field(ge=0, le=100)]
    contact_name: str | None
    phone: str | None
    correo: str
    city: str | None
    presupuesto: float
    cargo: str | None
    is_urgent: bool


class Reply(BaseModel):
    action: Literal["answer", "handoff"]
    answer: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    reason: str
    sources: list[str]
    needs_human: bool


@pytest.fixture
def demo_server() -> Iterator[OpenAIServer]:
    with OpenAIServer(answerer=quote_facts) as running:
        yield running


def fill(server: OpenAIServer, kind: type[Parsed], prompt: str) -> Parsed:
    client = openai.OpenAI(base_url=server.base_url, api_key=KEY)
    reply = client.responses.parse(model="gpt-4o", input=prompt, text_format=kind)
    assert reply.output_parsed is not None
    return reply.output_parsed


def test_a_lead_is_told_from_its_record(demo_server: OpenAIServer) -> None:
    lead = fill(demo_server, Lead, LEAD)
    assert lead.x_gpt_summary.startswith("Nombre: Mariana López")
    assert (lead.priority, lead.is_urgent) == ("high", True)
    assert lead.missing_fields == ["job_position"]
    assert lead.next_step == "Llamar al cliente."
    assert lead.phone == "+52 222 123 4567"
    assert lead.correo == "mariana@cafenorte.example"
    assert (lead.presupuesto, lead.cargo) == (45_000.0, None)
    assert 0 < lead.confidence <= 100


def test_empty_fields_are_missing(demo_server: OpenAIServer) -> None:
    record = "<lead>\nNombre: Luis\nTeléfono:\nCorreo: n/a\nCiudad: León\n</lead>"
    lead = fill(demo_server, Lead, record)
    assert lead.missing_fields == ["phone", "email", "job_position", "budget"]
    assert (lead.phone, lead.priority) == (None, "medium")
    assert lead.next_step == "Pedir un dato de contacto."


def test_texts_are_in_the_language_that_is_asked_for() -> None:
    told = answer(
        [
            Message(
                "system", "Write every text in Spanish (MX), whatever the lead is."
            ),
            Message("user", f"{LEAD}\nSummarise this lead, and say what to do next."),
        ]
    )
    schema = {"type": "object", "properties": {"next_step": {"type": "string"}}}
    found = json.loads(StructuredAnswer(schema, GuessedField(answer=told)).text())
    assert found == {"next_step": "Llamar al cliente."}


def test_a_reply_that_knows(demo_server: OpenAIServer) -> None:
    reply = fill(demo_server, Reply, f"{FACTS}¿Cuánto cuesta el envío?")
    assert reply.action == "answer"
    assert reply.answer == "El envío a Puebla cuesta $180 MXN."
    assert reply.sources == [reply.answer]
    assert (reply.confidence, reply.needs_human) == (1.0, False)


@pytest.mark.parametrize(
    "question", ["¿Venden barcos?", "Quiero hablar con un asesor, por favor"]
)
def test_a_reply_that_hands_over(demo_server: OpenAIServer, question: str) -> None:
    reply = fill(demo_server, Reply, FACTS + question)
    assert (reply.action, reply.needs_human) == ("handoff", True)
    assert reply.answer
    assert reply.confidence < 0.5


def test_json_mode_answers_with_an_object(demo_server: OpenAIServer) -> None:
    client = openai.OpenAI(base_url=demo_server.base_url, api_key=KEY)
    reply = client.responses.create(
        model="gpt-4o",
        input=f"Responde en JSON.\n{FACTS}<question>¿Cuánto el envío?</question>",
        text={"format": {"type": "json_object"}},
    )
    value = json.loads(reply.output_text)
    assert value["answer"] == "El envío a Puebla cuesta $180 MXN."
