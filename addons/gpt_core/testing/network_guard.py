# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps a test run on this machine.

Odoo's own guard sees ``requests`` only; the OpenAI SDK does not use it.
"""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_LOCAL_NAMES = frozenset({"localhost", "localhost.localdomain", ""})


class NetworkBlockedError(RuntimeError):
    """A test tried to leave the machine.

    No ``OSError``: code under test that handles a failed connection must not take
    this for one.
    """


@contextmanager
def loopback_only() -> Iterator[None]:
    """Within this, connecting a socket to any other machine raises
    ``NetworkBlockedError``; loopback addresses and Unix sockets work."""
    guarded = {
        name: _guarded(getattr(socket.socket, name))
        for name in ("connect", "connect_ex")
    }
    with patch.multiple(socket.socket, **guarded):
        yield


def _guarded(original: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(address[0])
        return original(self, address)

    return connect


def _check(host: str) -> None:
    if host in _LOCAL_NAMES:
        return
    try:
        # An IPv6 address may carry its interface: "fe80::1%eth0".
        is_local = ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise NetworkBlockedError(f"tests must not connect to {host}")
