# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test``: everything, on every series that can be had."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence

from ..common.console import SetupError, duration, say, step, warn
from ..common.paths import ROOT
from ..get.addons.manifests import chosen_addons
from ..get.odoo import source as odoo_source
from ..get.postgres.choice import database_server
from ..get.python import environments
from ..get.python.environments import PythonEnv
from .odoo_tests import chosen_tags
from .outcome import Outcome
from .part import E2E, Part
from .side_by_side import run_parts

_BROWSERS = ("chromium", "chromium-browser")
_MOST_AT_ONCE = 2


def run(only: str | None = None) -> int:
    """Run all tests, print a summary whose last line is "N passed, N failed".

    :param only: one series; None for all.
    :return: 0 when nothing failed, else 1.
    :raise SetupError: not one series can be had.
    """
    started = time.monotonic()
    chosen = chosen_addons()
    pythons, missing = _environments(only)
    at_once = min(_MOST_AT_ONCE, len(os.sched_getaffinity(0)))
    outcomes = []
    # For all of them: it is not to be stopped and started in between.
    with database_server(next(iter(pythons.values())).python):
        for title, parts in _stages(list(pythons), chosen):
            with step(title):
                outcomes += run_parts(parts, at_once)
    return _summary(outcomes, missing, time.monotonic() - started)


def _stages(
    series: Sequence[str], chosen: Sequence[str]
) -> list[tuple[str, list[Part]]]:
    """Return what runs at once, and what after it.

    Browsers wait so long for an answer and no longer: they have the machine for
    themselves.
    """
    first = [Part("odoo", name) for name in series]
    if not chosen_tags() and (not chosen or _has_engine_tests(chosen)):
        first.append(Part("engine", series[0]))
    stages = [("Tests within Odoo, and without it", first)]
    if not chosen and not chosen_tags() and any((ROOT / E2E).glob("test_*.py")):
        for name in series:
            title = f"Tests against a running Odoo {name}"
            stages.append((title, [Part("e2e", name)]))
    return stages


def _has_engine_tests(chosen: Sequence[str]) -> bool:
    return any((ROOT / "tests" / name).is_dir() for name in chosen)


def _environments(only: str | None) -> tuple[dict[str, PythonEnv], list[str]]:
    """Fetch every series asked for; say which cannot be had, and why."""
    wanted = only or odoo_source.given_series()
    pythons, missing, last_error = {}, [], None
    for series in (wanted,) if wanted else odoo_source.SERIES:
        try:
            pythons[series] = environments.prepare(odoo_source.obtain(series))
        except SetupError as error:
            last_error = error
            missing.append(f"NOT TESTED on Odoo {series}: {error.problem}")
            warn(missing[-1])
    if not pythons and last_error is not None:
        raise last_error
    if not any(shutil.which(name) for name in _BROWSERS):
        missing.append(
            "No Chromium here, so the browser tests are SKIPPED. "
            "Install it: apt-get install chromium"
        )
        warn(missing[-1])
    return pythons, missing


def _summary(outcomes: list[Outcome], missing: list[str], seconds: float) -> int:
    say()
    for outcome in outcomes:
        say(outcome.line())
    for text in [*missing, *(text for outcome in outcomes for text in outcome.notes)]:
        warn(text)
    failed = sum(outcome.failed for outcome in outcomes)
    say(f"in {duration(seconds)}")
    say(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed")
    return 1 if failed else 0
