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

    def repeat(over: threading.Event) -> None:
        while not over.wait(seconds):
            try:
                work()
            except Exception:
                _logger.warning("It is tried again in a while", exc_info=True)

    with _beside(repeat):
        yield


@contextmanager
def at_deadline(seconds: float | None, work: Callable[[], object]) -> Iterator[None]:
    """Do ``work`` once, in a thread, if the block lasts for longer than ``seconds``.

    :param seconds: ``None``: there is no deadline
    """

    def wait(over: threading.Event) -> None:
        try:
            if not over.wait(max(seconds or 0, 0)):
                work()
        except Exception:
            _logger.warning("What is due at a deadline failed", exc_info=True)

    if seconds is None:
        yield
        return
    with _beside(wait):
        yield


@contextmanager
def _beside(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Run ``work`` in a thread beside the block, whose end sets the event."""
    over = threading.Event()
    database = getattr(threading.current_thread(), "dbname", None)

    def run() -> None:
        if database:  # named in the log
            threading.current_thread().dbname = database  # type: ignore[attr-defined]
        work(over)

    thread = threading.Thread(target=run, name="gpt-beside", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
