# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A part of ``make test``, as a process of its own, so that several run at once.

``python3 -m setup.check.part <kind> <series> <report>``; what the part came to is
written to the report, as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from ..common.console import SetupError, report
from ..common.interrupts import raise_when_ended
from ..common.paths import ROOT
from ..get.addons.manifests import chosen_addons
from ..get.odoo import source as odoo_source
from ..get.python import environments
from ..run import databases
from ..run.runtime import odoo_runtime
from .odoo_tests import run_odoo_tests
from .outcome import Outcome
from .pytest_run import run_pytest

E2E = "tests/e2e"


@dataclass(frozen=True)
class Part:
    """What is run in one go.

    :param kind: a key of ``_TITLES``.
    :param series: the Odoo, or the one whose Python is used.
    """

    kind: str
    series: str

    @property
    def title(self) -> str:
        """How the output calls it."""
        return _TITLES[self.kind].format(self.series)

    def run(self) -> Outcome:
        """Run it; what keeps it from running counts as a failure."""
        started = time.monotonic()
        try:
            outcome = _RUNS[self.kind](self)
        except SetupError as error:
            report(error)
            outcome = Outcome(self.title, 0, 1, notes=(f"{self.title}: {error}",))
        return dataclasses.replace(outcome, seconds=time.monotonic() - started)


def _without_odoo(part: Part) -> Outcome:
    python = environments.prepare(odoo_source.obtain(part.series)).python
    chosen = [f"tests/{name}" for name in chosen_addons()]
    folders = [folder for folder in chosen if (ROOT / folder).is_dir()]
    return run_pytest(part.title, python, folders or ["tests", f"--ignore={E2E}"])


def _within_odoo(part: Part) -> Outcome:
    with odoo_runtime(part.series) as runtime:
        return run_odoo_tests(runtime, chosen_addons())


def _end_to_end(part: Part) -> Outcome:
    python = environments.prepare_e2e().python
    with odoo_runtime(part.series) as runtime:
        # They copy it; making it is not to count as the time of a test.
        databases.addons_template(runtime)
        variables = {"ODOO_GPT_SERIES": part.series}
        return run_pytest(part.title, python, [E2E], variables)


_TITLES = {
    "engine": "Without Odoo",
    "odoo": "Odoo {}",
    "e2e": "Running Odoo {}",
}
_RUNS = {"engine": _without_odoo, "odoo": _within_odoo, "e2e": _end_to_end}


def main() -> int:
    """Run the part that the command line names; return 0 when it was run to its end."""
    kind, series, target = sys.argv[1:]
    raise_when_ended()
    try:
        outcome = Part(kind, series).run()
    except KeyboardInterrupt:
        return 130
    Path(target).write_text(json.dumps(dataclasses.asdict(outcome)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
