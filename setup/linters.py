# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make precommit``: every linter on every file."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from .commands import CommandFailed, run_logged
from .console import SetupError, step
from .locks import exclusive
from .paths import ROOT, cache, logs

_REQUIREMENTS = Path(__file__).resolve().parent / "requirements-precommit.txt"
_CONFIG = ".pre-commit-config.yaml"


def run() -> int:
    """Run pre-commit on all files; returns its exit code.

    :raise SetupError: it cannot be installed, or there is nothing to run.
    """
    if not (ROOT / _CONFIG).is_file():
        raise SetupError(f"There is no {_CONFIG}.", "Take it from the repository.")
    command = [str(_program()), "run", "--all-files", "--show-diff-on-failure"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _program() -> Path:
    digest = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()[:8]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = cache() / f"venv-precommit-py{version}-{digest}"
    program = folder / "bin" / "pre-commit"
    with exclusive(folder.with_name(f"{folder.name}.lock"), "it installs pre-commit"):
        if not program.exists():
            with step("Installing pre-commit"):
                _install(folder)
    return program


def _install(folder: Path) -> None:
    log = logs() / "precommit-install.log"
    shutil.rmtree(folder, ignore_errors=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install"]
    try:
        run_logged([sys.executable, "-m", "venv", folder], log)
        run_logged([*pip, "--disable-pip-version-check", "-r", _REQUIREMENTS], log)
    except CommandFailed as failure:
        raise SetupError(
            f"pre-commit could not be installed: {failure.tail(1)}",
            f"Check the network. Everything that pip said: {log}",
        ) from failure
