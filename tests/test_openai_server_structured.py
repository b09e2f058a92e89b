# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Structured outputs fit whatever schema is asked for.

The SDK turns the pydantic models into schemas and validates the replies with them.
"""

import json
from enum import Enum
from typing import Annotated, Any, Literal, TypeVar

import openai
import pytest
from openai_server import OpenAIServer
from openai_server.default_answer import TEXT, default_answer
from openai_server.prompts import Answerer
from openai_server.structured import Field as FieldToFill
from openai_server.structured import StructuredAnswer
from pydantic import BaseModel, Field, create_model

from setup.demo.model import quote_facts

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


def fill(server: OpenAIServer, kind: type[Parsed], prompt: str) -> Parsed:
    client = openai.OpenAI(base_url=server.base_url, api_key=KEY)
    reply = client.responses.parse(model="gpt-4o", input=prompt, text_format=kind)
    assert reply.output_parsed is not None
    return reply.output_parsed


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
@pytest.mark.parametrize("answerer", [default_answer, quote_facts])
def test_any_shape_is_filled_validly(name: str, answerer: Answerer) -> None:
    kind = create_model("Shape", **{name: (SHAPES[name], ...), "answer": (str, ...)})
    with OpenAIServer(answerer=answerer) as server:
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
    found = StructuredAnswer(schema, FieldToFill()).text()
    kind = create_model("Shape", x=(Annotated[str, Field(pattern=pattern)], ...))
    assert kind.model_validate(json.loads(found))


def test_json_mode_answers_with_an_object() -> None:
    with OpenAIServer() as server:
        client = openai.OpenAI(base_url=server.base_url, api_key=KEY)
        reply = client.responses.create(
            model="gpt-4o",
            input="Responde en JSON: ¿Cuánto el envío?",
            text={"format": {"type": "json_object"}},
        )
    assert json.loads(reply.output_text)["answer"] == TEXT
