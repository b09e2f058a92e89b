# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What Pre-flight asks: the network, and the job runner's configuration."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.job_channels import configured_capacities
from odoo.addons.gpt_core.engine.probes import Probe, ask_all
from odoo.addons.gpt_core.engine.websocket_probe import websocket_status


def test_probes_are_asked_at_once_and_answered_in_order():
    everybody = threading.Barrier(3, timeout=5)

    def ask(number):
        everybody.wait()  # nobody gets through alone
        time.sleep(0.05 * (3 - number))
        return number

    probes = [Probe(lambda n=n: ask(n), subject=n) for n in range(3)]
    answers = ask_all(probes)
    assert [(answer.subject, answer.result) for answer in answers] == [
        (0, 0),
        (1, 1),
        (2, 2),
    ]


@pytest.mark.parametrize(
    "error", [GptError("wrong_key"), OSError("no route"), KeyError("a bug of ours")]
)
def test_one_that_fails_leaves_the_others(error):
    def fail():
        raise error

    bad, good = ask_all([Probe(fail), Probe(lambda: "here")])
    assert (bad.error, good.result) == (error, "here")


def test_no_probes():
    assert ask_all([]) == []


@pytest.mark.parametrize(
    ("config", "environ", "expected"),
    [
        ({}, {}, {"root": 1}),
        ({"max_capacity": "8"}, {}, {"root": 8}),
        ({"max_capacity": "0"}, {}, {"root": 0}),
        ({"max_capacity": "8"}, {"ODOO_QUEUE_JOB_MAX_CAPACITY": "3"}, {"root": 3}),
        ({"channels": "root:4"}, {}, {"root": 4}),
        (
            {"channels": "root:4, root.gpt.batch:2:throttle=1\nroot.gpt"},
            {},
            {"root": 4, "root.gpt.batch": 2, "root.gpt": 1},
        ),
        (
            {"channels": "root:4"},
            {"ODOO_QUEUE_JOB_CHANNELS": "root:2,root.gpt.batch:1"},
            {"root": 2, "root.gpt.batch": 1},
        ),
        ({"channels": "root.gpt.batch:2"}, {}, {"root.gpt.batch": 2, "root": 1}),
    ],
)
def test_capacities(config, environ, expected):
    assert configured_capacities(config, environ) == expected


def serve_once(reply: bytes) -> str:
    """Answer one connection with these bytes; return the address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer():
        connection, _address = listening.accept()
        with connection, listening:
            greeting = connection.recv(4096)
            assert b"GET /websocket HTTP/1.1" in greeting
            assert b"Upgrade: websocket" in greeting
            connection.sendall(reply)

    threading.Thread(target=answer, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\n\r\n",
            101,
        ),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200),
    ],
)
def test_websocket(reply, status):
    assert websocket_status(serve_once(reply), 2.0) == status


def test_websocket_of_a_server_that_drips():
    """Byte by byte, each in time, and never to an end."""
    listening = socket.create_server(("127.0.0.1", 0))
    sent = []

    def drip():
        connection, _address = listening.accept()
        with connection, listening, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while len(sent) < 1000:
                connection.sendall(b"a")
                sent.append(b"a")
                time.sleep(0.02)

    threading.Thread(target=drip, daemon=True).start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    assert websocket_status(address, 0.4) == 200, "that much had come"
    assert 1 < len(sent) < 200


def test_websocket_where_nobody_answers():
    with pytest.raises(OSError):
        websocket_status("http://127.0.0.1:9", 1.0)
    with pytest.raises(OSError):
        websocket_status(serve_once(b"nonsense\r\n"), 1.0)
    with pytest.raises(OSError):
        websocket_status("http://no-such-host.invalid", 1.0)
