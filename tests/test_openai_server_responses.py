# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/v1/responses``: every reply is one that the official SDK's types accept."""

import json
from typing import Any

import openai
import pytest
from openai.types.responses import Response, ResponseStreamEvent
from openai_server import OpenAIServer
from pydantic import BaseModel

from .wire import KEY, Raw, call, strictly

FACTS = """You are the assistant of a shop.
<facts>
Horario: lunes a viernes de 9:00 a 18:00.
El envío a Puebla cuesta $180 MXN.
</facts>"""
QUESTION = "¿Cuánto cuesta el envío?"
ANSWER = "El envío a Puebla cuesta $180 MXN."
SCHEMA = {
    "type": "object",
    "properties": {
        "answer": {"type": "string"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "action": {"type": "string", "enum": ["answer", "handoff"]},
    },
    "required": ["answer", "confidence", "action"],
    "additionalProperties": False,
}


def body(**changes: Any) -> dict[str, Any]:
    given = {
        "model": "gpt-4o-mini",
        "input": [
            {"role": "system", "content": FACTS},
            {"role": "user", "content": QUESTION},
        ],
    }
    return given | changes


def structured(**changes: Any) -> dict[str, Any]:
    wanted = {"type": "json_schema", "name": "reply", "schema": SCHEMA, "strict": True}
    return body(text={"format": wanted}, **changes)


def create(server: OpenAIServer, **changes: Any) -> Response:
    raw = call(server.base_url, "responses", body(**changes))
    assert raw.status == 200, raw.content
    return strictly(Response, raw.content)


def events_of(raw: Raw) -> list[Any]:
    """The validated events of a stream, their order and numbers checked."""
    found = []
    for name, data in raw.events:
        event = strictly(ResponseStreamEvent, data)
        assert name == event.type
        found.append(event)
    assert [event.sequence_number for event in found] == list(range(len(found)))
    return found


def test_text(server: OpenAIServer) -> None:
    response = create(server, temperature=0.2, metadata={"chain": "3"})
    assert response.output_text == ANSWER
    assert response.status == "completed"
    assert response.model == "gpt-4o-mini-2024-07-18"
    assert (response.temperature, response.metadata) == (0.2, {"chain": "3"})
    assert response.usage is not None
    assert response.usage.total_tokens > response.usage.input_tokens > 40
    assert response.usage.output_tokens == pytest.approx(len(ANSWER) / 4, abs=1)


@pytest.mark.parametrize(
    "given",
    [
        QUESTION,
        [{"role": "user", "content": QUESTION}],
        [{"type": "message", "role": "user", "content": QUESTION}],
        [{"role": "user", "content": [{"type": "input_text", "text": QUESTION}]}],
        [
            {"role": "user", "content": "Hola"},
            {
                "role": "assistant",
                "content": [{"type": "output_text", "text": "¡Hola!"}],
            },
            {"type": "reasoning", "id": "rs_1", "summary": []},
            {"role": "user", "content": QUESTION},
        ],
    ],
)
def test_every_form_of_input_is_understood(server: OpenAIServer, given: Any) -> None:
    response = create(server, input=given, instructions=FACTS)
    assert response.output_text == ANSWER


@pytest.mark.parametrize("model", ["gpt-4o-mini", "gpt-6-luna"])
def test_stream_has_the_official_sequence(server: OpenAIServer, model: str) -> None:
    raw = call(server.base_url, "responses", body(model=model, stream=True))
    assert raw.headers["content-type"].startswith("text/event-stream")
    events = events_of(raw)
    deltas = [e.delta for e in events if e.type == "response.output_text.delta"]
    assert len(deltas) > 3
    assert "".join(deltas) == ANSWER
    item = ["response.output_item.added", "response.output_item.done"]
    kinds = [e.type for e in events if e.type != "response.output_text.delta"]
    assert kinds == [
        "response.created",
        "response.in_progress",
        *(item if model == "gpt-6-luna" else []),
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    first, last = events[0].response, events[-1].response
    assert (first.status, first.output, first.usage) == ("in_progress", [], None)
    assert (last.status, last.output_text) == ("completed", ANSWER)
    assert first.id == last.id


def test_structured_output_fits_the_schema(server: OpenAIServer) -> None:
    raw = call(server.base_url, "responses", structured())
    value = json.loads(strictly(Response, raw.content).output_text)
    assert value == {"answer": ANSWER, "confidence": 1.0, "action": "answer"}
    raw = call(server.base_url, "responses", structured(stream=True))
    assert json.loads(events_of(raw)[-1].response.output_text) == value


def test_max_output_tokens_is_obeyed(server: OpenAIServer) -> None:
    server.answer_with("palabra " * 100)
    response = create(server, max_output_tokens=16)
    assert response.status == "incomplete"
    assert response.incomplete_details is not None
    assert response.incomplete_details.reason == "max_output_tokens"
    assert response.usage is not None
    assert response.usage.output_tokens == 16
    assert len(response.output_text) == 16 * 4
    assert response.max_output_tokens == 16


def test_reasoning_is_booked_and_counts_against_the_limit(server: OpenAIServer) -> None:
    usage = create(server, model="gpt-5-mini").usage
    assert usage is not None
    assert usage.output_tokens_details.reasoning_tokens == 128
    assert usage.output_tokens > 128
    cut = create(server, model="gpt-5-mini", max_output_tokens=50)
    assert (cut.status, cut.output_text) == ("incomplete", "")
    assert [item.type for item in cut.output] == ["reasoning"]
    plain = create(server, model="gpt-5-mini", reasoning={"effort": "none"})
    assert plain.usage is not None
    assert plain.usage.output_tokens_details.reasoning_tokens == 0


def test_a_long_prefix_is_cached_the_second_time(server: OpenAIServer) -> None:
    long = FACTS + "\nfondo " * 2000

    def cached(question: str, model: str = "gpt-4o-mini") -> int:
        response = create(server, model=model, instructions=long, input=question)
        assert response.usage is not None
        return response.usage.input_tokens_details.cached_tokens

    assert cached("¿Uno?") == 0
    again = cached("¿Y otra cosa distinta?")
    assert again >= 1024
    assert again % 128 == 0
    assert cached("¿Uno?", model="gpt-4o") == 0
    short = [create(server).usage for _ in range(2)]
    assert [u.input_tokens_details.cached_tokens for u in short if u] == [0, 0]


def test_stored_responses_are_found_and_continued(server: OpenAIServer) -> None:
    first = create(server)
    raw = call(server.base_url, f"responses/{first.id}")
    assert strictly(Response, raw.content) == first
    after = create(
        server,
        input="¿Y el horario?",
        instructions=FACTS,
        previous_response_id=first.id,
    )
    assert after.output_text == "Horario: lunes a viernes de 9:00 a 18:00."
    hidden = create(server, store=False)
    assert call(server.base_url, f"responses/{hidden.id}").status == 404


def test_scripted_answers_are_used_in_turn(server: OpenAIServer) -> None:
    server.answer_with("uno", match="envío")
    server.answer_with({"dos": 2})
    server.answer_with(lambda request: f"modelo {request['model']}", times=2)
    said = [create(server).output_text for _ in range(5)]
    assert said == ["uno", '{"dos": 2}', *["modelo gpt-4o-mini"] * 2, ANSWER]
    server.answer_with("solo esto", times=None, match="horario")
    assert create(server).output_text == ANSWER
    assert create(server, input="¿Qué horario?").output_text == "solo esto"


@pytest.mark.parametrize("version", ["responses", "chat"])
def test_only_chosen_endpoints_are_there(version: str) -> None:
    with OpenAIServer(endpoints={version}) as server:
        client = openai.OpenAI(base_url=server.base_url, api_key=KEY, max_retries=0)
        messages = [{"role": "user", "content": "Hola"}]
        tried = {
            "responses": lambda: client.responses.create(model="gpt-4o", input="Hola"),
            "chat": lambda: client.chat.completions.create(
                model="gpt-4o", messages=messages
            ),
        }
        tried.pop(version)()
        with pytest.raises(openai.NotFoundError, match="Invalid URL"):
            tried.popitem()[1]()
        assert client.models.list().data


def test_sdk_parses_into_a_pydantic_model(server: OpenAIServer) -> None:
    class Reply(BaseModel):
        answer: str
        confidence: float

    client = openai.OpenAI(base_url=server.base_url, api_key=KEY)
    given = body()
    reply = client.responses.parse(
        model=given["model"], input=given["input"], text_format=Reply
    )
    assert reply.output_parsed is not None
    assert reply.output_parsed.answer == ANSWER
