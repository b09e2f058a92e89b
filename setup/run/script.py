# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running a script in Odoo's shell."""

from __future__ import annotations

from ..common.console import SetupError
from ..common.programs import CommandFailed, run_logged
from .runtime import OdooRuntime


def run_script(runtime: OdooRuntime, database: str, title: str, text: str) -> None:
    """Run a script that has ``env``, in Odoo's shell on a database.

    :param title: names its files.
    :raise SetupError: it raised something.
    """
    config = runtime.write_config(f"{database}-{title}", database)
    script = runtime.state / f"{title}.py"
    script.write_text(text)
    log = runtime.state / f"{title}.log"
    log.unlink(missing_ok=True)
    command = runtime.command("shell", "-c", config, "-d", database, "--no-http")
    try:
        with script.open() as stream:
            run_logged(command, log, env=runtime.environment(), stdin=stream)
    except CommandFailed as failure:
        raise SetupError(
            f"The script {title} broke off within Odoo:\n{failure.tail(6)}",
            f"The whole log: {log}",
        ) from failure
