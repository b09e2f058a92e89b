# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running the Odoo tests of our addons on one series."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence

from ..common.console import note, say, warn
from ..common.ports import free_port
from ..get.addons.manifests import own_addons
from ..run import databases
from ..run.runtime import OdooRuntime
from .odoo_log import LogBlock, LogReader
from .outcome import Outcome

_BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
_LIFE_SIGN_SECONDS = 20
_MOST_LINES = 60


def run_odoo_tests(runtime: OdooRuntime, chosen: Sequence[str] = ()) -> Outcome:
    """Install our addons in a fresh database with their tests; print what fails.

    :param chosen: names of addons, when not all of them are to be tested.
    """
    title = f"Odoo {runtime.series}"
    names = list(chosen) or [addon.name for addon in own_addons()]
    database = runtime.server.name(f"test {runtime.series}")
    databases.copy(runtime, databases.test_template(runtime), database)
    notes = _browser_notes(title)
    for text in notes:
        warn(text)
    try:
        reader, code = _run(runtime, database, names)
    finally:
        databases.drop(runtime, database)
    note(f"its log: {runtime.state / 'test.log'}")
    return _outcome(title, reader, code, notes)


def _browser_notes(title: str) -> tuple[str, ...]:
    if any(shutil.which(name) for name in _BROWSERS):
        return ()
    return (
        f"{title}: no Chromium here, so the browser tests are SKIPPED. "
        "Install it: apt-get install chromium",
    )


def _run(
    runtime: OdooRuntime, database: str, names: list[str]
) -> tuple[LogReader, int]:
    config = runtime.write_config("test", database, {"http_port": free_port()})
    command = runtime.command(
        "-c", config, "-d", database, "-i", ",".join(names), "--test-enable",
        "--test-tags", ",".join(f"/{name}" for name in names),
        "--stop-after-init", *databases.without_demo(runtime),
    )  # fmt: skip
    reader = LogReader()
    with (runtime.state / "test.log").open("w") as log:
        process = subprocess.Popen(
            command, env=runtime.environment(), text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            _follow(process, log, reader)
        except BaseException:
            process.terminate()
            raise
        finally:
            code = process.wait()
    return reader, code


def _follow(process: subprocess.Popen, log, reader: LogReader) -> None:
    shown = time.monotonic()
    for line in process.stdout:
        log.write(line)
        block = reader.feed(line.rstrip("\n"))
        if block is not None:
            _show(block)
        if time.monotonic() - shown > _LIFE_SIGN_SECONDS:
            note(f"... {reader.current_test or 'installing'}")
            shown = time.monotonic()
    if block := reader.finish():
        _show(block)


def _show(block: LogBlock) -> None:
    for line in block.lines[:_MOST_LINES]:
        say(f"    | {line}")
    if len(block.lines) > _MOST_LINES:
        say(f"    | ... {len(block.lines) - _MOST_LINES} more lines in the log")


def _outcome(
    title: str, reader: LogReader, code: int, notes: tuple[str, ...]
) -> Outcome:
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
        notes=(*notes, *problems),
    )
