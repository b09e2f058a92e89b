# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

import psycopg2

from odoo import api, models, tools
from odoo.tools import SQL, mute_logger, sql

from odoo.addons.gpt_core.utils.enqueue import delayed

_logger = logging.getLogger(__name__)

# Below so many vectors of a length, looking at each of them is fast enough.
INDEX_FROM = 5_000
# What pgvector indexes; longer vectors are compared one by one.
MAX_INDEXED_DIMENSIONS = 4000
# From this version on an index is walked until enough is found that may be seen.
ITERATIVE_SINCE = (0, 8)


class GptKbPgvector(models.AbstractModel):
    """PostgreSQL's extension ``vector`` in Odoo's own database.

    It looks after the extension, the column of vectors in the table of
    ``gpt.kb.chunk``, and the HNSW indexes.
    """

    _name = "gpt.kb.pgvector"
    _description = "Vectors in Odoo's Database"

    @api.model
    def _is_ready(self):
        """Tell whether vectors can be kept here; begin to, if they can since lately."""
        return self._has_column() or self._ensure_columns()

    @api.model
    def _has_column(self):
        return sql.column_exists(self.env.cr, "gpt_kb_chunk", "embedding")

    @api.model
    def _ensure_columns(self):
        """Add the columns if the extension is there, or can be made by Odoo's user."""
        Quantization = self.env["gpt.kb.quantization"]
        if self._has_column():
            Quantization._ensure_columns()
            return True
        if not self._extension_installed() and not self._create_extension():
            return False
        # Out of the row, as pgvector has it: who looks for words does not read vectors.
        self.env.cr.execute(
            "ALTER TABLE gpt_kb_chunk ADD COLUMN IF NOT EXISTS embedding vector"
        )
        self._forget_indexes()
        Quantization._ensure_columns()
        return True

    @api.model
    def _extension_installed(self):
        self.env.cr.execute("SELECT 1 FROM pg_extension WHERE extname = 'vector'")
        return bool(self.env.cr.fetchone())

    @api.model
    def _extension_version(self):
        """Return the extension's version as numbers, ``()`` without it."""
        self.env.cr.execute(
            "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
        )
        ((version,),) = self.env.cr.fetchall() or [("",)]
        return tuple(int(part) for part in version.split(".") if part.isdigit())

    @api.model
    def _extension_available(self):
        self.env.cr.execute(
            "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'"
        )
        return bool(self.env.cr.fetchone())

    @api.model
    def _create_extension(self):
        """Make the extension; ``False`` when it is not there, or not permitted."""
        if not self._extension_available():
            return False
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute("CREATE EXTENSION IF NOT EXISTS vector")
        except psycopg2.Error as error:
            _logger.info("no extension vector: %s", str(error).strip())
            return False
        return True

    @api.model
    def _problem(self):
        """Return what to do for vectors to work here, ``False`` when they do.

        Asked for by forms, so it changes nothing: the column is added by the next job.
        """
        if self._has_column() or self._extension_installed():
            return False
        command = (
            f'sudo -u postgres psql -d "{self.env.cr.dbname}" '
            '-c "CREATE EXTENSION vector"'
        )
        if self._extension_available():
            return self.env._(
                "PostgreSQL has the extension “vector”, but only its administrator may "
                "switch it on. Let them run this on the database server:\n\n"
                "%(command)s\n\nDocuments are found by their words until then; "
                "afterwards those that wait are indexed by themselves.",
                command=command,
            )
        version = self.env.cr._cnx.server_version // 10000
        return self.env._(
            "The extension “vector” (pgvector) is not installed on the database "
            "server. On Debian or Ubuntu, let its administrator run:\n\n"
            "sudo apt-get install postgresql-%(version)s-pgvector\n%(command)s\n\n"
            "Documents are found by their words until then; afterwards those that wait "
            "are indexed by themselves.",
            version=version,
            command=command,
        )

    @api.model
    def _vector_columns(self):
        """Return what is kept of ``given.vector``: SQL, by the name of the column."""
        columns = {"embedding": SQL("given.vector")}
        return columns | self.env["gpt.kb.quantization"]._vector_columns()

    @api.model
    def _index_name(self, dimensions):
        return f"gpt_kb_chunk_embedding_{dimensions}_index"

    @api.model
    def _has_index(self, dimensions):
        return self._index_name(dimensions) in self._indexes()

    @api.model
    def _indexes(self):
        """Return the names of the indexes of this table that can be used."""
        self.env.cr.execute(
            """SELECT indexrelid::regclass::text FROM pg_index
                WHERE indrelid = 'gpt_kb_chunk'::regclass AND indisvalid"""
        )
        return {name for (name,) in self.env.cr.fetchall()}

    @api.model
    @tools.ormcache()
    def _known_indexes(self):
        """Return :meth:`_indexes`, remembered: a search need not ask each time.

        One that was dropped since then is missed as speed only.
        """
        return frozenset(self._indexes())

    @api.model
    def _forget_indexes(self):
        """Clear the cache of known indexes, after an index or a column was made."""
        self.env.registry.clear_cache()

    @api.model
    def _ensure_indexes(self, model_id, dimensions):
        self._ensure_index(dimensions)
        self.env["gpt.kb.quantization"]._ensure_index(model_id, dimensions)

    @api.model
    def _ensure_index(self, dimensions):
        """Have the index for vectors of a length built, once it pays."""
        if not 0 < dimensions <= MAX_INDEXED_DIMENSIONS or self._has_index(dimensions):
            return
        if self._extension_version() < ITERATIVE_SINCE:
            return
        self.env.cr.execute(
            """SELECT count(*) FROM (SELECT 1 FROM gpt_kb_chunk
                WHERE dimensions = %s LIMIT %s) counted""",
            [dimensions, INDEX_FROM],
        )
        if self.env.cr.fetchone()[0] >= INDEX_FROM:
            delayed(
                self,
                identity_key=f"kb_rag-index-{dimensions}",
                description=self.env._("Build the index of vectors"),
            )._build_index(dimensions)

    @api.model
    def _build_index(self, dimensions):
        """Build the index for vectors of one length; a job, as it takes a while.

        It keeps half-precision copies: half the size, and the order is then settled
        with the vectors themselves.
        """
        if not self._is_ready() or self._has_index(dimensions):
            return
        self.env.cr.execute(
            SQL(
                """CREATE INDEX IF NOT EXISTS %s ON gpt_kb_chunk
                     USING hnsw ((embedding::halfvec(%s)) halfvec_cosine_ops)
                     WHERE dimensions = %s""",
                SQL.identifier(self._index_name(dimensions)),
                SQL(str(int(dimensions))),
                SQL(str(int(dimensions))),
            )
        )
        self._forget_indexes()
