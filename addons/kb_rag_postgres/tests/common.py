# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import quote

from ..engine import postgres_backend


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
        for key in list(postgres_backend._engines):
            postgres_backend._engines.pop(key)._run_as_sync(_disposed(key))
        postgres_backend._tables.clear()
        with self.connect() as connection:
            for name in self.tables(connection):
                connection.execute(f'DROP TABLE "{name}"')


async def _disposed(_key):
    """Nothing: the engine's own connections end with the process."""
