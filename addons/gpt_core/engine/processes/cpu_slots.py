# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Taking turns on the processors of a machine.

What was asked together is answered together. Processors that are shared by all of it
make the first as late as the last; so everybody asks together again, and nobody is at
work meanwhile. Whoever takes turns is done one after the other, and asks one after the
other. In a queueing network with a constant number of customers, processor sharing
keeps crowds together; first come, first served spreads them.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows, where nobody takes turns
    fcntl = None


@contextmanager
def turn(
    number: int, lanes: int | None = None, folder: Path | None = None
) -> Iterator[None]:
    """Wait for a turn; it ends with the block, or with the process.

    Whoever comes first is first, in each lane. Work that waits for somebody else's
    lock holds its lane up as long. A turn is a courtesy: where there can be none, the
    work is done without.

    :param number: of the work: consecutive ones are in different lanes
    :param lanes: how many are at work at once; without it, one for each processor
    :param folder: where processes meet; without it, all those of this user of the
        system. It must lie on the machine itself, as locks over a network are slow.
    """
    file = _lane(number % (lanes or os.cpu_count() or 1), folder)
    if file is None:
        yield
        return
    with file:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lane(lane: int, folder: Path | None) -> IO[str] | None:
    """Return the file that whoever is at work in a lane holds."""
    if fcntl is None:
        return None
    own = os.getuid()
    folder = folder or Path(tempfile.gettempdir(), f"odoo-gpt-turns-{own}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # Anybody may have put something of that name there before us.
        is_ours = folder.lstat().st_uid == own
        return (folder / f"lane-{lane}").open("a") if is_ours else None
    except OSError:
        return None
