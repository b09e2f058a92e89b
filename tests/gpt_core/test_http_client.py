# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls of a provider end in time, are counted, and bring nothing odd back."""

import json
import logging
import time
from urllib.parse import quote

import pytest
from openai_server import Fault, OpenAIServer

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.provider.catalogue import has_protocol, list_models
from odoo.addons.gpt_core.engine.provider.chat_model import (
    Endpoint,
    make_chat_model,
    make_embeddings,
)
from odoo.addons.gpt_core.engine.provider.failures import as_gpt_error
from odoo.addons.gpt_core.engine.provider.redaction import MARK, Redactor
from odoo.addons.gpt_core.engine.provider.tries import Tries
from odoo.addons.gpt_core.engine.text.storable import storable, storable_text

from .chains import FIELDS, chain, chat_model, prompt, run

PROTOCOLS = ("responses", "chat")
PATHS = {"responses": "/v1/responses", "chat": "/v1/chat/completions"}
# The server sends a byte each 20 ms for as long as somebody reads.
PAUSE, TIMEOUT = 0.02, 0.4
# Far more than can be sent within the deadline, far fewer than without one.
MOST_BYTES = 10 * TIMEOUT / PAUSE


def endpoint(server: OpenAIServer, **options) -> Endpoint:
    values = {"api_key": "sk-test-key", "timeout": TIMEOUT, "max_retries": 0}
    return Endpoint(base_url=server.base_url, **values | options)


def dripped(server: OpenAIServer) -> int:
    """Return how many bytes the server got rid of; it was not waited for."""
    (entry,) = server.journal.entries()
    assert not entry.completed
    return entry.sent_bytes


# The deadline


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("variant", ["headers", "body"])
def test_an_answer_that_drips(server: OpenAIServer, variant: str, protocol: str):
    server.faults.order(Fault("drip", variant=variant, seconds=PAUSE))
    failed = run(chain(prompt()), chat_model(server, protocol, timeout=TIMEOUT))
    assert failed.error.code == "timeout"
    assert 1 < dripped(server) < MOST_BYTES


def test_a_stream_that_drips(server: OpenAIServer):
    server.faults.order(Fault("drip", variant="stream", seconds=PAUSE))
    with pytest.raises(Exception) as caught:
        list(chat_model(server, timeout=TIMEOUT).stream("hola"))
    assert as_gpt_error(caught.value).code == "timeout"
    assert 1 < dripped(server) < MOST_BYTES


@pytest.mark.parametrize("variant", ["headers", "body"])
def test_vectors_that_drip(server: OpenAIServer, variant: str):
    server.faults.order(Fault("drip", variant=variant, seconds=PAUSE))
    embeddings = make_embeddings(endpoint(server), "text-embedding-3-small")
    with pytest.raises(Exception) as caught:
        embeddings.embed_query("hola")
    assert as_gpt_error(caught.value).code == "timeout"
    assert 1 < dripped(server) < MOST_BYTES


@pytest.mark.parametrize("variant", ["headers", "body"])
@pytest.mark.parametrize(
    ("ask", "path"),
    [(list_models, "/v1/models"), (has_protocol, "/v1/responses")],
)
def test_a_catalogue_that_drips(server: OpenAIServer, ask, path: str, variant: str):
    server.faults.order(Fault("drip", variant=variant, seconds=PAUSE, path=path))
    with pytest.raises(GptError) as caught:
        ask(endpoint(server))
    assert caught.value.code == "timeout"
    assert 1 < dripped(server) < MOST_BYTES


def test_a_kept_connection_has_a_deadline_too(server: OpenAIServer):
    model = chat_model(server, timeout=TIMEOUT)
    assert run(chain(prompt()), model).result
    server.journal.clear()
    server.faults.order(Fault("drip", seconds=PAUSE))
    assert run(chain(prompt()), model).error.code == "timeout"
    assert 1 < dripped(server) < MOST_BYTES
    # Nor does one call's deadline concern the next.
    time.sleep(TIMEOUT)
    assert run(chain(prompt()), model).result


def test_a_long_stream_that_is_in_time(server: OpenAIServer):
    server.answer_with("Una respuesta bastante larga, que llega poco a poco.")
    server.state.delta_pause = 0.01
    text = "".join(piece.text for piece in chat_model(server).stream("hola"))
    assert text.endswith("poco a poco.")


# Further tries


def test_a_timeout_is_tried_again_by_the_sdk_only(server: OpenAIServer):
    server.faults.order(Fault("slow", seconds=2, times=None))
    failed = run(chain(prompt()), chat_model(server, timeout=TIMEOUT, max_retries=1))
    assert (failed.error.code, failed.error.retry_in) == ("timeout", None)
    assert len(server.journal.entries()) == 2
    assert failed.recorder.tries == Tries(made=2, unanswered=2)


def test_tries_are_counted(server: OpenAIServer):
    server.faults.order(Fault("server_error", times=2, retry_after=0.05))
    done = run(chain(prompt("a"), prompt("b")), chat_model(server, max_retries=2))
    assert [call.tries for call in done.recorder.calls] == [Tries(3), Tries(1)]
    assert done.recorder.tries == Tries(made=4)


def test_tries_of_a_broken_connection_are_counted(server: OpenAIServer):
    server.faults.order(Fault("connection_reset", times=None))
    failed = run(chain(prompt()), chat_model(server, max_retries=1))
    assert failed.recorder.tries == Tries(made=2, unanswered=2)


def test_where_nobody_listens_nothing_was_worked_on():
    with OpenAIServer() as stopped:
        model = chat_model(stopped)
    failed = run(chain(prompt()), model)
    assert failed.recorder.tries == Tries(made=1, unanswered=0)


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_wait_is_left_to_whoever_asked(server: OpenAIServer, status: int):
    name = {429: "rate_limit", 503: "overloaded"}[status]
    server.faults.order(Fault(name, times=None, retry_after=90))
    failed = run(chain(prompt()), chat_model(server, max_retries=2))
    assert failed.error.retry_in == 90
    assert failed.recorder.tries == Tries(made=1)


def test_all_tries_together_have_a_deadline(server: OpenAIServer):
    """A provider that refuses again and again, each time after a while."""
    server.faults.order(Fault("overloaded", times=None, retry_after=6))
    failed = run(chain(prompt()), chat_model(server, timeout=0.5, max_retries=3))
    assert (failed.error.code, failed.error.retry_in) == ("server_error", 6)
    # 12 s for four tries: there is no room for a second wait.
    assert failed.recorder.tries == Tries(made=2)


# What comes back


LONE = "Hola \ud83d, \x00¿qué tal? \ud83d\ude00"
CLEAN = "Hola \N{REPLACEMENT CHARACTER}, ¿qué tal? 😀"


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_odd_characters_of_an_answer(server: OpenAIServer, protocol: str):
    reply(server, protocol, LONE)
    done = run(chain(prompt()), chat_model(server, protocol))
    assert done.result.text == CLEAN
    assert done.recorder.calls[0].answer == CLEAN


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "spelled", [json.dumps, lambda v: json.dumps(v, ensure_ascii=False)]
)
def test_odd_characters_of_fields(server: OpenAIServer, spelled, protocol: str):
    reply(server, protocol, spelled({"answer": LONE, "total": 2.5}))
    done = run(chain(prompt(outputs=FIELDS)), chat_model(server, protocol))
    assert done.result.data == {"answer": CLEAN, "total": 2.5}
    done.result.text.encode()


def test_odd_characters_of_a_question(server: OpenAIServer):
    done = run(chain(prompt()), chat_model(server), {"text": LONE})
    assert done.result
    assert CLEAN in done.recorder.prompt


def test_odd_characters_of_an_error(server: OpenAIServer):
    body = json.dumps({"error": {"message": LONE, "code": "x\x00\ud83d"}})
    server.faults.order(Fault("raw", body=body, status=400))
    failed = run(chain(prompt()), chat_model(server))
    assert failed.error.code == "invalid_request"
    assert CLEAN in failed.error.detail


def test_odd_characters_of_names_of_models(server: OpenAIServer):
    body = json.dumps({"object": "list", "data": [{"id": LONE, "object": "model"}]})
    server.faults.order(Fault("raw", body=body, status=200, path="/v1/models"))
    assert [model.name for model in list_models(endpoint(server))] == [CLEAN]


NUMBERS = (
    "9e9", "-5", "NaN", "Infinity", "-Infinity", "1e308", "1e999", '"x"', '"NaN"',
    "null", "true", "[]", "{}", "9" * 5000, "-9223372036854775808",
)  # fmt: skip


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:12])
def test_odd_counts_of_tokens(server: OpenAIServer, number: str, protocol: str):
    reply(server, protocol, "Hola", usage_of(number))
    done = run(chain(prompt()), chat_model(server, protocol))
    assert done.result.text == "Hola"
    usage = done.recorder.usage
    assert 0 <= usage.input_tokens < 100
    assert 0 <= usage.output_tokens < 100
    assert usage.cached_tokens == usage.reasoning_tokens == 0


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("number", ["7", "7.0", '"7"', "6.2"])
def test_counts_of_tokens_in_other_clothes(
    server: OpenAIServer, number: str, protocol: str
):
    reply(server, protocol, "Hola", usage_of(number))
    done = run(chain(prompt()), chat_model(server, protocol))
    assert done.recorder.usage.input_tokens == 7


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("usage", ["null", "[]", '"many"', "3", "{}"])
def test_odd_usage(server: OpenAIServer, usage: str, protocol: str):
    reply(server, protocol, "Hola", usage)
    done = run(chain(prompt()), chat_model(server, protocol))
    assert done.result.text == "Hola"
    assert 0 <= done.recorder.usage.input_tokens < 100


@pytest.mark.parametrize(
    ("number", "kept"), [("1e300", 2**53), ("-1e300", -(2**53)), ("1e15", 1e15)]
)
def test_odd_numbers_of_fields(server: OpenAIServer, number: str, kept: float):
    reply(server, "responses", f'{{"answer": "Hola", "total": {number}}}')
    done = run(chain(prompt(outputs=FIELDS)), chat_model(server))
    assert done.result.data == {"answer": "Hola", "total": kept}


def usage_of(number: str) -> str:
    counts = {
        "input": "input_tokens", "output": "output_tokens", "in": "prompt_tokens",
        "out": "completion_tokens", "total": "total_tokens",
    }  # fmt: skip
    details = {
        "input_tokens_details": "cached_tokens",
        "prompt_tokens_details": "cached_tokens",
        "output_tokens_details": "reasoning_tokens",
        "completion_tokens_details": "reasoning_tokens",
    }
    parts = [f'"{name}": {number}' for name in counts.values()]
    parts += [f'"{g}": {{"{name}": {number}}}' for g, name in details.items()]
    return "{" + ", ".join(parts) + "}"


def reply(server: OpenAIServer, protocol: str, text: str, usage: str = "null") -> None:
    """Have the server reply with JSON that is spelled out."""
    spelled = json.dumps(text)
    if protocol == "chat":
        body = (
            '{"id": "c", "object": "chat.completion", "created": 1, "model": "m", '
            '"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": '
            f'"assistant", "content": {spelled}}}}}], "usage": {usage}}}'
        )
    else:
        body = (
            '{"id": "resp_1", "object": "response", "created_at": 1, "model": "m", '
            '"status": "completed", "output": [{"type": "message", "id": "m1", "role": '
            '"assistant", "status": "completed", "content": [{"type": "output_text", '
            f'"annotations": [], "text": {spelled}}}]}}], "parallel_tool_calls": true, '
            f'"tool_choice": "auto", "tools": [], "usage": {usage}}}'
        )
    server.faults.order(Fault("raw", body=body, status=200, path=PATHS[protocol]))


def test_storable():
    assert storable_text(LONE) == CLEAN
    odd = {"a\x00": [LONE, float("nan"), float("inf"), 1.5, None, True, ("b",)]}
    assert storable(odd) == {"a": [CLEAN, None, None, 1.5, None, True, ["b"]]}


# Keys


SAID = (
    "Incorrect API key provided: {key}. You can find your key at https://x.test/keys.",
    "no such key: {quoted}",
    "https://x.test/v1/models?api_key={quoted}&x=1",
    "Authorization: Bearer {key}",
    "Incorrect API key provided: {start}****************{end}.",
    "Incorrect API key provided: {start}…{end}.",
    "Incorrect API key provided: {start}...{end}.",
    "the key ************{end} is not known",
    "the key begins with {half} and is wrong",
    "<b>{escaped}</b>",
    "{base64}",
)  # fmt: skip


def said_of(key: str) -> dict[str, str]:
    import base64
    import html

    return {
        "key": key,
        "quoted": quote(key, safe=""),
        "escaped": html.escape(key),
        "base64": base64.b64encode(key.encode()).decode(),
        "start": key[:4],
        "end": key[-4:],
        "half": key[: len(key) // 2],
    }


KEYS = ("sk-proj-Never_To_Be-Kept0815xyz", "0f8e7d6c5b4a39281706", "geheim#1-Geheim#2")


@pytest.mark.parametrize("key", [*KEYS, "sk-proj/Never+to=kept&0815xyz"])
@pytest.mark.parametrize("said", SAID)
def test_keys_in_texts(said: str, key: str):
    forms = said_of(key)
    text = Redactor([key]).redact(said.format(**forms))
    assert MARK in text
    for form in ("key", "quoted", "escaped", "base64", "end"):
        assert forms[form] not in text
    assert key[:8] not in text


@pytest.mark.parametrize(
    "text",
    [
        "The model `gpt-4o` does not exist or you do not have access to it.",
        "Rate limit reached: Limit 500, Used 500, Requested 1...",
        "See https://platform.openai.com/account/rate-limits to learn more…",
        "max_output_tokens: **must** be at least 16",
    ],
)
def test_texts_without_keys_stay(text: str):
    assert Redactor(KEYS).redact(text) == text


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize(
    ("status", "content_type"),
    [
        (401, "application/json"),
        (200, "application/json"),
        (403, "text/html"),
        (400, "application/json; broken"),
    ],
)
def test_keys_in_replies(
    server: OpenAIServer, caplog, status: int, content_type: str, said: str, key: str
):
    text = said.format(**said_of(key))
    body = json.dumps({"error": {"message": text, "code": text}})
    if "json" not in content_type:
        body = f"<html>{text}</html>"
    elif "broken" in content_type:
        body = body[:-1]
    fault = Fault("raw", body=body, status=status, content_type=content_type)
    server.faults.order(fault)
    given = endpoint(server, api_key=key, timeout=20.0, key_header="api-key")
    with caplog.at_level(logging.DEBUG):
        failed = run(chain(prompt()), make_chat_model(given, "gpt-4o-mini"))
    assert failed.error
    seen = [failed.error.detail, repr(failed.error.__cause__), caplog.text]
    cause = failed.error.__cause__
    seen += [str(getattr(cause, "body", "")), getattr(cause, "message", "")]
    for form in ("key", "quoted", "base64"):
        assert all(said_of(key)[form] not in text for text in seen)
    if "{end}" in said:
        assert key[-4:] not in failed.error.detail


def test_keys_in_headers(server: OpenAIServer, caplog):
    body = json.dumps({"error": {"message": "no"}})
    server.faults.order(
        Fault("raw", body=body, status=401, headers={"x-echo": "{key}"})
    )
    with caplog.at_level(logging.DEBUG):
        failed = run(chain(prompt()), chat_model(server))
    assert failed.error.code == "wrong_key"
    assert failed.error.__cause__.response.headers["x-echo"] == MARK
    assert "sk-test-key" not in caplog.text
