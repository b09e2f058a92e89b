# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL for the length of a ``with`` block: the one given, else one of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import embedded as embedded_postgres
from . import given as given_postgres
from .server import DatabaseServer


@contextmanager
def database_server(python: Path) -> Iterator[DatabaseServer]:
    """Give a server with pgvector that several runs may use at once.

    :param python: an interpreter with pip and psycopg2.
    :raise SetupError: there is none to be had.
    """
    if given_postgres.is_given():
        yield given_postgres.connect(python)
        return
    with embedded_postgres.running(python) as server:
        yield server
