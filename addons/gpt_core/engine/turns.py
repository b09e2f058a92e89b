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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where nobody takes turns
    fcntl = None


@contextmanager
def turn(folder: Path, number: int, lanes: int | None = None) -> Iterator[None]:
    """Wait for a turn; it ends with the block, or with the process.

    Whoever comes first is first, in each lane. Work that waits for somebody else's
    lock holds its lane up as long.

    :param folder: where processes that share processors meet; made if it is not there
    :param number: of the work: consecutive ones are in different lanes
    :param lanes: how many are at work at once; without it, one for each processor
    """
    if fcntl is None:
        yield
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lane = folder / f"lane-{number % (lanes or os.cpu_count() or 1)}"
    with lane.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
