# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything that a run of Odoo needs, brought together for one series."""

from __future__ import annotations

import configparser
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..common.console import SetupError
from ..common.paths import ROOT, series_state
from ..common.programs import CommandFailed, run_logged
from ..get.addons import staging
from ..get.odoo import source as odoo_source
from ..get.odoo.source import OdooSource
from ..get.postgres.choice import database_server
from ..get.postgres.server import DatabaseServer
from ..get.python import environments
from ..get.python.environments import PythonEnv
from .processes import marks

#: Kept from Odoo: a key or an endpoint in the environment must not reach a real model
#: unless it was written into the database on purpose.
_NOT_FOR_ODOO = ("OPENAI_",)
_LAUNCHER = Path(__file__).resolve().parent / "launcher" / "odoo_bin.py"


@dataclass(frozen=True)
class OdooRuntime:
    """Odoo's source, its Python, its PostgreSQL and our addons, for one series."""

    source: OdooSource
    env: PythonEnv
    server: DatabaseServer
    addons: Path

    @property
    def series(self) -> str:
        """ "18.0" or "19.0"."""
        return self.source.series

    @property
    def state(self) -> Path:
        """The folder for logs and configurations of this series in this clone."""
        return series_state(self.series)

    @property
    def data_dir(self) -> Path:
        """Odoo's data folder: filestores and sessions."""
        return self.state / "data"

    @property
    def working_dir(self) -> Path:
        """Where Odoo is run."""
        return ROOT

    @property
    def addons_path(self) -> list[Path]:
        """The folders of addons, besides the one within Odoo."""
        return [*self.source.core_addons, self.env.addons, self.addons]

    def filestore(self, database: str) -> Path:
        """Return the folder of a database's attachments."""
        return self.data_dir / "filestore" / database

    def write_config(
        self,
        name: str,
        database: str,
        options: Mapping[str, object] | None = None,
        queue_job: Mapping[str, object] | None = None,
    ) -> Path:
        """Write an Odoo configuration file and return its path.

        :param options: over and above what leads to this runtime.
        :param queue_job: the section of the job runner.
        """
        config = configparser.RawConfigParser()
        config["options"] = {
            key: str(value)
            for key, value in {**self._options(database), **(options or {})}.items()
        }
        if queue_job:
            config["queue_job"] = {key: str(value) for key, value in queue_job.items()}
        path = self.state / f"{name}.conf"
        path.touch(mode=0o600)
        with path.open("w") as stream:
            config.write(stream)
        return path

    def _options(self, database: str) -> dict[str, object]:
        return {
            **self.server.odoo_options(),
            "addons_path": ",".join(str(folder) for folder in self.addons_path),
            "data_dir": self.data_dir,
            "db_name": database,
            "db_maxconn": 250,
            "http_interface": "127.0.0.1",
            "workers": 0,
            # Neither a slow test nor a job that waits for a model is to be shot.
            "limit_time_cpu": 0,
            "limit_time_real": 0,
            "limit_time_real_cron": 0,
            "limit_memory_hard": 0,
            "limit_memory_soft": 0,
        }

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the command line that runs Odoo with these arguments."""
        return [str(word) for word in (self.env.python, "-m", "odoo", *arguments)]

    def server_command(self, *arguments: str | Path) -> list[str]:
        """Return the command line of a server that may have worker processes."""
        return [str(word) for word in (self.env.python, _LAUNCHER, *arguments)]

    def environment(self) -> dict[str, str]:
        """Return the environment for Odoo's processes."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(_NOT_FOR_ODOO)
        }
        return {**kept, **marks(), "PYTHONPATH": str(self.source.home), "TZ": "UTC"}

    def run(self, title: str, *arguments: str | Path) -> Path:
        """Run Odoo to its end and return its log.

        :param title: names the log file.
        :raise SetupError: it failed.
        """
        log = self.state / f"{title}.log"
        log.unlink(missing_ok=True)
        try:
            run_logged(
                self.command(*arguments), log, env=self.environment(),
                cwd=self.working_dir,
            )  # fmt: skip
        except CommandFailed as failure:
            raise SetupError(
                f"Odoo {self.series} failed:\n{failure.tail(6)}",
                f"Its whole log: {log}",
            ) from failure
        return log


@contextmanager
def odoo_runtime(series: str) -> Iterator[OdooRuntime]:
    """Bring an Odoo of this series within reach, for the length of the block.

    :raise SetupError: a part of it cannot be had.
    """
    source = odoo_source.obtain(series)
    env = environments.prepare(source)
    with database_server(env.python) as server:
        yield OdooRuntime(source, env, server, staging.stage(series))
