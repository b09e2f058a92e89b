# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test``: everything, on every series that can be had."""

from __future__ import annotations

import time
from collections.abc import Sequence

from ..common.console import SetupError, duration, say, step, warn
from ..common.paths import ROOT
from ..get.addons.manifests import chosen_addons
from ..get.odoo import source as odoo_source
from ..get.python import environments
from ..get.python.environments import PythonEnv
from ..run.runtime import odoo_runtime
from .odoo_tests import run_odoo_tests
from .outcome import Outcome
from .pytest_run import run_pytest

_E2E = "tests/e2e"


def run(only: str | None = None) -> int:
    """Run all tests, print a summary whose last line is "N passed, N failed".

    :param only: one series; None for all.
    :return: 0 when nothing failed, else 1.
    :raise SetupError: not one series can be had.
    """
    started = time.monotonic()
    chosen = chosen_addons()
    pythons, missing = _environments(only)
    first = next(iter(pythons.values()))
    outcomes = []
    if folders := _engine_tests(chosen):
        with step("Tests without Odoo"):
            outcomes.append(run_pytest("Without Odoo", first.python, folders))
    for series in pythons:
        outcomes += _series_outcomes(series, chosen)
    return _summary(outcomes, missing, time.monotonic() - started)


def _engine_tests(chosen: Sequence[str]) -> list[str]:
    if not chosen:
        return ["tests", f"--ignore={_E2E}"]
    return [f"tests/{name}" for name in chosen if (ROOT / "tests" / name).is_dir()]


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
    return pythons, missing


def _series_outcomes(series: str, chosen: Sequence[str]) -> list[Outcome]:
    outcomes = []
    with odoo_runtime(series) as runtime:
        with step(f"Tests of the addons on Odoo {series}"):
            outcomes.append(run_odoo_tests(runtime, chosen))
        if not chosen and any((ROOT / _E2E).glob("test_*.py")):
            with step(f"Tests against a running Odoo {series}"):
                python = environments.prepare_e2e().python
                variables = {"ODOO_GPT_SERIES": series}
                title = f"Running Odoo {series}"
                outcomes.append(run_pytest(title, python, [_E2E], variables))
    return outcomes


def _summary(outcomes: list[Outcome], missing: list[str], seconds: float) -> int:
    say()
    for outcome in outcomes:
        say(outcome.line())
    for text in [*missing, *(note for outcome in outcomes for note in outcome.notes)]:
        warn(text)
    failed = sum(outcome.failed for outcome in outcomes)
    say(f"in {duration(seconds)}")
    say(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed")
    return 1 if failed else 0
