# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The column of vectors in Odoo's own database, where PostgreSQL has the extension."""

import logging

import psycopg2

from odoo import api, models, tools
from odoo.tools import SQL, mute_logger, sql

from odoo.addons.gpt_core.utils.enqueue import delayed

from ..engine.vectors.operations import as_literal, usual_length

_logger = logging.getLogger(__name__)

# Below so many vectors of a length, looking at each of them is fast enough.
INDEX_FROM = 5_000
# What pgvector indexes; longer vectors are compared one by one.
MAX_INDEXED_DIMENSIONS = 4000
# From this version on an index is walked until enough is found that may be seen.
ITERATIVE_SINCE = (0, 8)


class GptKbChunk(models.Model):
    _inherit = "gpt.kb.chunk"

    @api.model
    def _has_vectors(self):
        """Tell whether vectors can be kept here; begin to, if they can since lately."""
        return self._has_vector_column() or self._ensure_vectors()

    @api.model
    def _has_vector_column(self):
        return sql.column_exists(self.env.cr, "gpt_kb_chunk", "embedding")

    @api.model
    def _ensure_vectors(self):
        """Add the column if the extension is there, or can be made by Odoo's user."""
        if self._has_vector_column():
            return True
        if not self._extension_installed() and not self._create_extension():
            return False
        # Out of the row, as pgvector has it: who looks for words does not read vectors.
        self.env.cr.execute(
            "ALTER TABLE gpt_kb_chunk ADD COLUMN IF NOT EXISTS embedding vector"
        )
        self._forget_indexes()
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
    def _vector_problem(self):
        """Return what to do for vectors to work here, ``False`` when they do.

        Asked for by forms, so it changes nothing: the column is added by the next job.
        """
        if self._has_vector_column() or self._extension_installed():
            return False
        command = (
            f'sudo -u postgres psql -d "{self.env.cr.dbname}" '
            '-c "CREATE EXTENSION vector"'
        )
        if self._extension_available():
            return self.env._(
                "PostgreSQL has the extension “vector”, but only its administrator may "
                "switch it on. Let him run this on the database server:\n\n"
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
    def _cron_wait_for_vectors(self):
        """Index what waited for the extension, once it is there."""
        waiting = self.env["gpt.kb.document"].search(
            [("state", "=", "error"), ("problem", "=", "no_vector")], limit=1000
        )
        if waiting and self._has_vectors():
            waiting.action_index()

    @api.model
    def _set_vectors(self, document, model_id, vectors):
        """Keep vectors by chunk id; in the database, or where the collection says.

        A chunk whose vector is ``None``, or longer or shorter than those of its model,
        has none: it is found by its words, and is not asked for again and again.
        """
        length = self._usual_length(model_id, vectors)
        kept = {id_: v for id_, v in vectors.items() if v and len(v) == length}
        self.browse([id_ for id_ in vectors if id_ not in kept])._set_unusable(model_id)
        if not kept:
            return
        chunks = self.browse(list(kept))
        chunks.write({"model_id": model_id, "dimensions": length})
        store = document.collection_id.store_id
        if store:
            store._put(chunks, model_id, kept)
            return
        self._write_vectors(kept)
        self._ensure_indexes(model_id, length)

    @api.model
    def _usual_length(self, model_id, vectors):
        """Return the length of a model's vectors, by those that are there already."""
        kept = self.env["gpt.model"].browse(model_id)._vector_length()
        return kept or usual_length(vectors.values())

    def _set_unusable(self, model_id):
        """Note that the model was asked, and gave no vector that can be compared."""
        self._forget_vectors()
        self.write({"model_id": model_id, "dimensions": 0})
        if self and self._has_vector_column():
            self._clear_vectors()

    def _retry_unusable(self):
        """Have the model asked again for what it gave no vector of."""
        unusable = self.filtered(lambda chunk: chunk.model_id and not chunk.dimensions)
        unusable.write({"model_id": False})

    @api.model
    def _write_vectors(self, vectors):
        """Write vectors by chunk id; the chunks say already whose vectors they are.

        In one statement: the graph of vectors takes each new version of a row anew.
        """
        self.flush_model()
        columns = self._vector_columns()
        self.env.cr.execute(
            SQL(
                """UPDATE gpt_kb_chunk chunk SET %s
                     FROM (SELECT id, text::vector AS vector
                             FROM unnest(%s::int[], %s::text[]) AS texts(id, text)
                          ) given
                    WHERE chunk.id = given.id""",
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in columns.items()
                ),
                list(vectors),
                [as_literal(vector) for vector in vectors.values()],
            )
        )

    @api.model
    def _vector_columns(self):
        """Return what is kept of ``given.vector``: SQL, by the name of the column."""
        return {"embedding": SQL("given.vector")}

    def _clear_vectors(self):
        """Take the vectors of these chunks out of the database."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE gpt_kb_chunk SET %s WHERE id = ANY(%s)",
                SQL(", ").join(
                    SQL("%s = NULL", SQL.identifier(name))
                    for name in self._vector_columns()
                ),
                self.ids,
            )
        )

    def _vectors(self):
        """Return the vectors of these chunks in the database, by chunk id."""
        if not self.ids or not self._has_vectors():
            return {}
        self.env.cr.execute(
            SQL(
                """SELECT id, embedding::real[] FROM gpt_kb_chunk
                    WHERE id = ANY(%s) AND embedding IS NOT NULL""",
                self.ids,
            )
        )
        return dict(self.env.cr.fetchall())

    def _forget_vectors(self):
        """Take the vectors of these chunks out of stores outside the database."""
        for collection in self.collection_id.filtered("store_id"):
            chunks = self.filtered(
                lambda c, collection=collection: (
                    c.collection_id == collection and c.model_id and c.dimensions
                )
            )
            for model in chunks.model_id:
                own = chunks.filtered(lambda c, model=model: c.model_id == model)
                collection.store_id._jobify_drop(own, model)

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
        """Have them looked for again; due when one was built, or columns are new."""
        self.env.registry.clear_cache()

    @api.model
    def _ensure_indexes(self, model_id, dimensions):
        self._ensure_index(dimensions)
        self._ensure_bits(model_id, dimensions)

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
        if not self._has_vectors() or self._has_index(dimensions):
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
