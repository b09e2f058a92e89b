# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make precommit``: every linter on every file."""

from __future__ import annotations

import subprocess

from ..common.console import SetupError
from ..common.paths import ROOT
from ..get.python.requirement_lines import REQUIREMENTS
from ..get.python.virtual_env import VirtualEnv, ensure

_REQUIREMENTS = REQUIREMENTS / "precommit.txt"
_CONFIG = ".pre-commit-config.yaml"


def run() -> int:
    """Run pre-commit on all files; returns its exit code.

    :raise SetupError: it cannot be installed, or there is nothing to run.
    """
    if not (ROOT / _CONFIG).is_file():
        raise SetupError(f"There is no {_CONFIG}.", "Take it from the repository.")

    def install(env: VirtualEnv) -> None:
        env.pip_install("--requirement", _REQUIREMENTS)

    inputs = [_REQUIREMENTS.read_text()]
    env = ensure("precommit", inputs, "Installing pre-commit", install)
    arguments = ["run", "--all-files", "--show-diff-on-failure"]
    command = [str(env.python), "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
