# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running Odoo with tests: its log in a file, each of its lines given to a reader."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence

from ..common.console import note
from ..common.ports import free_port
from ..run import databases
from ..run.runtime import OdooRuntime

_LIFE_SIGN_SECONDS = 20


def run_tests(
    runtime: OdooRuntime, title: str, database: str, arguments: Sequence[str],
    read: Callable[[str], object], current: Callable[[], str],
) -> int:  # fmt: skip
    """Run Odoo with its tests enabled, to its end; return its exit code.

    :param title: names the log file.
    :param arguments: which addons and tests, as Odoo's command line has it.
    :param read: is given each line of the log.
    :param current: returns what the screen says now and then.
    """
    config = runtime.write_config(title, database, {"http_port": free_port()})
    command = runtime.command(
        "-c", config, "-d", database, *arguments, "--test-enable",
        "--stop-after-init", *databases.without_demo(runtime),
    )  # fmt: skip
    with (runtime.state / f"{title}.log").open("w") as log:
        process = subprocess.Popen(
            command, env=runtime.environment(), text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True, cwd=runtime.working_dir,
        )  # fmt: skip
        try:
            shown = time.monotonic()
            for line in process.stdout:
                log.write(line)
                read(line.rstrip("\n"))
                if time.monotonic() - shown > _LIFE_SIGN_SECONDS:
                    note(f"... {current()}")
                    shown = time.monotonic()
        except BaseException:
            process.terminate()
            raise
        finally:
            code = process.wait()
    return code
