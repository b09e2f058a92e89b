# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running the tests that our addons have within Odoo, on one series."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..common.console import note, say
from ..get.addons.manifests import own_addons
from ..run import databases
from ..run.odoo_log import LogBlock, LogReader
from ..run.runtime import OdooRuntime
from .odoo_run import run_tests
from .outcome import Outcome

_MOST_LINES = 60


def chosen_tags() -> str:
    """Return what TAGS selects, in the language of Odoo's ``--test-tags``."""
    return os.environ.get("TAGS", "")


def run_odoo_tests(runtime: OdooRuntime, chosen: Sequence[str] = ()) -> Outcome:
    """Run our addons' tests in a database with them installed; print what fails.

    :param chosen: names of addons, when not all of them are to be tested.
    """
    names = list(chosen) or [addon.name for addon in own_addons()]
    database = runtime.server.name(f"test {runtime.series}")
    template = databases.addons_template(runtime, chosen)
    databases.copy(runtime, template, database)
    reader = LogReader()
    try:
        code = run_tests(
            runtime, "test", database, ["--test-tags", _tags(names)],
            lambda line: show(reader.feed(line)),
            lambda: reader.current_test or "starting",
        )  # fmt: skip
        show(reader.finish())
    finally:
        databases.drop(runtime, database)
    note(f"its log: {runtime.state / 'test.log'}")
    return _outcome(f"Odoo {runtime.series}", reader, code)


def _tags(names: Sequence[str]) -> str:
    return chosen_tags() or ",".join(f"/{name}" for name in names)


def show(block: LogBlock | None) -> None:
    """Print a block of the log that must not be there."""
    if block is None:
        return
    for line in block.lines[:_MOST_LINES]:
        say(f"    | {line}")
    if len(block.lines) > _MOST_LINES:
        say(f"    | ... {len(block.lines) - _MOST_LINES} more lines in the log")


def _outcome(title: str, reader: LogReader, code: int) -> Outcome:
    """Count the tests, and as one more check each: they ran, the log is clean."""
    problems = []
    if reader.bad:
        problems.append(
            f"{title}: {len(reader.bad)} lines in the log that must not be."
        )
    if not reader.tests_run:
        problems.append(f"{title}: no test ran.")
    if code and not (reader.tests_failed or problems):
        problems.append(f"{title}: Odoo ended with code {code}.")
    good = reader.tests_run - reader.tests_failed - reader.tests_skipped
    return Outcome(
        title,
        passed=good + (0 if problems else 1),
        failed=reader.tests_failed + len(problems),
        skipped=reader.tests_skipped,
        notes=tuple(problems),
    )
