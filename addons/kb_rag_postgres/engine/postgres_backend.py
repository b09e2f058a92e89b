# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PostgreSQL of its own, through ``langchain-postgres``."""

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from odoo.addons.kb_rag.engine.store_backend import chunk_id_of, point_id
from odoo.addons.kb_rag.engine.store_error import StoreError

with warnings.catch_warnings():
    # It has the pending deprecations of all libraries shown, in Odoo's log as well.
    from langchain_postgres import Column, PGEngine, PGVectorStore

_COLUMNS = ("chunk_id", "document_id")
_engines: dict[tuple[int, str], PGEngine] = {}
_tables: set[tuple[int, str, str]] = set()
_lock = Lock()


def _engine(url: str) -> PGEngine:
    """Return this process's connections to a server.

    They do not survive a fork, nor does the thread that serves them: made before it,
    they hang for ever. So each process makes its own, and a thread of its own.
    """
    key = (os.getpid(), url)
    with _lock:
        if key not in _engines:
            if not any(pid == key[0] for pid, _url in _engines):
                PGEngine._default_loop = None
                PGEngine._default_thread = None
            _engines[key] = PGEngine.from_connection_string(
                url, pool_size=2, max_overflow=4, pool_pre_ping=True
            )
        return _engines[key]


@dataclass(frozen=True)
class PostgresBackend:
    """A table of vectors of one length on another server.

    :param url: as SQLAlchemy takes it, ``postgresql+psycopg://…``
    """

    url: str
    table: str
    dimensions: int

    def vector_store(self, embeddings: Embeddings) -> VectorStore:
        try:
            engine = _engine(self.url)
            self._ensure_table(engine)
            return PGVectorStore.create_sync(
                engine,
                embeddings,
                self.table,
                metadata_columns=list(_COLUMNS),
            )
        except (SQLAlchemyError, OSError, ValueError) as error:
            raise StoreError(_reason(error)) from error

    def _ensure_table(self, engine: PGEngine) -> None:
        key = (os.getpid(), self.url, self.table)
        if key in _tables:
            return
        if not self._fetch(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' "
            "AND table_name = :name",
            {"name": self.table},
        ):
            engine.init_vectorstore_table(
                self.table,
                self.dimensions,
                id_column=Column("langchain_id", "TEXT", nullable=False),
                metadata_columns=[Column(name, "INTEGER") for name in _COLUMNS],
                store_metadata=False,
            )
        _tables.add(key)

    def search_filter(self, document_ids: Sequence[int]) -> dict[str, Any]:
        return {"document_id": {"$in": list(document_ids)}}

    def similarity(self, score: float) -> float:
        return 1 - score

    def vectors(self, chunk_ids: Sequence[int]) -> dict[int, list[float]]:
        rows = self._fetch(
            f'SELECT langchain_id, embedding::real[] FROM "{self.table}" '
            "WHERE langchain_id = ANY(:ids)",
            {"ids": [point_id(chunk_id) for chunk_id in chunk_ids]},
        )
        return {chunk_id_of(point): list(vector) for point, vector in rows}

    def _fetch(self, query: str, values: dict[str, Any]) -> list[Any]:
        engine = _engine(self.url)

        async def run() -> list[Any]:
            async with engine._pool.connect() as connection:
                return list(await connection.execute(text(query), values))

        try:
            return engine._run_as_sync(run())
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(_reason(error)) from error


def _reason(error: Exception) -> str:
    """Return what the server said; never the address with its password."""
    original = getattr(error, "orig", None) or error
    return str(original).splitlines()[0][:300]
