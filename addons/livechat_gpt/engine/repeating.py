# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Something small that is done again and again while something long goes on."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_logger = logging.getLogger(__name__)


@contextmanager
def repeating(work: Callable[[], object], seconds: float) -> Iterator[None]:
    """Do ``work`` every so many seconds, in a thread, for the length of the block.

    It is not done at the beginning, and never after the block has ended. What it raises
    is logged, and does not disturb the block.
    """
    over = threading.Event()
    database = getattr(threading.current_thread(), "dbname", None)

    def repeat() -> None:
        if database:  # named in the log
            threading.current_thread().dbname = database  # type: ignore[attr-defined]
        while not over.wait(seconds):
            try:
                work()
            except Exception:
                _logger.warning("It is tried again in a while", exc_info=True)

    thread = threading.Thread(target=repeat, name="gpt-repeating", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
