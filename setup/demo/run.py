# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make demo`` and ``make shell``."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ..client.rpc import OdooRpc
from ..common.console import SetupError, keep_stdout_clean, say, step, warn
from ..common.locks import alone
from ..common.ports import require_free
from ..get.odoo import source as odoo_source
from ..run.runtime import OdooRuntime, odoo_runtime
from ..run.server import OdooServer
from ..run.stop import DEMO_LOCK
from . import database
from .model_endpoint import ModelEndpoint, model_endpoint
from .play import play_all
from .provider import set_up_provider
from .stage import Stage

_DEFAULT_PORT = 8069
_WATCH_SECONDS = 1.0


def demo(series: str | None) -> int:
    """Build and run the demo until Ctrl-C or ``make stop``; returns 0.

    :param series: None for 18.0, or 19.0 where that cannot be had.
    :raise SetupError: a part of it cannot be had or does not start.
    """
    with alone(DEMO_LOCK) as free:
        if not free:
            raise SetupError(
                "A demo of this clone is running already.", "Stop it: make stop"
            )
        port, host = _port(), os.environ.get("HOST") or "127.0.0.1"
        require_free(port, host)
        with _runtime(series) as runtime:
            name = database.ensure(runtime)
            with model_endpoint(runtime.env.python) as endpoint:
                server = OdooServer(runtime, name, port=port, host=host)
                try:
                    with step("Starting Odoo with its job runner"):
                        server.start()
                        server.wait_for_job_runner()
                    _show(server, endpoint)
                    _watch(server)
                finally:
                    say("\nstopping ...")
                    server.stop()
    return 0


def shell(series: str | None) -> int:
    """Open an Odoo shell on the demo database, or run the script on stdin in it.

    :return: the exit code of the shell.
    """
    keep_stdout_clean()
    with _runtime(series) as runtime:
        name = database.ensure(runtime, update=False)
        config = runtime.write_config(f"{name}-shell", name)
        command = runtime.command(
            "shell", "-c", config, "-d", name, "--no-http", "--log-level=warn",
            "--shell-interface=python",
        )  # fmt: skip
        return subprocess.run(
            command, env=runtime.environment(), check=False
        ).returncode


@contextmanager
def _runtime(series: str | None) -> Iterator[OdooRuntime]:
    """The series asked for; without a wish the default one, else the other."""
    wanted = series or odoo_source.given_series()
    if wanted is None:
        wanted = odoo_source.DEFAULT_SERIES
        try:
            odoo_source.obtain(wanted)
        except SetupError as error:
            wanted = odoo_source.SERIES[-1]
            warn(f"{error.problem} Going on with Odoo {wanted}.")
    with odoo_runtime(wanted) as runtime:
        yield runtime


def _port() -> int:
    text = os.environ.get("PORT") or str(_DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SetupError(f"PORT={text} is no port.", "For example: PORT=8070 make demo")
    return int(text)


def _show(server: OdooServer, endpoint: ModelEndpoint) -> None:
    rpc = OdooRpc(server.url, server.database, "admin", "admin")
    if rpc.installed("gpt_core"):
        set_up_provider(rpc, endpoint)
    play_all(Stage(server.runtime.series, server.url, rpc))
    say(f"""
Odoo {server.runtime.series} is running. Ctrl-C here, or `make stop`, ends it.

  Website   {server.url}/            (the chat is the bubble in the corner)
  Backend   {server.url}/odoo        admin / admin; mariana / mariana; diego / diego
  XML-RPC   {server.url}/xmlrpc/2    database {server.database}
  Model     {endpoint.title}
  Log       {server.log}
""")


def _watch(server: OdooServer) -> None:
    """Stay until somebody ends it, which is its ordinary end.

    :raise SetupError: the server ended by itself.
    """
    try:
        while server.is_running:
            time.sleep(_WATCH_SECONDS)
    except KeyboardInterrupt:
        return
    print(server.log_text()[-2000:], file=sys.stderr)
    raise SetupError("The Odoo server ended by itself.", f"Its log: {server.log}")
