# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The client's side of a connection: is it still there, and how to cut it."""

import select
import socket
import struct
import threading
import time
from collections.abc import Iterator
from itertools import chain, cycle


class ClientLeft(ConnectionError):
    """The client closed the connection, or the server is stopping."""


class StreamCut(Exception):
    """A stream ends here, by order of a test."""


def broken_off() -> ConnectionError:
    """The exception to raise within a reply's body: it ends there, unfinished."""
    return ConnectionResetError("ordered by a test")


class ClientConnection:
    """The accepted socket of one request (``None`` under a foreign WSGI server)."""

    def __init__(self, sock: socket.socket | None, stopping: threading.Event) -> None:
        self._socket = sock
        self._stopping = stopping

    def is_gone(self) -> bool:
        """Whether the client has closed its end."""
        if self._socket is None:
            return False
        try:
            peeked = self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return not peeked

    def wait(self, seconds: float) -> None:
        """Let time pass; raises ``ClientLeft`` as soon as nobody is waiting."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._sleep(left)
            if self._stopping.is_set() or self.is_gone():
                raise ClientLeft("nobody is waiting for this reply")

    def drip(self, head: bytes, endless: bytes, pause: float) -> Iterator[int]:
        """Send ``head``, then bytes for as long as somebody reads; yield their number.

        Raises ``ClientLeft`` when nobody does any more.
        """
        for number, byte in enumerate(chain(head, cycle(endless)), 1):
            if number > len(head):
                self.wait(pause)
            if self._socket is not None:
                self._socket.sendall(bytes([byte]))
            yield number

    def reset(self) -> ConnectionResetError:
        """Make the close a TCP reset; returns the exception to raise."""
        if self._socket is not None:
            linger_for_no_time = struct.pack("ii", 1, 0)
            self._socket.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, linger_for_no_time
            )
            self._socket.close()
        return ConnectionResetError("ordered by a test")

    def _sleep(self, seconds: float) -> None:
        """Sleep, but wake when the client closes, or the server ends the connection."""
        if self._socket is None:
            self._stopping.wait(seconds)
            return
        poller = select.poll()
        poller.register(self._socket, select.POLLIN)
        poller.poll(seconds * 1000)
