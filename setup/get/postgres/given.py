# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PostgreSQL server that the person named in PGHOST, PGPORT, PGUSER, PGPASSWORD."""

from __future__ import annotations

import os
from pathlib import Path

from ...common.console import SetupError
from ...common.paths import clone_id
from .server import DatabaseError, DatabaseServer

_VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE")


def is_given() -> bool:
    """Return whether the environment names a server."""
    return any(os.environ.get(name) for name in _VARIABLES)


def connect(python: Path) -> DatabaseServer:
    """Return the server, after checking that it can do what the addons need.

    :param python: an interpreter that has psycopg2.
    :raise SetupError: it does not answer, may not create databases, or has no
        pgvector.
    """
    host, port, user, password = (
        os.environ.get(name) or None for name in _VARIABLES[:4]
    )
    server = DatabaseServer(python, host, port, user, password, suffix=f"_{clone_id()}")
    _require_user(server)
    if _can_create_extension(server):
        return server
    if _has_extension(server, "template1"):
        return DatabaseServer(
            python, host, port, user, password, "template1", server.suffix
        )
    raise SetupError(
        'The role may not create the extension "vector" (it takes a superuser).',
        "Create it once in the template of new databases, as a superuser:\n"
        'psql -d template1 -c "CREATE EXTENSION vector"',
    )


def _require_user(server: DatabaseServer) -> None:
    try:
        rows = server.execute(
            "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles "
            "WHERE rolname = current_user"
        )
    except DatabaseError as error:
        raise SetupError(
            f"The PostgreSQL server you named does not let me in: {error}",
            "Check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset them all: then a "
            "server of its own is used.",
        ) from error
    name, may_create = rows[0]
    if name == "postgres" or not may_create:
        reason = 'Odoo refuses the database user "postgres"'
        if name != "postgres":
            reason = f'The database user "{name}" may not create databases'
        raise SetupError(
            f"{reason}.",
            "Make a role for it, as a superuser, and name it in PGUSER:\n"
            "psql -c \"CREATE ROLE odoo LOGIN CREATEDB PASSWORD 'choose-one'\"",
        )


def _can_create_extension(server: DatabaseServer) -> bool:
    rows = server.execute(
        "SELECT bool_or(trusted) FROM pg_available_extension_versions "
        "WHERE name = 'vector' HAVING count(*) > 0"
    )
    if not rows:
        raise SetupError(
            'The PostgreSQL server you named does not have the extension "vector".',
            "Install pgvector there (Debian: apt-get install "
            "postgresql-<version>-pgvector), or unset PGHOST and PGUSER: then a server "
            "of its own, which has it, is used.",
        )
    superuser = server.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    )
    return bool(rows[0][0] or superuser[0][0])


def _has_extension(server: DatabaseServer, database: str) -> bool:
    try:
        found = server.execute(
            "SELECT 1 FROM pg_extension WHERE extname = 'vector'", database=database
        )
    except DatabaseError:
        return False
    return bool(found)
