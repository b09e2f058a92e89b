# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make stop`` and ``make clean``."""

from __future__ import annotations

import os
import shutil
import signal
import time

from ..common.console import SetupError, say
from ..common.locks import exclusive_holder
from ..common.paths import RUN, cache
from ..get.postgres import embedded as embedded_postgres
from . import processes

_TIMEOUT_SECONDS = 60
#: Held by a running demo; the file says which process it is.
DEMO_LOCK = RUN / "demo.lock"


def stop() -> int:
    """Stop the demo and whatever runs of this clone left behind; returns 0."""
    stopped = _stop_demo()
    left = processes.leftovers()
    for pid in left:
        processes.end(pid)
    in_use = embedded_postgres.stop_unused()
    say("stopped" if stopped or left else "nothing was running")
    if in_use:
        say("PostgreSQL goes on: another run (a test, a shell) uses it.")
    return 0


def clean() -> int:
    """Remove this clone's databases, logs and staged addons; returns 0.

    :raise SetupError: something still runs there.
    """
    stop()
    if embedded_postgres.stop_unused():
        raise SetupError(
            "A run of this clone still uses its database.", "End it first."
        )
    embedded_postgres.remove()
    shutil.rmtree(RUN, ignore_errors=True)
    say(f"removed {RUN}; downloads stay in {cache()}")
    return 0


def _stop_demo() -> bool:
    """Ask the demo to end and wait for it; return whether there was one."""
    pid = exclusive_holder(DEMO_LOCK)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _TIMEOUT_SECONDS
    while exclusive_holder(DEMO_LOCK) == pid:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            break
        time.sleep(0.2)
    return True
