# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running other programs to their end: output in a log file, life signs on screen."""

from __future__ import annotations

import ctypes
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from .console import duration, note

_LIFE_SIGN_SECONDS = 20
_SHOWN_WIDTH = 90
_PR_SET_PDEATHSIG = 1
#: What a line of Odoo's log begins with, up to what it says.
_ODOO_STAMP = re.compile(r"^\d{4}-\S+ \S+ \d+ [A-Z]+ \S+ ")


class CommandFailed(Exception):
    """A program ended with an error.

    :param log: the file with its whole output.
    """

    def __init__(self, arguments: Sequence[str], code: int, log: Path) -> None:
        super().__init__(f"{arguments[0]} ended with code {code}")
        self.code = code
        self.log = log

    def tail(self, lines: int = 12) -> str:
        """Return the last lines that the program wrote."""
        text = self.log.read_text(errors="replace").replace("\r", "\n")
        kept = [line for line in text.splitlines() if line.strip()]
        return "\n".join(kept[-lines:])


def run_logged(
    arguments: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: IO[str] | int = subprocess.DEVNULL,
) -> None:
    """Run a program; its output goes to ``log``, its last line on screen at times.

    :raise CommandFailed: the program returned anything but 0.
    """
    words = [str(argument) for argument in arguments]
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("ab") as output:
        output.write(f"$ {' '.join(words)}\n".encode())
        output.flush()
        process = subprocess.Popen(
            words, stdin=stdin, stdout=output, stderr=subprocess.STDOUT, env=env,
            cwd=cwd, preexec_fn=_end_with_parent,
        )  # fmt: skip
        try:
            code = _wait(process, log, started)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code:
        raise CommandFailed(words, code, log)


def _end_with_parent() -> None:
    """In the child: have the kernel end it when the tool is killed, so that it does
    not go on writing where the next run begins anew."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(process: subprocess.Popen[bytes], log: Path, started: float) -> int:
    while True:
        try:
            return process.wait(_LIFE_SIGN_SECONDS)
        except subprocess.TimeoutExpired:
            elapsed = duration(time.monotonic() - started)
            note(f"... {elapsed}: {_last_line(log)}")


def _last_line(log: Path) -> str:
    with log.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - 2000))
        text = stream.read().decode(errors="replace").replace("\r", "\n")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    last = _ODOO_STAMP.sub("", lines[-1]) if lines else ""
    return last[:_SHOWN_WIDTH]


def captured(
    arguments: Sequence[str | Path], *, timeout: float = 60,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Run a short program and return its result, output included; never raises on
    a bad exit code. A program that takes longer than ``timeout`` seconds, or does
    not exist, counts as failed (code 124, 127)."""
    words = [str(argument) for argument in arguments]
    try:
        return subprocess.run(
            words, capture_output=True, text=True, timeout=timeout, check=False,
            stdin=subprocess.DEVNULL, env=env,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(words, 124, "", "timed out")
    except FileNotFoundError:
        return subprocess.CompletedProcess(words, 127, "", "not installed")
