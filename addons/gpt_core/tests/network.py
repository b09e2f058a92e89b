# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps tests from reaching anything but this machine.

Odoo's own guard sees ``requests`` only; the OpenAI SDK does not use it.
"""

import ipaddress
import socket
from contextlib import contextmanager
from unittest.mock import patch

_connect = socket.socket.connect


class NetworkBlocked(ConnectionRefusedError):
    """A test tried to reach another machine."""


def _is_local(address):
    if not isinstance(address, tuple):  # a socket in the file system
        return True
    host = address[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def only_this_machine():
    """Refuse every connection to another machine while the block runs."""

    def connect(self, address):
        if not _is_local(address):
            raise NetworkBlocked(f"blocked in tests: {address}")
        return _connect(self, address)

    with patch.object(socket.socket, "connect", connect):
        yield
