# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which model the demo talks to: the one in the environment, else a local stand-in."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..common.console import SetupError, note
from ..common.paths import ROOT, logs
from ..common.ports import free_port
from ..run.processes import BackgroundProcess

_START_SECONDS = 30
#: Long enough to see the assistant type.
_THINKING_SECONDS = 1.0


@dataclass(frozen=True)
class ModelEndpoint:
    """What a provider needs to know.

    :param base_url: None for OpenAI's own.
    :param model: None for the default of the settings.
    :param title: how the demo's output calls it.
    """

    api_key: str
    base_url: str | None
    model: str | None
    title: str


@contextmanager
def model_endpoint(python: Path) -> Iterator[ModelEndpoint]:
    """Give the endpoint that OPENAI_API_KEY and OPENAI_BASE_URL name, or run the local
    server for the length of the block.

    :param python: an interpreter with the local server's packages.
    :raise SetupError: the local server does not start.
    """
    key = os.environ.get("OPENAI_API_KEY")
    url = os.environ.get("OPENAI_BASE_URL")
    model = os.environ.get("OPENAI_MODEL") or None
    if key or url:
        # Local servers take any key, but the provider wants one.
        title = url or "OpenAI"
        yield ModelEndpoint(key or "not-needed", url or None, model, title)
        return
    note("The model is a local server, as no OPENAI_API_KEY is set.")
    with local_server(python, _THINKING_SECONDS) as address:
        yield ModelEndpoint("local-demo", address, model, f"local server, {address}")


@contextmanager
def local_server(python: Path, delay: float = 0.0) -> Iterator[str]:
    """Run the local server for the length of the block; give its base URL.

    :param python: an interpreter with the local server's packages.
    :param delay: seconds that it thinks about each answer.
    :raise SetupError: it does not start.
    """
    port = free_port()
    process = _start(python, port, delay)
    try:
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.stop()


def _start(python: Path, port: int, delay: float) -> BackgroundProcess:
    log = logs() / "model-server.log"
    command = [
        python, "-m", "tests.openai_server", "--port", str(port),
        "--delay", str(delay),
    ]  # fmt: skip
    process = BackgroundProcess(command, log, env=os.environ, cwd=ROOT)
    deadline = time.monotonic() + _START_SECONDS
    while not _listens(port):
        if not process.is_running or time.monotonic() > deadline:
            process.kill()
            said = "\n".join(log.read_text().splitlines()[-5:])
            raise SetupError(
                f"The local model server does not start:\n{said}", f"Its log: {log}"
            )
        time.sleep(0.1)
    return process


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
