# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""No test leaves the machine; the guard is on for each of them."""

import asyncio
import socket
import urllib.request
from pathlib import Path

import openai
import pytest
from network_guard import NetworkBlockedError
from openai_server import OpenAIServer

from .wire import KEY, call

# Addresses reserved for documentation: nobody answers there, should the guard fail.
AWAY = "192.0.2.1"
AWAY_6 = "2001:db8::1"


def test_sockets_stay_here() -> None:
    for family, address in ((socket.AF_INET, AWAY), (socket.AF_INET6, AWAY_6)):
        with socket.socket(family) as sock:
            sock.settimeout(1)
            with pytest.raises(NetworkBlockedError, match=address):
                sock.connect((address, 443))
            with pytest.raises(NetworkBlockedError, match=address):
                sock.connect_ex((address, 443))


def test_names_do_not_help() -> None:
    with socket.socket() as sock, pytest.raises(NetworkBlockedError):
        sock.connect(("api.openai.example", 443))


def test_clients_stay_here() -> None:
    with pytest.raises(NetworkBlockedError):
        urllib.request.urlopen(f"http://{AWAY}/", timeout=1)
    client = openai.OpenAI(
        base_url=f"http://{AWAY}/v1", api_key=KEY, max_retries=0, timeout=1
    )
    # Some versions wrap what the transport raises, some let it through.
    with pytest.raises((openai.APIConnectionError, NetworkBlockedError)) as caught:
        client.models.list()
    causes = []
    cause: BaseException | None = caught.value
    while cause is not None:
        causes.append(type(cause))
        cause = cause.__cause__ or cause.__context__
    assert NetworkBlockedError in causes


def test_asyncio_stays_here() -> None:
    with pytest.raises(NetworkBlockedError):
        asyncio.run(asyncio.wait_for(asyncio.open_connection(AWAY, 443), 1))


def test_this_machine_can_be_reached(server: OpenAIServer, tmp_path: Path) -> None:
    assert call(server.base_url, "/_control/health").status == 200
    path = str(tmp_path / "socket")
    with (
        socket.socket(socket.AF_UNIX) as listening,
        socket.socket(socket.AF_UNIX) as sock,
    ):
        listening.bind(path)
        listening.listen()
        sock.connect(path)
