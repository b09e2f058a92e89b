# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Leads: a thousand at once beside jobs that only sleep, and an import."""

from __future__ import annotations

import time
from collections.abc import Iterator

from ..console import SetupError
from ..demo.model_server import local_server
from ..odoo_runtime import OdooRuntime
from ..odoo_server import OdooServer
from .in_odoo import database_with, figures
from .row import Row

ADDON = "crm_lead_enrichment"
_LEADS = 1000
_CAPACITY = 30
_THINKING = 1.0
_PATIENCE = 600
_IMPORTED = 2000
_OPTIONS = {"db_maxconn": 200}


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the rows of the enrichment of many leads, and of an import."""
    with local_server(runtime.env.python, _THINKING) as base_url:
        bare, _done = _seconds(runtime, "bare", base_url)
        ours, done = _seconds(runtime, "ours", base_url)
    share = bare / ours
    yield Row(
        f"{_LEADS} leads, {_THINKING:g} s model, capacity {_CAPACITY}",
        f"{_LEADS / ours:.1f} leads/s ({share:.0%}), {done} done",
        f"{_LEADS / bare:.1f} jobs/s that only sleep",
        "≥ 80 %",
        share >= 0.8 and done == _LEADS,
    )
    yield _import(runtime)


def _seconds(runtime: OdooRuntime, kind: str, base_url: str) -> tuple[float, int]:
    """Return how long these jobs took, from the first to the last, and what was done.

    They are all there before the server starts.
    """
    with database_with(runtime, ADDON) as name:
        figures(runtime, name, "leads.py", [kind, str(_LEADS), base_url])
        with OdooServer(runtime, name, capacity=_CAPACITY, options=_OPTIONS) as server:
            server.wait_for_job_runner()
            return _wait(runtime, name)


def _wait(runtime: OdooRuntime, database: str) -> tuple[float, int]:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        time.sleep(1)
        ((left, seconds, done),) = runtime.server.execute(_SO_FAR, database=database)
        if not left:
            return seconds, done
    raise SetupError(f"{left} jobs were not done in {_PATIENCE} s.", "See the log.")


_SO_FAR = """
SELECT count(*) FILTER (WHERE state NOT IN ('done', 'failed')),
       extract(epoch FROM max(date_done) - min(date_started))::float8,
       (SELECT count(*) FROM gpt_lead_run WHERE state = 'done')
  FROM queue_job
"""


def _import(runtime: OdooRuntime) -> Row:
    with database_with(runtime, ADDON) as name:
        found = figures(
            runtime, name, "import_leads.py", [str(_IMPORTED), "http://127.0.0.1:9/v1"]
        )
    more = found["on"] / found["off"] - 1
    return Row(
        f"import of {_IMPORTED} leads, CPU",
        f"{found['on']:.2f} s ({more:+.1%})",
        f"{found['off']:.2f} s with enrichment off",
        "≤ 5 % more",
        more <= 0.05,
    )
