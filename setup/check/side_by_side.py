# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs parts of the tests at once, each line on the screen with its part's name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from ..common.console import say
from ..common.paths import ROOT
from .outcome import Outcome
from .part import Part


def run_parts(parts: Sequence[Part], at_once: int) -> list[Outcome]:
    """Run the parts, so many at once; return what each came to, in their order."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(at_once) as pool:
        runs = [_Run(part, Path(folder)) for part in parts]
        try:
            return list(pool.map(_Run.outcome, runs))
        except BaseException:
            for run in runs:
                run.cancel()
            raise


class _Run:
    """One part in its process."""

    def __init__(self, part: Part, folder: Path) -> None:
        self._part = part
        self._report = folder / f"{part.kind}-{part.series}.json"
        self._process: subprocess.Popen[str] | None = None
        self._cancelled = False

    def outcome(self) -> Outcome:
        """Run it to its end, and return what it came to."""
        if not self._cancelled:
            self._process = self._start()
            if self._cancelled:  # meanwhile
                self._process.terminate()
            for line in self._process.stdout:
                say(f"[{self._part.title}] {line.rstrip()}")
            self._process.wait()
        if self._report.is_file():
            return Outcome(**json.loads(self._report.read_text()))
        title = self._part.title
        return Outcome(title, 0, 1, notes=(f"{title}: it broke off.",))

    def cancel(self) -> None:
        """Have it end, tidily; ``outcome`` returns when it has."""
        self._cancelled = True
        if self._process is not None:
            self._process.terminate()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "setup.check.part", self._part.kind,
             self._part.series, str(self._report)],
            cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, text=True,
            errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
