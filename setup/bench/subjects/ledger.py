# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A ledger of 20,000 requests: how long its pages take, and PostgreSQL's plans."""

from __future__ import annotations

from collections.abc import Iterator

from ...common.console import say
from ...run.runtime import OdooRuntime
from ..in_odoo import database_with, figures
from ..row import Row

ADDON = "gpt_core"
ROWS = 20_000
#: What people do not notice.
_MILLISECONDS = 100


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the time of each question; the plans go to a file, and are named.

    :raise SetupError: the script failed within Odoo.
    """
    with database_with(runtime, ADDON) as database:
        found = figures(runtime, database, "ledger.py", [str(ROWS)])
    plans = runtime.state / "ledger-plans.txt"
    plans.write_text("\n".join(_plans(found)))
    say(f"      the plans: {plans}")
    for name, result in found.items():
        yield Row(
            f"ledger of {ROWS:,} rows: {name}",
            f"{result['ms']:.1f} ms",
            beside=f"{len(result['whole_scans'])} scans of the whole",
            target=f"≤ {_MILLISECONDS} ms, none",
            met=result["ms"] <= _MILLISECONDS and not result["whole_scans"],
        )


def _plans(found: dict) -> Iterator[str]:
    for name, result in found.items():
        for lines in result["plans"]:
            yield f"-- {name}"
            yield from lines
