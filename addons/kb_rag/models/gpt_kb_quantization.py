# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary quantization: a short code of some bits for each vector, beside the vector.

Somebody who may read two thousand of fifty thousand chunks is served badly by an HNSW
index of all of them, and reading two thousand vectors takes long. Their codes lie
together in an index of a few pages: they tell the candidates, whose vectors decide.
"""

from odoo import api, models
from odoo.tools import SQL, sql

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import own_transaction

from ..engine.vectors.operations import as_literal
from ..engine.vectors.quantization import thresholds
from .gpt_kb_pgvector import MAX_INDEXED_DIMENSIONS

# The version of the extension that began to have it.
QUANTIZES_SINCE = (0, 7)
# From so many vectors on, the thresholds of a model are set.
QUANTIZED_FROM = 1_000
# Vectors that thresholds are calculated from; more do not change them.
MOST_SAMPLED = 10_000
BATCH = 1_000


class GptKbQuantization(models.AbstractModel):
    """Binary quantization of the vectors in Odoo's own database."""

    _name = "gpt.kb.quantization"
    _description = "Binary Quantization"

    @api.model
    def _has_columns(self):
        # Who takes the extension away takes this column, not that of the codes.
        return sql.column_exists(self.env.cr, "gpt_model", "embedding_thresholds")

    @api.model
    def _ensure_columns(self):
        """Add the columns of codes and of thresholds, where the extension has codes."""
        pgvector = self.env["gpt.kb.pgvector"]
        if self._has_columns() or pgvector._extension_version() < QUANTIZES_SINCE:
            return
        self.env.cr.execute(
            """ALTER TABLE gpt_model
                 ADD COLUMN IF NOT EXISTS embedding_thresholds vector[];
               ALTER TABLE gpt_kb_chunk
                DROP COLUMN IF EXISTS embedding_quantized,
                 ADD COLUMN embedding_quantized bit varying"""
        )
        pgvector._forget_indexes()

    @api.model
    def _index_name(self):
        return "gpt_kb_chunk_embedding_quantized_index"

    @api.model
    def _quantized_sql(self, vector):
        """Return the SQL of the code of a vector, beside a ``gpt_model model``.

        It is ``NULL`` where the model has no thresholds for vectors of that length.
        """
        return SQL(
            """(SELECT string_agg(binary_quantize(%(vector)s - threshold)::text, ''
                                  ORDER BY number)::varbit
                  FROM unnest(model.embedding_thresholds) WITH ORDINALITY
                       AS thresholds(threshold, number)
                 WHERE vector_dims(threshold) = vector_dims(%(vector)s))""",
            vector=vector,
        )

    @api.model
    def _vector_columns(self):
        """Return what is kept of ``given.vector``: SQL, by the name of the column."""
        if not self._has_columns():
            return {}
        return {
            "embedding_quantized": SQL(
                "(SELECT %s FROM gpt_model model WHERE model.id = chunk.model_id)",
                self._quantized_sql(SQL("given.vector")),
            )
        }

    @api.model
    def _ensure_index(self, model_id, dimensions):
        """Have the codes of a model built, once they pay or some are missing."""
        if self._is_incomplete(model_id, dimensions):
            delayed(
                self,
                identity_key=f"kb_rag-quantization-{model_id}-{dimensions}",
                description=self.env._("Build the index of quantized vectors"),
            )._build_index(model_id, dimensions)

    @api.model
    def _forget_thresholds(self, models_):
        """Forget the thresholds of these models: they are other models now."""
        if self._has_columns():
            self.env.cr.execute(
                "UPDATE gpt_model SET embedding_thresholds = NULL WHERE id = ANY(%s)",
                [models_.ids],
            )

    @api.model
    def _is_incomplete(self, model_id, dimensions):
        """Tell whether a model has vectors enough, some of them without a code."""
        if not 0 < dimensions <= MAX_INDEXED_DIMENSIONS or not self._has_columns():
            return False
        self.env.cr.execute(
            """SELECT EXISTS (
                      SELECT FROM gpt_kb_chunk
                       WHERE model_id = %(model)s AND dimensions = %(dimensions)s
                         AND embedding_quantized IS NULL AND embedding IS NOT NULL)
                  AND (SELECT count(*) FROM (
                           SELECT FROM gpt_kb_chunk
                            WHERE model_id = %(model)s AND dimensions = %(dimensions)s
                              AND embedding IS NOT NULL LIMIT %(enough)s) counted
                      ) = %(enough)s""",
            {"model": model_id, "dimensions": dimensions, "enough": QUANTIZED_FROM},
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _build_index(self, model_id, dimensions):
        """Give the vectors of a model their codes; a job, fit to be run again.

        Codes are looked at only when no vector of the model lacks one.
        """
        if not self.env["gpt.kb.pgvector"]._is_ready():
            return
        if not self._is_incomplete(model_id, dimensions):
            return
        self._keep_thresholds(model_id, dimensions)
        while self._quantize(model_id, dimensions):
            continue
        self._create_indexes()

    @own_transaction
    def _keep_thresholds(self, model_id, dimensions):
        """Keep a model's thresholds, unless it has some for this length of vectors."""
        self.env.cr.execute(
            """SELECT avg(embedding)::real[], avg(embedding * embedding)::real[] FROM (
                   SELECT embedding FROM gpt_kb_chunk
                    WHERE model_id = %s AND dimensions = %s AND embedding IS NOT NULL
                    LIMIT %s) sample""",
            [model_id, dimensions, MOST_SAMPLED],
        )
        found = thresholds(*self.env.cr.fetchone())
        self.env.cr.execute(
            """UPDATE gpt_model SET embedding_thresholds = %s::vector[]
                WHERE id = %s
                  AND vector_dims(embedding_thresholds[1]) IS DISTINCT FROM %s""",
            [list(map(as_literal, found)), model_id, dimensions],
        )

    @own_transaction
    def _quantize(self, model_id, dimensions):
        """Give some more vectors their codes; return how many there were."""
        self.env.cr.execute(
            SQL(
                """UPDATE gpt_kb_chunk chunk SET embedding_quantized = %s
                     FROM gpt_model model
                    WHERE model.id = chunk.model_id AND chunk.id IN (
                          SELECT id FROM gpt_kb_chunk
                           WHERE model_id = %s AND dimensions = %s
                             AND embedding IS NOT NULL AND embedding_quantized IS NULL
                           LIMIT %s)""",
                self._quantized_sql(SQL("chunk.embedding")),
                model_id,
                dimensions,
                BATCH,
            )
        )
        return self.env.cr.rowcount

    @own_transaction
    def _create_indexes(self):
        """Build the index that holds the codes, and that of vectors without one."""
        self.env.cr.execute(
            SQL(
                """CREATE INDEX IF NOT EXISTS gpt_kb_chunk_not_quantized_index
                       ON gpt_kb_chunk (model_id, dimensions)
                    WHERE embedding_quantized IS NULL AND embedding IS NOT NULL;
                   CREATE INDEX IF NOT EXISTS %s
                       ON gpt_kb_chunk (model_id, dimensions, collection_id)
                          INCLUDE (id, embedding_quantized)
                    WHERE embedding_quantized IS NOT NULL""",
                SQL.identifier(self._index_name()),
            )
        )
        self.env["gpt.kb.pgvector"]._forget_indexes()
