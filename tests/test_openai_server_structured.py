# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Structured outputs fit whatever schema is asked for, and tell what the text says.

The SDK turns the pydantic models into schemas and validates the replies with them.
"""

import json
from enum import Enum
from typing import Annotated, Any, Literal, TypeVar

import openai
import pytest
from openai_server import OpenAIServer
from openai_server.answers import answer
from openai_server.facts import Message
from openai_server.structured import StructuredAnswer
from pydantic import BaseModel, Field, create_model

from .wire import KEY

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


def fill(server: OpenAIServer, kind: type[Parsed], prompt: str) -> Parsed:
    client = openai.OpenAI(base_url=server.base_url, api_key=KEY)
    reply = client.responses.parse(model="gpt-4o", input=prompt, text_format=kind)
    assert reply.output_parsed is not None
    return reply.output_parsed


def test_a_lead_is_told_from_its_record(server: OpenAIServer) -> None:
    lead = fill(server, Lead, LEAD)
    assert lead.x_gpt_summary.startswith("Nombre: Mariana López")
    assert (lead.priority, lead.is_urgent) == ("high", True)
    assert lead.missing_fields == ["job_position"]
    assert lead.next_step == "Llamar al cliente."
    assert lead.phone == "+52 222 123 4567"
    assert lead.correo == "mariana@cafenorte.example"
    assert (lead.presupuesto, lead.cargo) == (45_000.0, None)
    assert 0 < lead.confidence <= 100


def test_empty_fields_are_missing(server: OpenAIServer) -> None:
    record = "<lead>\nNombre: Luis\nTeléfono:\nCorreo: n/a\nCiudad: León\n</lead>"
    lead = fill(server, Lead, record)
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
    found = json.loads(StructuredAnswer(schema, told).text())
    assert found == {"next_step": "Llamar al cliente."}


def test_a_reply_that_knows(server: OpenAIServer) -> None:
    reply = fill(server, Reply, f"{FACTS}¿Cuánto cuesta el envío?")
    assert reply.action == "answer"
    assert reply.answer == "El envío a Puebla cuesta $180 MXN."
    assert reply.sources == [reply.answer]
    assert (reply.confidence, reply.needs_human) == (1.0, False)


@pytest.mark.parametrize(
    "question", ["¿Venden barcos?", "Quiero hablar con un asesor, por favor"]
)
def test_a_reply_that_hands_over(server: OpenAIServer, question: str) -> None:
    reply = fill(server, Reply, FACTS + question)
    assert (reply.action, reply.needs_human) == ("handoff", True)
    assert reply.answer
    assert reply.confidence < 0.5


class Colour(Enum):
    RED = "red"
    OTHER = "other"


class Node(BaseModel):
    name: str
    children: list["Node"]
    parent: "Node | None"


class Inner(BaseModel):
    code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    number: Annotated[int, Field(gt=3, lt=5)]


SHAPES: dict[str, Any] = {
    "enum": Colour,
    "nullable_enum": Colour | None,
    "constant": Literal["fixed"],
    "numbers": Literal[1, 2, 3],
    "nested": Inner,
    "nullable_object": Inner | None,
    "objects": Annotated[list[Inner], Field(min_length=2, max_length=3)],
    "strings": Annotated[list[str], Field(min_length=1)],
    "short": Annotated[str, Field(max_length=5)],
    "long": Annotated[str, Field(min_length=40)],
    "share": Annotated[float, Field(ge=0.25, le=0.75)],
    "negative": Annotated[int, Field(le=-5)],
    "fifth": Annotated[int, Field(ge=1, multiple_of=5)],
    "either": int | str,
    "flag": bool,
    "tree": Node,
}


@pytest.mark.parametrize("name", SHAPES)
def test_any_shape_is_filled_validly(server: OpenAIServer, name: str) -> None:
    kind = create_model("Shape", **{name: (SHAPES[name], ...), "answer": (str, ...)})
    for prompt in (LEAD, f"{FACTS}¿Cuánto cuesta el envío?", "nada"):
        assert fill(server, kind, prompt)


@pytest.mark.parametrize(
    ("given", "pattern"),
    [
        ("date", r"^\d{4}-\d\d-\d\d$"),
        ("date-time", r"^\d{4}-\d\d-\d\dT"),
        ("email", r"^[^@]+@[^@]+$"),
        ("uuid", r"^[0-9a-f-]{36}$"),
    ],
)
def test_formats(given: str, pattern: str) -> None:
    schema = {"type": "object", "properties": {"x": {"type": "string"}}}
    schema["properties"]["x"]["format"] = given
    found = StructuredAnswer(schema, answer([Message("user", LEAD)])).text()
    kind = create_model("Shape", x=(Annotated[str, Field(pattern=pattern)], ...))
    assert kind.model_validate(json.loads(found))


def test_json_mode_answers_with_an_object(server: OpenAIServer) -> None:
    client = openai.OpenAI(base_url=server.base_url, api_key=KEY)
    reply = client.responses.create(
        model="gpt-4o",
        input=f"Responde en JSON.\n{FACTS}<question>¿Cuánto el envío?</question>",
        text={"format": {"type": "json_object"}},
    )
    value = json.loads(reply.output_text)
    assert value["answer"] == "El envío a Puebla cuesta $180 MXN."
