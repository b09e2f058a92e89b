# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""TCP ports: free ones, and who has a taken one."""

from __future__ import annotations

import re
import socket

from .console import SetupError
from .programs import captured


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def require_free(port: int, host: str = "127.0.0.1") -> None:
    """Refuse to go on when something listens on ``port``.

    :raise SetupError: it is taken; says by whom where that can be seen.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} is not free: {_who(port) or error.strerror}.",
                f"Take another one: PORT={port + 10} make demo\n"
                "or, if it is a demo of this clone: make stop",
            ) from error


def _who(port: int) -> str:
    listing = captured(["ss", "-Hltnp", f"sport = :{port}"]).stdout
    found = re.search(r'\(\("([^"]+)",pid=(\d+)', listing)
    return f"{found[1]} (process {found[2]}) listens on it" if found else ""
