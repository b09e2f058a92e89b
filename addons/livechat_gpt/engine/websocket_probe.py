# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Asks whether an address speaks the web socket protocol, and nothing more."""

import http.client
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import urandom
from urllib.parse import urlsplit

SWITCHING_PROTOCOLS = 101


def websocket_status(address: str, timeout: float) -> int:
    """Return the HTTP status with which ``address`` answers a web socket's greeting.

    101 is what it should be. The connection is closed at once.

    :param address: of the site, without a path
    :param timeout: seconds
    :raises OSError: when nobody answers
    """
    url = urlsplit(address)
    connection: http.client.HTTPConnection
    if url.scheme == "https":
        connection = http.client.HTTPSConnection(
            url.hostname or "", url.port, timeout=timeout,
            context=ssl.create_default_context(),
        )  # fmt: skip
    else:
        connection = http.client.HTTPConnection(
            url.hostname or "", url.port, timeout=timeout
        )
    greeting = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": b64encode(urandom(16)).decode(),
        "Origin": f"{url.scheme}://{url.netloc}",
    }
    try:
        connection.connect()
        with _ended_after(timeout, connection.sock):
            connection.request("GET", "/websocket", headers=greeting)
            return connection.getresponse().status
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


@contextmanager
def _ended_after(seconds: float, sock: socket.socket) -> Iterator[None]:
    """End a connection in time; its own timeout is for each read."""

    def end() -> None:
        with suppress(OSError):  # it has ended by itself
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
