# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Processes that go on in the background, and finding those that were left behind.

Each carries in its environment which clone it belongs to and which run of the tool
started it.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..common.paths import RUN

_CLONE = "ODOO_GPT_RUN"
_OWNER = "ODOO_GPT_OWNER"
_PROC = Path("/proc")


class BackgroundProcess:
    """A program in a session of its own, its output in a file.

    :param log: the file its output is appended to.
    :param stop_timeout: seconds it gets to end by itself when asked to.
    """

    def __init__(
        self, arguments: Sequence[str | Path], log: Path, *,
        env: Mapping[str, str], cwd: Path | None = None, stop_timeout: float = 10,
    ) -> None:  # fmt: skip
        self._stop_timeout = stop_timeout
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(argument) for argument in arguments],
                stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env={**env, **marks()}, cwd=cwd, start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, then make it; its children go with it."""
        if self.is_running:
            self._process.terminate()
            try:
                self._process.wait(self._stop_timeout)
            except subprocess.TimeoutExpired:
                pass
        self.kill()

    def kill(self) -> None:
        """End it and its children at once, as ``kill -9`` does."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()


def marks() -> dict[str, str]:
    """Return the environment variables that mark a process as ours."""
    return {_CLONE: str(RUN), _OWNER: f"{os.getpid()}:{_started(os.getpid())}"}


def leftovers() -> list[int]:
    """Return the processes of this clone whose run of the tool is gone."""
    found = []
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        variables = _environment(entry)
        if variables.get(_CLONE) == str(RUN) and not _is_alive(variables[_OWNER]):
            found.append(int(entry.name))
    return found


def end(pid: int) -> None:
    """End a process that is not a child of this one, if it is still there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _environment(entry: Path) -> dict[str, str]:
    try:
        text = (entry / "environ").read_bytes().decode(errors="replace")
    except OSError:
        return {}
    pairs = (item.partition("=") for item in text.split("\0"))
    return {name: value for name, separator, value in pairs if separator}


def _is_alive(owner: str) -> bool:
    pid, _, started = owner.partition(":")
    return _started(int(pid)) == started


def _started(pid: int) -> str:
    """Return when a process started, in ticks since boot; "" when it is gone."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return ""
    # The name, in parentheses, may hold spaces; the 20th field after it is the time.
    return text.rpartition(")")[2].split()[19]
