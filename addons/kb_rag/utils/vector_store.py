# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""LangChain's ``VectorStore`` over Odoo's own cursor and its own table of chunks."""

from collections.abc import Iterable, Sequence
from typing import Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from odoo.tools import SQL

from ..engine.vectors.operations import as_literal
from .access_filter import AccessFilter

# From so many visible chunks on, codes are faster than looking at each vector.
QUANTIZED_FROM_VISIBLE = 200
# From so many on, the HNSW index is faster than looking at all codes.
HNSW_FROM_VISIBLE = 5000
# How many of those nearest by their codes are looked at, at least, and for each wanted.
LEAST_CANDIDATES = 50
CANDIDATES_PER_WANTED = 4
EF_SEARCH = 100
# How far an index is walked when nobody knows how many chunks may be seen.
MOST_WALKED = 20_000


class DatabaseVectorStore(VectorStore):
    """The vectors of one model in Odoo's database.

    It writes and finds in the caller's transaction: what is rolled back was never
    there, and what is deleted is not found. Texts are those of ``gpt.kb.chunk``, whose
    records must be there before their vectors.

    :param env: whose cursor is used; rights are the caller's matter, see
        :class:`AccessFilter`
    :param embeddings: only for the methods that are given texts instead of vectors
    """

    def __init__(
        self,
        env,
        model_id: int,
        dimensions: int,
        embeddings: Embeddings | None = None,
    ) -> None:
        self._env = env
        self._model_id = model_id
        self._dimensions = int(dimensions)
        # Written out in statements: the index is partial and must see it.
        self._length = SQL(str(self._dimensions))
        self._embeddings = embeddings

    @property
    def embeddings(self) -> Embeddings | None:
        return self._embeddings

    def nearest(
        self,
        vector: Sequence[float],
        k: int,
        access: AccessFilter,
        visible: int | None = None,
    ) -> list[tuple[int, float]]:
        """Return ``(chunk id, similarity)`` of the ``k`` nearest chunks in ``access``.

        :param visible: how many chunks of this model are in access, if it is known
        """
        for way in self._ways(visible):
            found = way(vector, k, access, visible)
            # A walk has an end: it may not have met enough that may be seen.
            if len(found) >= k:
                return found
        return self._exact(vector, k, access)

    def _ways(self, visible):
        """Return the ways to look that have an index, the fastest first."""
        if visible is not None and visible < QUANTIZED_FROM_VISIBLE:
            return []
        pgvector = self._env["gpt.kb.pgvector"]
        quantization = self._env["gpt.kb.quantization"]
        indexes = pgvector._known_indexes()
        ways = []
        if visible is not None and quantization._index_name() in indexes:
            ways.append(self._by_quantized)
        if pgvector._index_name(self._dimensions) in indexes:
            ways.append(self._by_hnsw)
        if visible is None or visible >= HNSW_FROM_VISIBLE:
            ways.reverse()
        return ways

    @property
    def _of_model(self):
        return SQL(
            "kbk.dimensions = %s AND kbk.model_id = %s", self._length, self._model_id
        )

    def _exact(self, vector, k, access):
        # Without a cast to a length, no index fits, and the planner is not tempted.
        self._env.cr.execute(
            SQL(
                """SELECT id, 1 - distance FROM (
                       SELECT kbk.id, kbk.embedding <=> %s::vector AS distance
                         FROM gpt_kb_chunk kbk WHERE %s
                        ORDER BY 2 LIMIT %s) nearest ORDER BY distance, id""",
                as_literal(vector),
                self._condition(access),
                k,
            )
        )
        return self._env.cr.fetchall()

    def similarities(
        self, vector: Sequence[float], chunk_ids: Sequence[int], access: AccessFilter
    ) -> list[tuple[int, float]]:
        """Return ``(chunk id, similarity)`` of those of the chunks that are in access
        and have a vector of this model."""
        if not chunk_ids:
            return []
        self._env.cr.execute(
            SQL(
                """SELECT kbk.id, 1 - (kbk.embedding <=> %s::vector)
                     FROM gpt_kb_chunk kbk WHERE kbk.id = ANY(%s) AND %s""",
                as_literal(vector),
                list(chunk_ids),
                self._condition(access),
            )
        )
        return self._env.cr.fetchall()

    def _by_quantized(self, vector, k, access, visible):
        # Nothing is found as long as a vector of the model lacks its code.
        self._env.cr.execute(
            SQL(
                """WITH asked AS MATERIALIZED (
                       SELECT given.vector, %(code)s AS code
                         FROM gpt_model model, (SELECT %(vector)s::vector) given(vector)
                        WHERE model.id = %(model)s
                          AND vector_dims(model.embedding_thresholds[1]) = %(length)s
                          AND NOT EXISTS (SELECT FROM gpt_kb_chunk kbk
                               WHERE %(of_model)s AND kbk.embedding IS NOT NULL
                                 AND kbk.embedding_quantized IS NULL)),
                   candidates AS MATERIALIZED (
                       SELECT id FROM (%(readable)s) readable
                        ORDER BY embedding_quantized <~> (SELECT code FROM asked)
                        LIMIT %(candidates)s)
                   SELECT id, 1 - distance FROM (
                       SELECT kbk.id, kbk.embedding <=> asked.vector AS distance
                         FROM asked, candidates JOIN gpt_kb_chunk kbk USING (id)
                        ORDER BY 2, 1 LIMIT %(k)s) nearest""",
                code=self._env["gpt.kb.quantization"]._quantized_sql(
                    SQL("given.vector")
                ),
                vector=as_literal(vector),
                model=self._model_id,
                length=self._length,
                of_model=self._of_model,
                readable=self._readable_codes(access),
                candidates=max(LEAST_CANDIDATES, CANDIDATES_PER_WANTED * k),
                k=k,
            )
        )
        return self._env.cr.fetchall()

    def _readable_codes(self, access):
        """Return the SQL of the ids and codes in ``access``.

        An OR would keep the planner from the index that has the codes of collections.
        """
        collections, documents = list(access.collection_ids), list(access.document_ids)
        where = [SQL("kbk.collection_id = ANY(%s)", collections)]
        if documents:
            other = SQL(
                "kbk.document_id = ANY(%s) AND NOT kbk.collection_id = ANY(%s)",
                documents,
                collections,
            )
            where = [*where, other] if collections else [other]
        return SQL(" UNION ALL ").join(
            SQL(
                """SELECT kbk.id, kbk.embedding_quantized FROM gpt_kb_chunk kbk
                    WHERE %s AND kbk.embedding_quantized IS NOT NULL AND %s""",
                self._of_model,
                condition,
            )
            for condition in where
        )

    def _by_hnsw(self, vector, k, access, visible=None):
        # Without the iterative scan, what is filtered out is missing from the k. It
        # ends where looking at each that may be seen would have been faster.
        self._env.cr.execute(
            SQL(
                """SET LOCAL hnsw.iterative_scan = relaxed_order;
                   SET LOCAL hnsw.ef_search = %s;
                   SET LOCAL hnsw.max_scan_tuples = %s;
                   WITH asked AS MATERIALIZED (SELECT %s::vector AS vector)
                   SELECT id, 1 - (embedding <=> (SELECT vector FROM asked)) FROM (
                       SELECT kbk.id, kbk.embedding FROM gpt_kb_chunk kbk
                        WHERE %s
                        ORDER BY kbk.embedding::halfvec(%s)
                                 <=> (SELECT vector::halfvec(%s) FROM asked)
                        LIMIT %s) nearest ORDER BY 2 DESC, 1""",
                EF_SEARCH,
                max(visible or MOST_WALKED, k * EF_SEARCH),
                as_literal(vector),
                self._condition(access),
                self._length,
                self._length,
                k,
            )
        )
        return self._env.cr.fetchall()

    def _condition(self, access):
        return SQL(
            "%s AND kbk.embedding IS NOT NULL AND %s", self._of_model, access.sql()
        )

    # What LangChain knows a store by.

    def similarity_search_with_score_by_vector(
        self, embedding: list[float], k: int = 4, filter: Any = None, **kwargs: Any
    ) -> list[tuple[Document, float]]:
        """Return the nearest chunks.

        :param filter: an :class:`AccessFilter`; without it nothing is found
        """
        nearest = self.nearest(embedding, k, filter or AccessFilter())
        chunks = self._env["gpt.kb.chunk"].browse([id_ for id_, _score in nearest])
        return [
            (
                Document(
                    page_content=chunk.text,
                    metadata={
                        "chunk_id": chunk.id,
                        "document_id": chunk.document_id.id,
                        "page": chunk.page,
                    },
                ),
                score,
            )
            for chunk, (_id, score) in zip(chunks, nearest, strict=True)
        ]

    def similarity_search(
        self, query: str, k: int = 4, filter: Any = None, **kwargs: Any
    ) -> list[Document]:
        """Return the chunks nearest to a text."""
        vector = self._embeddings.embed_query(query)
        found = self.similarity_search_with_score_by_vector(vector, k, filter)
        return [document for document, _score in found]

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict] | None = None,
        *,
        ids: list | None = None,
        **kwargs: Any,
    ) -> list[str]:
        """Give chunks their vectors; ``ids`` are those of their records."""
        vectors = self._embeddings.embed_documents(list(texts))
        chunks = self._env["gpt.kb.chunk"].browse(map(int, ids or []))
        if len(vectors) != len(chunks) or chunks.exists() != chunks:
            raise ValueError("each text needs the id of its chunk")
        chunks.write({"model_id": self._model_id, "dimensions": self._dimensions})
        chunks._write_vectors(dict(zip(chunks.ids, vectors, strict=True)))
        return [str(chunk_id) for chunk_id in chunks.ids]

    def delete(self, ids: list | None = None, **kwargs: Any) -> bool:
        """Take vectors away; the chunks stay, and are found by their words."""
        chunks = self._env["gpt.kb.chunk"].browse(map(int, ids or [])).exists()
        chunks.write({"model_id": False, "dimensions": 0})
        chunks._clear_vectors()
        return True

    @classmethod
    def from_texts(cls, texts, embedding, metadatas=None, **kwargs):
        raise NotImplementedError("chunks are made by gpt.kb.document")
