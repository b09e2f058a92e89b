# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/v1/responses`` when the model's answer is not as it should be."""

import json

import openai
import pytest
from openai.types.responses import Response
from openai_server import Fault, OpenAIServer

from .test_openai_server_responses import body, events_of, structured
from .wire import KEY, call, strictly

TEXT_FAULTS = (
    "truncated_json",
    "invalid_json",
    "refusal",
    "empty",
    "content_filter",
    "failed",
)


@pytest.mark.parametrize("is_stream", [False, True])
@pytest.mark.parametrize("fault", TEXT_FAULTS)
def test_bad_answers_are_valid_responses(
    server: OpenAIServer, fault: str, is_stream: bool
) -> None:
    server.faults.order(Fault(fault))
    raw = call(server.base_url, "responses", structured(stream=is_stream))
    assert raw.status == 200
    if is_stream:
        last = events_of(raw)[-1]
        assert last.type == f"response.{last.response.status}"
        check_bad_answer(fault, last.response)
    else:
        check_bad_answer(fault, strictly(Response, raw.content))
    raw = call(server.base_url, "responses", structured(stream=False))
    assert strictly(Response, raw.content).status == "completed", "one shot only"


def check_bad_answer(fault: str, response: Response) -> None:
    contents = [c for item in response.output for c in getattr(item, "content", [])]
    reason = response.incomplete_details and response.incomplete_details.reason
    if fault == "refusal":
        assert [content.type for content in contents] == ["refusal"]
        assert response.status == "completed"
    elif fault == "failed":
        assert response.error is not None
        assert (response.status, response.error.code) == ("failed", "server_error")
        assert not response.output
    elif fault == "empty":
        assert (response.status, response.output_text) == ("completed", "")
    else:
        expected = {
            "truncated_json": ("incomplete", "max_output_tokens"),
            "invalid_json": ("completed", None),
            "content_filter": ("incomplete", "content_filter"),
        }
        assert (response.status, reason) == expected[fault]
        assert response.output_text
        with pytest.raises(ValueError, match=r"Expecting|Unterminated|property name"):
            json.loads(response.output_text)


def test_invalid_json_can_be_json_of_another_schema(server: OpenAIServer) -> None:
    server.faults.order(Fault("invalid_json", variant="schema"))
    raw = call(server.base_url, "responses", structured())
    assert "answer" not in json.loads(strictly(Response, raw.content).output_text)


@pytest.mark.parametrize("variant", ["clean", "abrupt"])
def test_cut_stream_lacks_its_end(server: OpenAIServer, variant: str) -> None:
    server.faults.order(Fault("cut_stream", variant=variant))
    client = openai.OpenAI(base_url=server.base_url, api_key=KEY, max_retries=0)
    kinds = []
    try:
        with client.responses.create(**body(stream=True)) as stream:
            for event in stream:
                kinds.append(event.type)  # noqa: PERF401 - kept when it breaks
        assert variant == "clean"
    except openai.APIConnectionError:
        assert variant == "abrupt"
    except Exception as error:
        # openai 2 lets the transport's own error through.
        assert variant == "abrupt"
        assert "incomplete" in str(error), error
    assert kinds.count("response.output_text.delta") > 1
    assert "response.completed" not in kinds
    (entry,) = server.journal.entries()
    assert (entry.status, entry.completed) == (200, False)


def test_stream_error_is_an_event(server: OpenAIServer) -> None:
    server.faults.order(Fault("stream_error"))
    raw = call(server.base_url, "responses", body(stream=True))
    events = events_of(raw)
    assert (events[-1].type, events[-1].code) == ("error", "server_error")
    assert any(event.type == "response.output_text.delta" for event in events)
