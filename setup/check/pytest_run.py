# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running pytest, and counting from its own report."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from ..common.paths import ROOT, RUN
from .outcome import Outcome

_NO_TESTS = 5
_STOP_SECONDS = 60


def run_pytest(
    title: str,
    python: Path,
    arguments: Sequence[str],
    variables: Mapping[str, str] | None = None,
) -> Outcome:
    """Run pytest in the clone's root folder; its output goes to the screen.

    :param title: names the part, and its report's file.
    :param python: an interpreter with pytest and what the tests need.
    :param variables: added to the environment.
    """
    report = RUN / f"{title.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    command = [
        python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout=300",
        f"--junit-xml={report}", *arguments,
    ]  # fmt: skip
    kept = {key: value for key, value in os.environ.items() if "OPENAI" not in key}
    process = subprocess.Popen(
        [str(word) for word in command], cwd=ROOT, env={**kept, **(variables or {})}
    )
    try:
        code = process.wait()
    except BaseException:
        _end(process)
        raise
    return _outcome(title, report, code)


def _end(process: subprocess.Popen) -> None:
    """Have pytest stop the servers that its fixtures started."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _outcome(title: str, report: Path, code: int) -> Outcome:
    if code == _NO_TESTS:
        return Outcome(title, 0, 1, notes=(f"{title}: pytest ran no test.",))
    if not report.is_file():
        notes = (f"{title}: pytest broke off (code {code}).",)
        return Outcome(title, 0, 1, notes=notes)
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        for name in counts:
            counts[name] += int(suite.get(name, 0))
    failed = counts["failures"] + counts["errors"]
    if code and not failed:
        return Outcome(title, 0, 1, notes=(f"{title}: pytest ended with {code}.",))
    passed = counts["tests"] - failed - counts["skipped"]
    return Outcome(title, passed, failed, counts["skipped"])
