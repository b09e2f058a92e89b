# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells whether a job is being run by a process of this machine.

A queue sees who is alive by a lock in the database. When the database is started again,
every lock is gone, and a job that still waits for its model is given out once more. A
lock of the file system ends with its process, and with nothing else.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, which Odoo runs jobs on in one process only
    fcntl = None


@contextmanager
def run_lock(*subject: str, folder: Path | None = None) -> Iterator[bool]:
    """Give whether nobody else runs ``subject`` now; nobody else does in the block.

    Where there can be no lock, nobody else is taken to run it.

    :param folder: where processes meet; without it, all those of this user of the
        system. It must lie on the machine itself.
    """
    path = _path(subject, folder)
    descriptor = path and _locked(path)
    if not descriptor:
        yield descriptor is None
        return
    try:
        yield True
    finally:
        # Who opened the file meanwhile sees that it is another one by then.
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _path(subject: tuple[str, ...], folder: Path | None) -> Path | None:
    if fcntl is None:
        return None
    own = os.getuid()
    folder = folder or Path(tempfile.gettempdir(), f"odoo-gpt-runs-{own}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # Anybody may have put something of that name there before us.
        is_ours = folder.lstat().st_uid == own
    except OSError:
        return None
    name = hashlib.sha256("\0".join(subject).encode()).hexdigest()
    return folder / f"{name}.lock" if is_ours else None


def _locked(path: Path) -> int | None:
    """Return the descriptor of the locked file, 0 if somebody else holds it.

    ``None`` where files cannot be locked.
    """
    while True:
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and path.stat().st_ino == os.fstat(descriptor).st_ino:
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            return 0
        except OSError:
            os.close(descriptor)
            return None
        os.close(descriptor)
