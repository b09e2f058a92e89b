# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary quantization: some bits for each number of a vector, beside the vector.

Somebody who may read two thousand of fifty thousand chunks is served badly by a graph
of all of them, and reading two thousand vectors takes long. Their bits lie together in
an index of some pages: by these some candidates are told, whose vectors decide.
"""

from odoo import api, models
from odoo.tools import SQL, sql

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import in_own_transaction

from ..engine.vectors.operations import as_literal
from ..engine.vectors.quantization import levels
from .gpt_kb_chunk_vector import MAX_INDEXED_DIMENSIONS

# The version of the extension that began to have it.
QUANTIZES_SINCE = (0, 7)
# From so many vectors on their levels are those of the model.
BITS_FROM = 1_000
# Vectors that levels are taken of; more do not move them.
MOST_AVERAGED = 10_000
BATCH = 1_000


class GptKbChunk(models.Model):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.chunk"

    @api.model
    def _has_bits(self):
        # Who takes the extension away takes this column, not that of the bits.
        return sql.column_exists(self.env.cr, "gpt_model", "embedding_levels")

    @api.model
    def _ensure_vectors(self):
        """Add the columns of bits and of levels, where the extension knows bits."""
        if not super()._ensure_vectors():
            return False
        if not self._has_bits() and self._extension_version() >= QUANTIZES_SINCE:
            self.env.cr.execute(
                """ALTER TABLE gpt_model
                     ADD COLUMN IF NOT EXISTS embedding_levels vector[];
                   ALTER TABLE gpt_kb_chunk
                    DROP COLUMN IF EXISTS embedding_bits,
                     ADD COLUMN embedding_bits bit varying"""
            )
            self._forget_indexes()
        return True

    @api.model
    def _bits_index_name(self):
        return "gpt_kb_chunk_embedding_bits_index"

    @api.model
    def _bits_sql(self, vector):
        """Return the SQL of the bits of a vector, beside a ``gpt_model model``.

        They are ``NULL`` where the model has no levels for vectors of that length.
        """
        return SQL(
            """(SELECT string_agg(binary_quantize(%(vector)s - level)::text, ''
                                  ORDER BY number)::varbit
                  FROM unnest(model.embedding_levels) WITH ORDINALITY
                       AS levels(level, number)
                 WHERE vector_dims(level) = vector_dims(%(vector)s))""",
            vector=vector,
        )

    @api.model
    def _vector_columns(self):
        columns = super()._vector_columns()
        if self._has_bits():
            columns["embedding_bits"] = SQL(
                "(SELECT %s FROM gpt_model model WHERE model.id = chunk.model_id)",
                self._bits_sql(SQL("given.vector")),
            )
        return columns

    @api.model
    def _ensure_bits(self, model_id, dimensions):
        """Have the bits of a model built, once they pay or some are missing."""
        if self._lacks_bits(model_id, dimensions):
            delayed(
                self,
                identity_key=f"kb_rag-bits-{model_id}-{dimensions}",
                description=self.env._("Build the index of bits"),
            )._build_bits(model_id, dimensions)

    @api.model
    def _forget_levels(self, models_):
        """Forget the levels of these models: they are other models now."""
        if self._has_bits():
            self.env.cr.execute(
                "UPDATE gpt_model SET embedding_levels = NULL WHERE id = ANY(%s)",
                [models_.ids],
            )

    @api.model
    def _lacks_bits(self, model_id, dimensions):
        """Tell whether a model has vectors enough, some of them without bits."""
        if not 0 < dimensions <= MAX_INDEXED_DIMENSIONS or not self._has_bits():
            return False
        self.env.cr.execute(
            """SELECT EXISTS (
                      SELECT FROM gpt_kb_chunk
                       WHERE model_id = %(model)s AND dimensions = %(dimensions)s
                         AND embedding_bits IS NULL AND embedding IS NOT NULL)
                  AND (SELECT count(*) FROM (
                           SELECT FROM gpt_kb_chunk
                            WHERE model_id = %(model)s AND dimensions = %(dimensions)s
                              AND embedding IS NOT NULL LIMIT %(enough)s) counted
                      ) = %(enough)s""",
            {"model": model_id, "dimensions": dimensions, "enough": BITS_FROM},
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _build_bits(self, model_id, dimensions):
        """Give the vectors of a model their bits; a job, fit to be run again.

        Bits are looked at only when no vector of the model lacks them.
        """
        if not self._has_vectors() or not self._lacks_bits(model_id, dimensions):
            return
        in_own_transaction(self.env, _keep_levels, model_id, dimensions)
        while in_own_transaction(self.env, _quantize, model_id, dimensions):
            continue
        in_own_transaction(self.env, _index_bits)


def _keep_levels(env, model_id, dimensions):
    """Keep the levels of a model's vectors, unless it has some for their length."""
    env.cr.execute(
        """SELECT avg(embedding)::real[], avg(embedding * embedding)::real[] FROM (
               SELECT embedding FROM gpt_kb_chunk
                WHERE model_id = %s AND dimensions = %s AND embedding IS NOT NULL
                LIMIT %s) sample""",
        [model_id, dimensions, MOST_AVERAGED],
    )
    found = levels(*env.cr.fetchone())
    env.cr.execute(
        """UPDATE gpt_model SET embedding_levels = %s::vector[]
            WHERE id = %s
              AND vector_dims(embedding_levels[1]) IS DISTINCT FROM %s""",
        [list(map(as_literal, found)), model_id, dimensions],
    )


def _quantize(env, model_id, dimensions):
    """Give some more vectors their bits; return how many there were."""
    env.cr.execute(
        SQL(
            """UPDATE gpt_kb_chunk chunk SET embedding_bits = %s FROM gpt_model model
                WHERE model.id = chunk.model_id AND chunk.id IN (
                      SELECT id FROM gpt_kb_chunk
                       WHERE model_id = %s AND dimensions = %s
                         AND embedding IS NOT NULL AND embedding_bits IS NULL
                       LIMIT %s)""",
            env["gpt.kb.chunk"]._bits_sql(SQL("chunk.embedding")),
            model_id,
            dimensions,
            BATCH,
        )
    )
    return env.cr.rowcount


def _index_bits(env):
    """Build the index that holds the bits, and the one of those that lack them."""
    env.cr.execute(
        SQL(
            """CREATE INDEX IF NOT EXISTS gpt_kb_chunk_without_bits_index
                   ON gpt_kb_chunk (model_id, dimensions)
                WHERE embedding_bits IS NULL AND embedding IS NOT NULL;
               CREATE INDEX IF NOT EXISTS %s
                   ON gpt_kb_chunk (model_id, dimensions, collection_id)
                      INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL""",
            SQL.identifier(env["gpt.kb.chunk"]._bits_index_name()),
        )
    )
    env["gpt.kb.chunk"]._forget_indexes()
