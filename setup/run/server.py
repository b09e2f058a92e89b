# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An Odoo server with its job runner, as a process that can be killed and restarted."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from ..common.console import SetupError
from ..common.ports import free_port
from .processes import BackgroundProcess
from .runtime import OdooRuntime

_START_SECONDS = 120
_STOP_SECONDS = 15
_RUNNER_READY = "queue job runner ready for db"


class OdooServer:
    """One server on one database; use it as a context manager, or start and stop it.

    Example, in a test::

        with odoo_runtime("18.0") as runtime:
            databases.copy(runtime, databases.test_template(runtime), "gpt_crash")
            databases.install(runtime, "gpt_crash", ["livechat_gpt"])
            with OdooServer(runtime, "gpt_crash") as server:
                ...
                server.kill()
                server.start()

    :param port: 0 for a free one, which it keeps when it is started again.
    :param capacity: how many jobs run at once.
    :param options: further options of Odoo's configuration file.
    """

    def __init__(
        self, runtime: OdooRuntime, database: str, *,
        port: int = 0, host: str = "127.0.0.1", capacity: int = 8,
        options: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        self.runtime = runtime
        self.database = database
        self.port = port or free_port()
        self.host = host
        self._capacity = capacity
        self._options = dict(options or {})
        self._process: BackgroundProcess | None = None
        self._started_at = 0

    @property
    def url(self) -> str:
        """Address without a slash at its end."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        """The log, over all starts."""
        return self.runtime.state / f"{self.database}.log"

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.is_running

    def start(self) -> None:
        """Start it and wait until it answers.

        :raise SetupError: it ends instead, or takes too long.
        """
        config = self.runtime.write_config(
            self.database,
            self.database,
            {
                "http_port": self.port,
                "http_interface": self.host,
                "server_wide_modules": self._server_wide_modules(),
                **self._options,
            },
            self.runtime.env.job_runner_options(self._capacity) | {"host": "localhost"},
        )
        self._started_at = len(self.log_text())
        self._process = BackgroundProcess(
            self.runtime.server_command("-c", config), self.log,
            env=self.runtime.environment(), stop_timeout=_STOP_SECONDS,
        )  # fmt: skip
        self._wait_until_it_answers()

    def wait_for_job_runner(self, seconds: float = 60) -> None:
        """Wait until the job runner, which starts some seconds later, takes jobs.

        :raise SetupError: it does not in time.
        """
        deadline = time.monotonic() + seconds
        while _RUNNER_READY not in self.log_text()[self._started_at :]:
            if not self.is_running or time.monotonic() > deadline:
                raise SetupError(
                    "The job runner does not start.", f"The server's log: {self.log}"
                )
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop it in good order; no matter if it does not run."""
        if self._process is not None:
            self._process.stop()

    def kill(self) -> None:
        """End it as ``kill -9`` does: nothing is finished or tidied up."""
        if self._process is not None:
            self._process.kill()

    def log_text(self) -> str:
        """Return everything it logged."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _server_wide_modules(self) -> str:
        """XML-RPC is an addon of its own since 19.0."""
        core = self.runtime.source.home / "odoo" / "addons"
        rpc = ["rpc"] if (core / "rpc").is_dir() else []
        return ",".join(["base", *rpc, "web", "queue_job"])

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if not self.is_running or time.monotonic() > deadline:
                self.kill()
                last = "\n".join(self.log_text().splitlines()[-8:])
                raise SetupError(
                    f"The Odoo server does not come up:\n{last}",
                    f"Its log: {self.log}",
                )
            time.sleep(0.2)

    def _answers(self) -> bool:
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname, self.port, timeout=10)
        try:
            connection.request("GET", "/web/health")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()

    def __enter__(self) -> OdooServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
