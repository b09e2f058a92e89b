# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the core costs: a worker that asks nobody, and a call beside a bare one."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from .. import databases
from ..demo.model_server import local_server
from ..odoo_runtime import OdooRuntime
from .in_odoo import database_with, figures
from .row import Row

ADDON = "gpt_core"
_ROUNDS = 7


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the rows of an idle worker, and of the overhead of a call."""
    yield from _idle_worker(runtime)
    yield _overhead(runtime)


def _idle_worker(runtime: OdooRuntime) -> Iterator[Row]:
    """A worker with the addon, and one that has only what it depends on, in turn."""
    without = databases.test_template(runtime)
    with database_with(runtime, ADDON) as with_it:
        pairs = [
            tuple(
                figures(runtime, name, "idle_worker.py") for name in (with_it, without)
            )
            for _round in range(_ROUNDS)
        ]
    for what, unit, limit in (("memory", "mb", 5.0), ("start", "seconds", 0.1)):
        ours, plain = (statistics.median(p[n][unit] for p in pairs) for n in (0, 1))
        added = statistics.median(p[0][unit] - p[1][unit] for p in pairs)
        sign = "MB" if unit == "mb" else "s"
        yield Row(
            f"worker that never calls a model, {what}",
            f"{ours:.2f} {sign} (+{added:.2f})",
            f"{plain:.2f} {sign} without the addon",
            f"≤ {limit:g} {sign} more",
            added <= limit,
        )


def _overhead(runtime: OdooRuntime) -> Row:
    with (
        database_with(runtime, ADDON) as name,
        local_server(runtime.env.python) as base_url,
    ):
        found = figures(runtime, name, "overhead.py", [base_url])
    return Row(
        "gpt.service.complete with 4 kB masked, p50",
        f"{found['ours']:.1f} ms (+{found['added']:.1f})",
        f"{found['bare']:.1f} ms ChatOpenAI.invoke",
        "≤ 15 ms more",
        found["added"] <= 15,
    )
