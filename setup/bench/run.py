# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs the measurements, and prints their rows as a table."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from ..common.console import SetupError, say, step, warn
from ..get.addons.manifests import chosen_addons, own_addons
from ..get.odoo.source import DEFAULT_SERIES
from ..run.runtime import OdooRuntime, odoo_runtime
from .row import HEAD, Row

_SUBJECTS = f"{__package__}.subjects"


def bench(series: str | None = None) -> int:
    """Measure everything, or what belongs to the addons that ADDONS names.

    The machine is shared and noisy: the figures are for comparing within one run, and
    a target that was missed is said, not an error.

    :return: 1 when a measurement broke off, else 0
    """
    chosen = chosen_addons() or [addon.name for addon in own_addons()]
    rows, broken = [], 0
    with odoo_runtime(series or DEFAULT_SERIES) as runtime:
        for module in _subjects(chosen):
            with step(f"Measuring {module.__name__.rpartition('.')[2]}"):
                found, complete = _measure(module, runtime)
            rows += found
            broken += not complete
    say()
    say(HEAD)
    for row in rows:
        say(row.line())
    return 1 if broken else 0


def _subjects(chosen: list[str]) -> list[ModuleType]:
    package = importlib.import_module(_SUBJECTS)
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{_SUBJECTS}.{name}") for name in names]
    return [m for m in modules if getattr(m, "ADDON", None) in chosen]


def _measure(module: ModuleType, runtime: OdooRuntime) -> tuple[list[Row], bool]:
    rows: list[Row] = []
    try:
        for row in module.measure(runtime):
            say(f"      {row.line()}")
            rows.append(row)
    except SetupError as error:
        warn(f"{error.problem} {error.fix}")
        return rows, False
    return rows, True
