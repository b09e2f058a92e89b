# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that processes of one machine lock.

The lock of a file ends with the process that holds it, and with nothing else.
"""

import os
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where files cannot be locked like this
    fcntl = None  # type: ignore[assignment]  # whoever uses it looks first


def lock_folder(name: str, folder: Path | None = None) -> Path | None:
    """Return the folder of lock files, made if need be; ``None`` where there is none.

    :param name: part of its name: what is locked there
    :param folder: where processes meet; without it, all those of this user of the
        system. It must lie on the machine itself, as locks over a network are slow.
    """
    if fcntl is None:
        return None
    own = os.getuid()
    folder = folder or Path(tempfile.gettempdir(), f"odoo-gpt-{name}-{own}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # Another user may have made something of that name before.
        return folder if folder.lstat().st_uid == own else None
    except OSError:
        return None


def open_lock_file(path: Path) -> int | None:
    """Return the descriptor of a file to lock; ``None`` where it cannot be opened."""
    try:
        return os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return None


def lock(descriptor: int, *, wait: bool = False) -> bool:
    """Lock an open file; return whether it worked.

    :param wait: until nobody else holds it
    :raises OSError: where files cannot be locked
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
