# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the core costs: a worker that asks nobody, and a call beside a bare one."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from ...demo.model_server import local_server
from ...run import databases
from ...run.runtime import OdooRuntime
from ..in_odoo import database_with, figures
from ..row import Row

ADDON = "gpt_core"
WITHOUT = Path(__file__).resolve().parents[1] / "without_dependencies"
_ROUNDS = 7


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the rows of an idle worker, and of the overhead of a call."""
    yield from _idle_worker(runtime)
    yield _overhead(runtime)


def _idle_worker(runtime: OdooRuntime) -> Iterator[Row]:
    """A worker as it is; without the packages that a model is asked with; and one that
    has not even the addon. They are started in turn.
    """
    bare = databases.test_template(runtime)
    with database_with(runtime, ADDON) as with_addon:
        ways = ((with_addon, ()), (with_addon, (WITHOUT,)), (bare, ()))
        rounds = [
            [figures(runtime, name, "idle_worker.py", path=path) for name, path in ways]
            for _round in range(_ROUNDS)
        ]
    for what, unit, sign, limit in (
        ("memory", "mb", "MB", 5.0),
        ("start", "seconds", "s", 0.1),
    ):
        ours = statistics.median(worker[unit] for worker, _, _ in rounds)
        packages = statistics.median(w[unit] - p[unit] for w, p, _ in rounds)
        addon = statistics.median(w[unit] - b[unit] for w, _, b in rounds)
        yield Row(
            f"worker that never calls a model, {what}",
            f"{ours:.2f} {sign}, {packages:+.2f} for the Python packages",
            f"{addon:+.2f} {sign} for addon and packages",
            f"≤ {limit:g} {sign} more for the packages",
            packages <= limit,
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
