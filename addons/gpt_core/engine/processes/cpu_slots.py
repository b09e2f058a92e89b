# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CPU slots: at most one piece of work at a time for each processor of a machine.

What was asked together is answered together. Processors that are shared by all of it
make the first as late as the last; so everybody asks together again, and nobody is at
work meanwhile. With slots, work is done one after the other, and the next questions
come one after the other, too. In a queueing network with a constant number of
customers, processor sharing keeps crowds together; first come, first served spreads
them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .lock_files import lock, lock_folder, open_lock_file


@contextmanager
def cpu_slot(
    number: int, slots: int | None = None, folder: Path | None = None
) -> Iterator[None]:
    """Wait for a CPU slot; it is free again after the block, or with the process.

    Whoever comes first is first, in each slot. Work that waits for somebody else's
    lock holds its slot as long. Where files cannot be locked, nobody waits.

    :param number: of the work: consecutive ones are in different slots
    :param slots: how many there are; without it, one for each processor
    :param folder: of the lock files; as :func:`~.lock_files.lock_folder` says
    """
    place = lock_folder("cpu-slots", folder)
    slot = number % (slots or os.cpu_count() or 1)
    descriptor = place and open_lock_file(place / f"slot-{slot}")
    if not descriptor:
        yield
        return
    try:
        with suppress(OSError):
            lock(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)
