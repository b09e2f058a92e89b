# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The live chat: what a visitor's message costs, and how soon it is answered."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator

from ...common.console import SetupError
from ...common.paths import ROOT, TEST_KIT
from ...run.runtime import OdooRuntime
from ..row import Row

ADDON = "livechat_gpt"
_SCRIPT = "setup.bench.scripts.livechat_figures"


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the figures of the chat.

    They are taken by a program of its own, since the model's stand-in, and a look into
    the database, need packages that this tool does without.
    """
    command = [str(runtime.env.python), "-m", _SCRIPT, runtime.series]
    log = runtime.state / "bench-livechat.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, cwd=ROOT,
            env=runtime.environment() | {"PYTHONPATH": f"{ROOT}{os.pathsep}{TEST_KIT}"},
            text=True, stdout=subprocess.PIPE, stderr=errors,
        ) as process,
    ):  # fmt: skip
        for line in process.stdout:
            if line.startswith("ROW "):
                yield Row(**json.loads(line.removeprefix("ROW ")))
    if process.returncode:
        raise SetupError("The chat could not be measured.", f"See {log}")
