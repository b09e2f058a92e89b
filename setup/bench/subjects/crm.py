# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Leads: a thousand at once beside jobs that only sleep, and an import."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator

from ...common.console import SetupError
from ...common.ports import free_port
from ...demo.model_server import local_server
from ...run.runtime import OdooRuntime
from ...run.server import OdooServer
from ..in_odoo import database_with, figures
from ..row import Row

ADDON = "crm_lead_enrichment"
_LEADS = 1000
_CAPACITY = 30
_THINKING = 1.0
_TIMEOUT = 600
_IMPORTED = 10_000
#: Jobs that run first and do not count: each worker imports LangChain once in its life.
_WARM_UP = 10 * _CAPACITY
#: As Odoo is run where there is much to do: a process for each job at a time, and two
#: for those who click meanwhile. In one process (``workers = 0``) threads wait for each
#: other's Python, and neither side can use a second core. Nor do crons run: all those
#: of a new database are due at once, the daily housekeeping among them.
_WORKERS = {
    "workers": _CAPACITY + 2,
    "max_cron_threads": 0,
    "limit_time_cpu": 3600,
    "limit_time_real": 3600,
}
_THREADS = {"db_maxconn": 200}
#: Ready-made: what the stand-in takes to make one up is no time of Odoo's.
_ANSWER = {
    "summary": "Una cafetería quiere dos máquinas para el 15 de enero.",
    "summary_quote": "nos urge cotizar dos máquinas",
    "priority": "very high",
    "priority_quote": "Tenemos presupuesto aprobado de unos $55,000",
    "next_step": "Llamar por la tarde y cotizar dos máquinas.",
    "next_step_quote": "prefiero que me llamen por la tarde",
    "missing_fields": ["phone", "partner_name"],
    "confidence": 0.9,
} | {
    # What the lead's texts do not say of its own fields.
    name + end: None
    for name in (
        "phone", "email", "company_name", "city", "expected_revenue", "deadline",
    )
    for end in ("", "_quote")
}  # fmt: skip


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the rows of the enrichment of many leads, and of an import."""
    yield _many_leads(runtime, "worker processes", _WORKERS, 0.9)
    yield _many_leads(runtime, "threads of one process", _THREADS, 0.8)
    yield _import(runtime)


def _many_leads(
    runtime: OdooRuntime, how: str, options: dict[str, int], target: float
) -> Row:
    with local_server(runtime.env.python, _THINKING) as base_url:
        _order_answers(base_url)
        bare, *_runs = _seconds(runtime, "bare", base_url, options)
        ours, done, others = _seconds(runtime, "ours", base_url, options)
    share = bare / ours
    return Row(
        f"{_LEADS} leads, {_THINKING:g} s model, capacity {_CAPACITY}, {how}",
        f"{_LEADS / ours:.1f} leads/s ({share:.0%}), {done} done{others}",
        f"{_LEADS / bare:.1f} jobs/s that only sleep",
        f"≥ {target:.0%}",
        share >= target and done == _LEADS,
    )


def _order_answers(base_url: str) -> None:
    """Have the local server answer whatever it is asked with the same."""
    request = urllib.request.Request(
        f"{base_url.removesuffix('/v1')}/_control/answers",
        data=json.dumps({"answer": _ANSWER, "times": None}).encode(),
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=10).close()


def _seconds(
    runtime: OdooRuntime, kind: str, base_url: str, options: dict[str, int]
) -> tuple[float, int, str]:
    """Return how long these jobs took, from the first to the last, how many runs were
    done, and what became of the others.

    They are all there before the server starts.
    """
    arguments = [kind, str(_LEADS), str(_WARM_UP), base_url]
    with database_with(runtime, ADDON) as name:
        figures(runtime, name, "leads.py", arguments)
        gevent = {"gevent_port": free_port()}
        with OdooServer(
            runtime, name, capacity=_CAPACITY, options=options | gevent
        ) as server:
            server.wait_for_job_runner()
            return _wait(runtime, name)


def _wait(runtime: OdooRuntime, database: str) -> tuple[float, int, str]:
    deadline = time.monotonic() + _TIMEOUT
    while time.monotonic() < deadline:
        # Looking takes time from those who are measured, by clocks of their own.
        time.sleep(5)
        ((left, seconds, done, others),) = runtime.server.execute(
            _SO_FAR, database=database
        )
        if not left:
            return seconds, done - _WARM_UP, others
    raise SetupError(f"{left} jobs were not done in {_TIMEOUT} s.", "See the log.")


_SO_FAR = """
WITH job AS (SELECT * FROM queue_job WHERE priority > 1)
SELECT count(*) FILTER (WHERE state NOT IN ('done', 'failed')),
       extract(epoch FROM max(date_done) - min(date_started))::float8,
       (SELECT count(*) FROM gpt_lead_run WHERE state = 'done'),
       (SELECT coalesce(string_agg(', ' || concat_ws(' ', state, error_code), ''), '')
          FROM gpt_lead_run WHERE state <> 'done')
  FROM job
"""


def _import(runtime: OdooRuntime) -> Row:
    with database_with(runtime, ADDON) as name:
        found = figures(
            runtime, name, "import_leads.py", [str(_IMPORTED), "http://127.0.0.1:9/v1"]
        )
    more = found["on"] / found["off"] - 1
    return Row(
        f"import of {_IMPORTED} leads, CPU",
        f"{found['on']:.2f} s ({more:+.1%}), {found['jobs']} jobs left",
        f"{found['off']:.2f} s with enrichment off",
        "≤ 5 % more",
        more <= 0.05,
    )
