# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ctrl-C, ``kill`` and a closed terminal: each ends a command tidily."""

from __future__ import annotations

import signal

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def raise_when_ended() -> None:
    """From now on, raise KeyboardInterrupt when somebody ends this process."""
    for number in _ENDING:
        signal.signal(number, _interrupt)


def _interrupt(*_: object) -> None:
    """Let every ``with`` block tidy up, and let nothing disturb that."""
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
