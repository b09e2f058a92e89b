# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs a script within Odoo, and brings back what it measured."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..common.console import SetupError
from ..run import databases
from ..run.runtime import OdooRuntime

SCRIPTS = Path(__file__).resolve().parent / "scripts"
#: What a script prints before its figures; Odoo may say something as well.
MARK = "FIGURES "


@contextmanager
def database_with(runtime: OdooRuntime, *addons: str) -> Iterator[str]:
    """Give a database with these addons, for the length of the block."""
    name = runtime.server.name(f"bench {runtime.series}")
    databases.copy(runtime, databases.test_template(runtime), name)
    try:
        if addons:
            databases.install(runtime, name, addons)
        yield name
    finally:
        databases.drop(runtime, name)


def figures(
    runtime: OdooRuntime,
    database: str,
    script: str,
    arguments: Sequence[str] = (),
    path: Sequence[Path] = (),
) -> dict[str, Any]:
    """Run ``scripts/<script>`` in Odoo's shell and return the figures that it prints.

    The script has ``env`` and ``arguments``, and ends with
    ``print("FIGURES " + json.dumps(...))``.

    :param path: folders to be looked in first for Python modules
    :raise SetupError: it prints none.
    """
    config = runtime.write_config("bench", database)
    environment = runtime.environment()
    searched = [*map(str, path), environment["PYTHONPATH"]]
    environment["PYTHONPATH"] = os.pathsep.join(searched)
    head = f"arguments = {list(arguments)!r}\n"
    result = subprocess.run(
        runtime.command("shell", "-c", config, "-d", database, "--no-http",
                        "--log-level=warn", "--shell-interface=python"),
        input=head + (SCRIPTS / script).read_text(), env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    for line in result.stdout.splitlines():
        if MARK in line:
            return json.loads(line.split(MARK, 1)[1])
    tail = "\n".join((result.stdout + result.stderr).splitlines()[-15:])
    raise SetupError(f"The measurement {script} broke off:\n{tail}", "Mend it.")
