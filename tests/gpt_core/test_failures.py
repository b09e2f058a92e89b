# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whatever goes wrong has a code of the table."""

import httpx
import openai
import pytest
from langchain_core.messages import AIMessageChunk
from openai_server import Fault, OpenAIServer
from openai_server.faults import BAD_ANSWERS, BROKEN_REPLIES, LOST, NAMES, REFUSALS

from odoo.addons.gpt_core.engine.chain.acceptance import accepted_text
from odoo.addons.gpt_core.engine.chain.run import Outcome
from odoo.addons.gpt_core.engine.errors import ERROR_CODES, GptError
from odoo.addons.gpt_core.engine.provider.failures import as_gpt_error
from odoo.addons.gpt_core.engine.retry_rule import MAX_RETRY_AFTER

from ..wire import KEY
from .chains import FIELDS, chain, chat_model, prompt, run

CODES = {
    "rate_limit": "rate_limit",
    "insufficient_quota": "quota",
    "server_error": "server_error",
    "overloaded": "server_error",
    "wrong_key": "wrong_key",
    "permission": "permission",
    "not_eligible": "permission",
    "unknown_model": "unknown_model",
    "context_length": "context_length",
    "invalid_request": "invalid_request",
    "timeout": "timeout",
    "slow": "timeout",
    "drip": "timeout",
    "raw": "server_error",
    "connection_reset": "connection",
    "lost_reply": "connection",
    "cut_stream": "connection",
    "stream_error": "server_error",
    "truncated_json": "truncated",
    "invalid_json": "invalid_output",
    "refusal": "refusal",
    "empty": "empty_answer",
    "content_filter": "content_filter",
    "failed": "server_error",
}
# The answer came, and is paid for.
PAID = BAD_ANSWERS - {"failed"}


def outcome(server: OpenAIServer, fault: Fault, protocol: str) -> Outcome:
    """Run a step with structured output while something goes wrong."""
    server.faults.order(fault)
    if fault.name == "invalid_json":
        server.faults.order(fault)
    return run(chain(prompt(outputs=FIELDS)), chat_model(server, protocol, timeout=0.5))


def test_every_fault_of_the_server_has_a_code():
    assert set(CODES) == set(NAMES)
    assert set(CODES.values()) <= set(ERROR_CODES)


@pytest.mark.parametrize("protocol", ["responses", "chat"])
@pytest.mark.parametrize("name", sorted(NAMES))
def test_codes(server: OpenAIServer, name: str, protocol: str):
    late = 2 if name in ("timeout", "slow") else None
    failed = outcome(server, Fault(name, seconds=late), protocol)
    assert failed.result is None
    assert failed.error is not None
    assert failed.error.code == CODES[name]
    assert KEY not in failed.error.detail
    # What does not have the wanted form is asked for once more.
    call, *further = failed.recorder.calls
    assert len(further) == (name == "invalid_json")
    assert call.messages == [("human", "<text>¿Cuánto cuesta el envío?</text>")]
    assert call.seconds > 0
    assert (call.usage.input_tokens > 0) == (name in PAID)


@pytest.mark.parametrize("variant", ["text", "schema"])
def test_what_does_not_fit_the_schema_is_no_answer(server: OpenAIServer, variant: str):
    failed = outcome(server, Fault("invalid_json", variant=variant), "responses")
    assert failed.error.code == "invalid_output"
    assert failed.recorder.usage.output_tokens > 0


def test_cut_json_is_not_completed_by_guessing(server: OpenAIServer):
    """The reply says that it is complete, and is not."""
    server.answer_with('{"answer": "Cuesta 180", "total": 18', times=2)
    failed = run(chain(prompt(outputs=FIELDS)), chat_model(server))
    assert failed.error.code == "invalid_output"
    assert failed.result is None


@pytest.mark.parametrize("blank", ["", " \n\t ", "\x00"])
def test_an_answer_of_nothing(server: OpenAIServer, blank: str):
    server.answer_with(blank)
    failed = run(chain(prompt()), chat_model(server))
    assert failed.error.code == "empty_answer"


@pytest.mark.parametrize("variant", ["clean", "abrupt"])
def test_a_reply_that_breaks_off(server: OpenAIServer, variant: str):
    failed = outcome(server, Fault("cut_stream", variant=variant), "responses")
    assert failed.error.code == "connection"
    assert failed.error.retry_in == 5


@pytest.mark.parametrize("protocol", ["responses", "chat"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("stream_error", "server_error"),
        ("failed", "server_error"),
        ("rate_limit", "rate_limit"),
        ("insufficient_quota", "quota"),
        ("connection_reset", "connection"),
    ],
)
def test_errors_of_a_stream(server: OpenAIServer, name: str, code: str, protocol: str):
    server.faults.order(Fault(name))
    with pytest.raises(Exception) as caught:
        list(chat_model(server, protocol).stream("hola"))
    assert as_gpt_error(caught.value).code == code


def test_a_stream_that_breaks_off_while_it_is_read(server: OpenAIServer):
    server.faults.order(Fault("cut_stream", variant="abrupt"))
    with pytest.raises(Exception) as caught:
        list(chat_model(server).stream("hola"))
    assert as_gpt_error(caught.value).code in ("connection", "cut_stream")


@pytest.mark.parametrize("protocol", ["responses", "chat"])
def test_a_stream_that_ends_early_is_no_answer(server: OpenAIServer, protocol: str):
    server.answer_with("Una respuesta bastante larga, que se corta a la mitad.")
    server.faults.order(Fault("cut_stream", variant="clean"))
    whole = streamed(server, protocol)
    assert 0 < len(whole.text) < 50
    with pytest.raises(GptError) as caught:
        accepted_text(whole)
    assert caught.value.code == "cut_stream"


@pytest.mark.parametrize("protocol", ["responses", "chat"])
def test_a_whole_stream_is_an_answer(server: OpenAIServer, protocol: str):
    server.answer_with("Una respuesta bastante larga, que se corta a la mitad.")
    assert accepted_text(streamed(server, protocol)).endswith("a la mitad.")


def streamed(server: OpenAIServer, protocol: str) -> AIMessageChunk:
    """Return all that a stream brings, as one message."""
    pieces = iter(chat_model(server, protocol).stream("hola"))
    return sum(pieces, next(pieces))


def test_nobody_listens():
    with OpenAIServer() as stopped:
        model = chat_model(stopped)
    failed = run(chain(prompt()), model)
    assert failed.error.code == "connection"


def test_how_long_to_wait_is_the_providers_word(server: OpenAIServer):
    failed = outcome(server, Fault("rate_limit", retry_after=33), "responses")
    assert (failed.error.retry_after, failed.error.retry_in) == (33, 33)


@pytest.mark.parametrize(
    ("code", "retry_after", "retry_in"),
    [
        ("rate_limit", None, 10),
        ("rate_limit", 0.2, 1),
        ("rate_limit", 10_000, MAX_RETRY_AFTER),
        ("rate_limit", -5, 1),
        # What cannot succeed is not tried again, whatever the provider says.
        ("quota", 30, None),
        ("wrong_key", None, None),
    ],
)
def test_retries(code: str, retry_after: float | None, retry_in: int | None):
    assert GptError(code, retry_after=retry_after).retry_in == retry_in


def test_retries_of_the_sdk_are_one_call(server: OpenAIServer):
    server.faults.order(Fault("server_error", times=2, retry_after=0.05))
    server.answer_with("Hola")
    done = run(chain(prompt()), chat_model(server, max_retries=2))
    assert done.result.text == "Hola"
    assert len(done.recorder.calls) == 1
    assert [entry.status for entry in server.journal.entries()] == [500, 500, 200]


REQUEST = httpx.Request("POST", "http://127.0.0.1/v1/responses")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (GptError("budget"), "budget"),
        (openai.APITimeoutError(REQUEST), "timeout"),
        (openai.APIConnectionError(request=REQUEST), "connection"),
        (httpx.ReadTimeout("x"), "timeout"),
        (httpx.RemoteProtocolError("x"), "cut_stream"),
        (ValueError("{'code': 'rate_limit_exceeded'}"), "rate_limit"),
        (ValueError("something else"), "internal"),
        # Only LangChain's bare ValueError speaks of the provider.
        (UnicodeDecodeError("utf-8", b"", 0, 1, "server_error"), "internal"),
        (KeyError("server_error"), "internal"),
        (openai.OpenAIError("no key"), "internal"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_errors_that_are_raised(error: Exception, code: str):
    assert as_gpt_error(error).code == code


@pytest.mark.parametrize("status", [418, 422])
def test_a_refusal_of_an_unknown_kind(status: int):
    response = httpx.Response(status, request=REQUEST)
    error = openai.APIStatusError("no", response=response, body=None)
    assert as_gpt_error(error).code == "invalid_request"


def test_http_dates_are_no_seconds():
    headers = {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}
    response = httpx.Response(429, headers=headers, request=REQUEST)
    failure = as_gpt_error(openai.RateLimitError("x", response=response, body=None))
    assert (failure.retry_after, failure.retry_in) == (None, 10)


@pytest.mark.parametrize("header", ["nan", "inf"])
def test_a_provider_that_asks_for_nonsense(header: str):
    response = httpx.Response(429, headers={"retry-after": header}, request=REQUEST)
    failure = as_gpt_error(openai.RateLimitError("x", response=response, body=None))
    assert failure.retry_in == 10


def test_details_are_short():
    body = {"message": "x" * 10_000}
    response = httpx.Response(400, request=REQUEST)
    failure = as_gpt_error(openai.BadRequestError("bad", response=response, body=body))
    assert failure.detail.startswith("BadRequestError: xxx")
    assert len(failure.detail) <= 500


def test_the_groups_of_faults_are_all():
    assert NAMES == REFUSALS | BAD_ANSWERS | BROKEN_REPLIES | LOST | {"slow"}
