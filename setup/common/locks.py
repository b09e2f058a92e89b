# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""File locks between several runs of the tool.

The kernel drops a lock when its process dies, however it dies; nothing stale stays.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .console import note


@contextmanager
def exclusive(path: Path, waiting_for: str) -> Iterator[None]:
    """Hold the lock file ``path`` alone; say what is waited for if it is taken."""
    descriptor = _open(path)
    try:
        if not _try_lock(descriptor, fcntl.LOCK_EX):
            note(f"waiting for another run: {waiting_for}")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Try to hold the lock file, with this process's number in it.

    Gives False, and holds nothing, when another process has it.
    """
    descriptor = _open(path)
    try:
        taken = _try_lock(descriptor, fcntl.LOCK_EX)
        if taken:
            os.truncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
        yield taken
    finally:
        os.close(descriptor)


def exclusive_holder(path: Path) -> int | None:
    """Return the process that holds the lock file by ``alone``, None for nobody."""
    if not path.exists() or unused(path):
        return None
    text = path.read_text()
    return int(text) if text.isdigit() else None


class Usage:
    """A shared lock that says "I am using this" to other processes."""

    def __init__(self, path: Path) -> None:
        self._descriptor = _open(path)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def end(self) -> bool:
        """Stop using it; return whether nobody else does."""
        last = _try_lock(self._descriptor, fcntl.LOCK_EX)
        os.close(self._descriptor)
        return last


def unused(path: Path) -> bool:
    """Return whether no process holds a ``Usage`` of this lock file."""
    descriptor = _open(path)
    try:
        return _try_lock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
