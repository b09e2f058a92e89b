# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PostgreSQL server as seen by its users: a connection and its databases."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_RUNNER = Path(__file__).resolve().parent / "sql_runner.py"
_IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{0,62}$")


class DatabaseError(Exception):
    """The server refused a statement or a connection; the text is its own."""


@dataclass(frozen=True)
class DatabaseServer:
    """Where PostgreSQL is and as whom to use it; None lets libpq choose.

    :param python: an interpreter that has psycopg2.
    :param template: the database that new ones are copies of.
    :param suffix: appended to the names of databases, on a server that clones share.
    """

    python: Path
    host: str | None
    port: str | None
    user: str | None
    password: str | None = None
    template: str = "template0"
    suffix: str = ""

    def odoo_options(self) -> dict[str, str]:
        """Return the options of an Odoo configuration file that lead here."""
        options = {
            "db_host": self.host,
            "db_port": self.port,
            "db_user": self.user,
            "db_password": self.password,
            "db_template": self.template,
        }
        return {key: value for key, value in options.items() if value}

    def execute(
        self, sql: str, *parameters: Any, database: str = "postgres"
    ) -> list[list[Any]]:
        """Run one statement outside a transaction block and return its rows.

        :raise DatabaseError: the server refused.
        """
        settings = {
            "host": self.host, "port": self.port, "user": self.user,
            "password": self.password, "dbname": database,
        }  # fmt: skip
        order = {
            "connection": {key: value for key, value in settings.items() if value},
            "statements": [[sql, list(parameters)]],
        }
        result = subprocess.run(
            [str(self.python), str(_RUNNER)], input=json.dumps(order),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if result.returncode:
            raise DatabaseError(result.stderr.strip())
        return json.loads(result.stdout)

    def name(self, purpose: str) -> str:
        """Return the name of this clone's database for ``purpose``."""
        cleaned = re.sub(r"[^a-z0-9]+", "_", purpose.lower())
        return _checked(f"gpt_{cleaned}{self.suffix}")

    def exists(self, database: str) -> bool:
        """Return whether a database of that name is there."""
        found = self.execute("SELECT 1 FROM pg_database WHERE datname = %s", database)
        return bool(found)

    def starting_with(self, prefix: str) -> list[str]:
        """Return the names of the databases that start so."""
        sql = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return [row[0] for row in self.execute(sql, prefix)]

    def create(self, database: str, template: str | None = None) -> None:
        """Create a database: empty, or a copy of ``template``."""
        source = _checked(template or self.template)
        collation = "" if template else " ENCODING 'UTF8'"
        if source == "template0":
            # As Odoo does it: the order of texts must not depend on the machine.
            collation += " LC_COLLATE 'C'"
        self.execute(
            f"CREATE DATABASE {_checked(database)} TEMPLATE {source}{collation}"
        )

    def rename(self, database: str, name: str) -> None:
        """Rename a database that nobody is connected to."""
        self.execute(f"ALTER DATABASE {_checked(database)} RENAME TO {_checked(name)}")

    def drop(self, database: str) -> None:
        """Remove a database if it is there, whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {_checked(database)} WITH (FORCE)")


def _checked(identifier: str) -> str:
    """Names go into statements as they are, so only harmless ones may."""
    if not _IDENTIFIER.match(identifier):
        raise ValueError(f"not a name for a database: {identifier!r}")
    return identifier
