# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The server itself: journal, many clients at once, start and stop, as a process."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openai_server
import pytest
from openai_server import Fault, OpenAIServer

from .wire import KEY, Raw, call

# Where ``python -m openai_server`` finds it.
KIT = Path(openai_server.__file__).resolve().parent.parent
BODY = {"model": "gpt-4o-mini", "input": "hola"}
PATH = "/v1/responses"


def post(base_url: str, text: str = "hola") -> Raw:
    return call(base_url, "responses", BODY | {"input": text})


def test_journal_says_what_was_sent(server: OpenAIServer) -> None:
    before = time.time()
    post(server.base_url)
    call(server.base_url, "models")
    first, second = server.journal.entries()
    assert (first.path, first.method, first.body) == (PATH, "POST", BODY)
    assert (first.status, first.completed, first.fault) == (200, True, None)
    assert before <= first.at <= (first.finished_at or 0) <= time.time()
    assert (second.path, second.body) == ("/v1/models", None)
    assert server.journal.entries(PATH) == [first]
    assert second.id == first.id + 1
    server.journal.clear()
    assert not server.journal.entries()


def test_journal_keeps_no_key(server: OpenAIServer) -> None:
    post(server.base_url)
    call(server.base_url, "models", key="other")
    call(server.base_url, "models", key=None)
    entries = server.journal.entries()
    assert KEY not in repr(entries)
    assert not any("authorization" in entry.headers for entry in entries)
    one, other, none = (entry.api_key_fingerprint for entry in entries)
    assert one
    assert other
    assert one != other
    assert none is None


def test_entries_are_copies(server: OpenAIServer) -> None:
    post(server.base_url)
    server.journal.entries()[0].status = 999
    assert server.journal.entries()[0].status == 200


def test_wait_for_sees_a_request_before_it_is_answered(server: OpenAIServer) -> None:
    server.delay = 0.5
    with ThreadPoolExecutor() as pool:
        running = pool.submit(post, server.base_url)
        (entry,) = server.journal.wait_for(1, timeout=5)
        assert (entry.status, entry.completed, running.done()) == (None, False, False)
        (entry,) = server.journal.wait_for(1, timeout=5, completed=True)
        assert (entry.status, entry.completed) == (200, True)
        assert running.result().status == 200
    with pytest.raises(TimeoutError, match="1 of 2 requests"):
        server.journal.wait_for(2, timeout=0.1)


def test_a_client_that_leaves_gets_nothing(server: OpenAIServer) -> None:
    server.delay = 30
    address = server.base_url.split("/")[2].split(":")
    with socket.create_connection((address[0], int(address[1]))) as leaving:
        content = b'{"model": "gpt-4o", "input": "x"}'
        head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n"
        head += f"Content-Length: {len(content)}\r\n\r\n"
        leaving.sendall(head.encode() + content)
        server.journal.wait_for(1)
    deadline = time.monotonic() + 5
    while not (entry := server.journal.entries()[0]).finished_at:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert (entry.status, entry.completed) == (None, False)


def test_a_hundred_at_once(server: OpenAIServer) -> None:
    server.delay = 0.5
    texts = [f"pregunta {number}" for number in range(100)]
    server.answer_with(lambda body: f"eco {body['input']}", times=None)
    started = time.monotonic()
    with ThreadPoolExecutor(100) as pool:
        replies = list(pool.map(lambda text: post(server.base_url, text), texts))
    elapsed = time.monotonic() - started
    said = [reply.json["output"][0]["content"][0]["text"] for reply in replies]
    assert said == [f"eco {text}" for text in texts]
    assert elapsed < 10, "one after the other would take 50 s"
    entries = server.journal.wait_for(100, completed=True)
    assert sorted(e.body["input"] for e in entries) == sorted(texts)
    assert len({entry.id for entry in entries}) == 100


def test_a_stream_takes_its_pauses(server: OpenAIServer) -> None:
    server.answer_with("uno dos tres cuatro cinco")
    server.delta_pause = 0.1
    started = time.monotonic()
    raw = call(server.base_url, "responses", BODY | {"stream": True})
    assert len(raw.events) == 13
    assert 0.5 <= time.monotonic() - started < 5


def test_stop_ends_requests_under_way() -> None:
    server = OpenAIServer(delay=30).start()
    before = threading.active_count()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(post, server.base_url)
        server.journal.wait_for(1)
        started = time.monotonic()
        server.stop()
        assert time.monotonic() - started < 3
        with pytest.raises(ConnectionError):
            running.result()
    with pytest.raises(OSError, match="refused"):
        post(server.base_url)
    server.stop()
    assert threading.active_count() < before


def test_it_can_be_started_again_on_its_port() -> None:
    server = OpenAIServer()
    with pytest.raises(RuntimeError, match="not been started"):
        _ = server.base_url
    with server:
        first = server.base_url
        assert post(first).status == 200
        with pytest.raises(RuntimeError, match="already running"):
            server.start()
        with pytest.raises(OSError, match="in use"):
            OpenAIServer(port=int(first.split(":")[2].split("/")[0])).start()
    with server:
        assert server.base_url == first
        assert post(first).status == 200
    assert len(server.journal.entries()) == 2


def test_unknown_endpoints_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown endpoints: images"):
        OpenAIServer(endpoints={"chat", "images"})


def test_orders_over_http(server: OpenAIServer) -> None:
    url = server.base_url
    control = {"key": None}
    assert call(url, "/_control/health", **control).json == {"status": "ok"}
    faults = [{"name": "overloaded"}, {"name": "empty", "times": None}]
    assert call(url, "/_control/faults", faults, **control).status == 200
    listed = call(url, "/_control/faults", **control).json["faults"]
    assert [fault["name"] for fault in listed] == ["overloaded", "empty"]
    assert post(url).status == 503
    call(url, "/_control/faults", method="DELETE", **control)
    order = {"answer": {"a": 1}, "match": "hola", "times": 2}
    call(url, "/_control/answers", order, **control)
    assert '{\\"a\\": 1}' in post(url).content.decode()
    call(url, "/_control/answers", method="DELETE", **control)
    assert "¡Hola!" in post(url).content.decode()
    call(url, "/_control/delay", {"seconds": 0.3}, **control)
    assert server.delay == 0.3
    entries = call(url, f"/_control/journal?path={PATH}", **control).json["entries"]
    assert [entry["status"] for entry in entries] == [503, 200, 200]
    assert entries[0]["fault"] == "overloaded"
    call(url, "/_control/journal", method="DELETE", **control)
    assert call(url, "/_control/journal", **control).json == {"entries": []}


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("faults", {"name": "explode"}, 400),
        ("faults", {"nome": "timeout"}, 400),
        ("faults", "timeout", 400),
        ("answers", {"text": "x"}, 400),
        ("answers", {"answer": 5}, 400),
        ("delay", {"seconds": "long"}, 400),
        ("nothing", {}, 404),
    ],
)
def test_orders_that_are_not_understood(
    server: OpenAIServer, name: str, body: object, status: int
) -> None:
    raw = call(server.base_url, f"/_control/{name}", body)
    assert raw.status == status
    assert not server.faults.pending()


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "openai_server", "--delay", "0.2"]
    with subprocess.Popen(
        command,
        cwd=KIT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        yield running
        running.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_as_a_process(process: subprocess.Popen[str], number: signal.Signals) -> None:
    assert process.stdout is not None
    assert process.stderr is not None
    base_url = process.stdout.readline().strip()
    started = time.monotonic()
    assert post(base_url).status == 200
    assert time.monotonic() - started >= 0.2
    assert call(base_url, "/_control/journal").json["entries"][0]["completed"]
    process.send_signal(number)
    assert process.wait(5) == 0
    logged = process.stderr.read()
    assert "POST /v1/responses 200" in logged
    assert KEY not in logged
    assert "Traceback" not in logged


def test_a_taken_port_is_told(server: OpenAIServer) -> None:
    port = server.base_url.split(":")[2].split("/")[0]
    run = subprocess.run(
        [sys.executable, "-m", "openai_server", "--port", port],
        cwd=KIT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith(f"cannot listen on 127.0.0.1:{port}")
    assert "Traceback" not in run.stderr


def test_a_bug_in_the_server_is_no_ordered_fault(
    server: OpenAIServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.answer_with(lambda body: body["not there"])
    raw = post(server.base_url)
    assert (raw.status, raw.error["type"]) == (500, "bug")
    assert "KeyError: 'not there'" in caplog.text
    server.faults.order(Fault("server_error"))
    assert post(server.base_url).error["type"] == "server_error"
