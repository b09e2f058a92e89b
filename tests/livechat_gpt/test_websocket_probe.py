# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether a site speaks the web socket protocol."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from odoo.addons.livechat_gpt.engine.websocket_probe import websocket_status


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
