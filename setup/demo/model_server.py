# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The local OpenAI-compatible server, as a process beside Odoo."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..common.console import SetupError
from ..common.paths import ROOT, TEST_KIT, logs
from ..common.ports import free_port
from ..run.processes import BackgroundProcess

_START_SECONDS = 30


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
        python, "-m", "setup.demo.model", "--port", str(port),
        "--delay", str(delay),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(TEST_KIT)}
    process = BackgroundProcess(command, log, env=environment, cwd=ROOT)
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
