# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells whether a job is being run by a process of this machine.

A queue sees who is alive by a lock in the database. When the database is started again,
every lock is gone, and a job that still waits for its model is given out once more. The
lock of a file stays with the process that runs the job.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .lock_files import lock, lock_folder, open_lock_file


@contextmanager
def run_lock(*subject: str, folder: Path | None = None) -> Iterator[bool]:
    """Lock ``subject`` for the block; yield whether no other process holds it.

    Where files cannot be locked, that is ``True``.

    :param folder: of the lock files; as :func:`~.lock_files.lock_folder` says
    """
    place = lock_folder("runs", folder)
    name = hashlib.sha256("\0".join(subject).encode()).hexdigest()
    path = place and place / f"{name}.lock"
    descriptor = path and _locked(path)
    if path is None or not descriptor:
        yield descriptor is None
        return
    try:
        yield True
    finally:
        # Who opened the file meanwhile sees that it is another one by then.
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(path: Path) -> int | None:
    """Return the descriptor of the locked file, 0 if somebody else holds it.

    ``None`` where files cannot be locked.
    """
    while True:
        descriptor = open_lock_file(path)
        if descriptor is None:
            return None
        try:
            if not lock(descriptor):
                os.close(descriptor)
                return 0
            if path.exists() and path.stat().st_ino == os.fstat(descriptor).st_ino:
                return descriptor
        except OSError:
            os.close(descriptor)
            return None
        os.close(descriptor)
