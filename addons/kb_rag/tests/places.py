# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The three stores, each a real one; to be mixed into test cases."""

import tempfile
from urllib.parse import quote

from ..engine import store_postgres, store_qdrant


class StoredCase:
    """Tests that are run in each of the places."""

    # Odoo leaves inherited tests out without this.
    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        self.store = self.make_store()

    def make_stored_collection(self, *args, **values):
        return self.make_collection(*args, store_id=self.store.id, **values)


class DatabasePlace:
    def make_store(self):
        return self.env["gpt.kb.store"]


class QdrantPlace:
    """Qdrant's local mode, in a folder of its own."""

    def make_store(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(self.close, folder.name)
        return self.env["gpt.kb.store"].create(
            {"name": "Qdrant", "kind": "qdrant", "location": folder.name}
        )

    def close(self, folder):
        for key in [k for k in store_qdrant._clients if k[1] == folder]:
            store_qdrant._clients.pop(key).close()

    def kept_outside(self):
        """Return everything that the store has, as text."""
        client = store_qdrant._client(self.store.location, "", 5)
        return [
            str(point.payload)
            for collection in client.get_collections().collections
            for point in client.scroll(collection.name, limit=1000)[0]
        ]


class PostgresPlace:
    """The tables of langchain-postgres, beside Odoo's: another connection's."""

    def make_store(self):
        store = self.env["gpt.kb.store"].create(
            {"name": "PG", "kind": "postgres", "location": self.address()}
        )
        self.addCleanup(self.drop_tables)
        return store

    def address(self):
        info = self.env.cr._cnx.info
        password = f":{quote(info.password)}" if info.password else ""
        return (
            f"postgresql+psycopg://{quote(info.user)}{password}@/{info.dbname}"
            f"?host={quote(info.host, safe='')}&port={info.port}"
        )

    def connect(self):
        import psycopg

        info = self.env.cr._cnx.info
        return psycopg.connect(
            host=info.host, port=info.port, user=info.user, dbname=info.dbname,
            password=info.password or None, autocommit=True,
        )  # fmt: skip

    def tables(self, connection):
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE tablename ~ '^odoo_[0-9a-f]{8}_'"
        )
        return [name for (name,) in found.fetchall()]

    def kept_outside(self):
        """Return everything that the store has, as text."""
        with self.connect() as connection:
            return [
                row
                for name in self.tables(connection)
                for (row,) in connection.execute(f'SELECT t::text FROM "{name}" t')
            ]

    def drop_tables(self):
        for key in list(store_postgres._engines):
            store_postgres._engines.pop(key)._run_as_sync(_disposed(key))
        store_postgres._tables.clear()
        with self.connect() as connection:
            for name in self.tables(connection):
                connection.execute(f'DROP TABLE "{name}"')


async def _disposed(_key):
    """Nothing: the engine's own connections end with the process."""
