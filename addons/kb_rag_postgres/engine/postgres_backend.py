# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PostgreSQL of its own, through ``langchain-postgres``."""

import asyncio
import os
import warnings
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from odoo.addons.kb_rag.engine.store_backend import chunk_id_of, point_id
from odoo.addons.kb_rag.engine.store_call import CALL_SECONDS, StoreError

with warnings.catch_warnings():
    # It has the pending deprecations of all libraries shown, in Odoo's log as well.
    from langchain_postgres import Column, PGEngine, PGVectorStore

T = TypeVar("T")

_COLUMNS = ("chunk_id", "document_id")
_engines: dict[tuple[int, str], PGEngine] = {}
_tables: set[tuple[int, str, str]] = set()
_lock = Lock()


class _TimedEngine(PGEngine):
    """Ends each call in time; all of them go through this method."""

    def _run_as_sync(self, coro: Awaitable[T]) -> T:
        async def in_time() -> T:
            async with asyncio.timeout(CALL_SECONDS):
                return await coro

        return super()._run_as_sync(in_time())


def _engine(url: str) -> PGEngine:
    """Return this process's connections to a server.

    They do not survive a fork, nor does the thread that serves them: made before it,
    they hang for ever. So each process makes its own, and a thread of its own.
    """
    key = (os.getpid(), url)
    with _lock:
        if key not in _engines:
            if not any(pid == key[0] for pid, _url in _engines):
                _TimedEngine._default_loop = None
                _TimedEngine._default_thread = None
            _engines[key] = _TimedEngine.from_connection_string(
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
        engine = _engine(self.url)
        with _as_the_server_says():
            self._ensure_table(engine)
            return PGVectorStore.create_sync(
                engine,
                embeddings,
                self.table,
                metadata_columns=list(_COLUMNS),
            )

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

        with _as_the_server_says():
            return engine._run_as_sync(run())


@contextmanager
def _as_the_server_says() -> Iterator[None]:
    """Raise what the server said, without SQLAlchemy's words around it."""
    try:
        yield
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error)
        raise StoreError(said.partition("\n")[0]) from None
