# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fetching Odoo from its official repository, without history."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ...common.console import SetupError, note
from ...common.paths import logs, require_space
from ...common.programs import CommandFailed, captured, run_logged

REPOSITORY = "https://github.com/odoo/odoo.git"
_ATTEMPTS = 3


def fetch(series: str, target: Path) -> None:
    """Put the branch ``series`` into ``target``, which appears only when complete.

    An interrupted download leaves its folder for the next run to continue.

    :raise SetupError: no git, no network, no room.
    """
    _require_reachable(series)
    require_space(target.parent)
    partial = target.with_name(f"{target.name}.partial")
    log = logs() / f"clone-{series}.log"
    _git(["init", "--quiet", str(partial)], log)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _download(series, partial, log)
            break
        except CommandFailed as failure:
            if attempt == _ATTEMPTS:
                raise SetupError(
                    f"The download broke off {_ATTEMPTS} times: {failure.tail(2)}",
                    "Run the command again: it continues. "
                    f"Everything that git said: {log}",
                ) from failure
            note("the download broke off; trying again")
    partial.rename(target)


def _require_reachable(series: str) -> None:
    if not shutil.which("git"):
        raise SetupError("git is not installed.", "Install it: apt-get install git")
    os.environ.setdefault("GIT_TERMINAL_PROMPT", "0")
    answer = captured(
        ["git", "ls-remote", "--exit-code", "--heads", REPOSITORY, series], timeout=30
    )
    if answer.returncode:
        reason = (answer.stderr.strip().splitlines() or ["no answer"])[-1]
        raise SetupError(
            f"No network to Odoo's repository ({reason.strip()}).",
            f"Check that this works here: git ls-remote {REPOSITORY} {series}",
        )


def _download(series: str, partial: Path, log: Path) -> None:
    where = ["-C", str(partial)]
    fetch_head = ["fetch", "--progress", "--depth", "1", REPOSITORY, series]
    _git([*where, *fetch_head], log)
    _git([*where, "checkout", "--progress", "--force", "--detach", "FETCH_HEAD"], log)


def _git(arguments: list[str], log: Path) -> None:
    run_logged(["git", *arguments], log)
