# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Dense search: the nearest vectors, in the database and in stores outside it."""

import logging
from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from ..engine.retrieval.request import Ranking
from ..engine.store_call import StoreError

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Partition:
    """The vectors of one model in one store: what a question is compared with at once.

    :param vector: of the question
    :param chunk_count: how many of its chunks the asker may read
    """

    store_id: int | None
    model_id: int
    vector: list[float]
    chunk_count: int


class GptKbDenseSearch(models.AbstractModel):
    """Ranks chunks by how near their vectors are to those of a question."""

    _name = "gpt.kb.dense.search"
    _description = "Dense Search"

    @api.model
    def _ranking(self, vectors, access, limit, also=()):
        """Return the :class:`~..engine.retrieval.request.Ranking` for a question.

        :param vectors: of the question, by the ids of their models
        :param access: the :class:`~..utils.access_filter.AccessFilter` of the asker
        :param also: chunks whose similarity is to be told as well, near or not
        """
        scores, problem = {}, ""
        for partition in self._partitions(vectors, access):
            if misfit := self._misfit(partition):
                problem = misfit
                continue
            try:
                scores.update(self._nearest(partition, access, limit, also))
            except StoreError as error:
                # Words still find what they find.
                _logger.warning("no dense search: %s", error)
                problem = str(error)
        # Models cannot be compared with one another; one model is the usual case.
        ordered = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        return Ranking(dict(ordered), problem=problem)

    @api.model
    def _partitions(self, vectors, access):
        """Return the partitions that have chunks which may be read."""
        self.env.cr.execute(
            SQL(
                """SELECT c.store_id, c.model_id, sum(kbd.indexed_chunks)
                     FROM gpt_kb_document kbd
                     JOIN gpt_kb_collection c ON c.id = kbd.collection_id
                    WHERE kbd.indexed_chunks > 0 AND c.model_id = ANY(%s)
                      AND (c.id = ANY(%s) OR kbd.id = ANY(%s))
                    GROUP BY c.store_id, c.model_id""",
                list(vectors),
                list(access.collection_ids),
                list(access.document_ids),
            )
        )
        return [
            Partition(store_id, model_id, vectors[model_id], int(chunks))
            for store_id, model_id, chunks in self.env.cr.fetchall()
            if store_id or self.env["gpt.kb.pgvector"]._has_column()
        ]

    @api.model
    def _misfit(self, partition):
        """Say why a question's vector cannot be compared: its length is another."""
        # sudo: gpt.model - which model has made the vectors, whoever looks there
        model = self.env["gpt.model"].sudo().browse(partition.model_id)
        length = len(partition.vector)
        if model._has_vectors_of(length):
            return ""
        kept = model._vector_length()
        return model._length_problem(length, kept) if kept else ""

    @api.model
    def _nearest(self, partition, access, limit, also=()):
        """Return the similarities of the nearest chunks, by their ids."""
        if partition.store_id:
            return self._nearest_outside(partition, access, limit, also)
        from ..utils.vector_store import DatabaseVectorStore

        vector = partition.vector
        store = DatabaseVectorStore(self.env, partition.model_id, len(vector))
        found = dict(store.nearest(vector, limit, access, partition.chunk_count))
        rest = [chunk_id for chunk_id in also if chunk_id not in found]
        return found | dict(store.similarities(vector, rest, access))

    @api.model
    def _nearest_outside(self, partition, access, limit, also=()):
        """Ask a store outside the database; only for documents that may be read."""
        from ..engine.store_backend import GivenVectors
        from ..engine.vectors.operations import similarities

        vector = partition.vector
        # sudo: gpt.kb.store - its address is nothing that users may read
        store = self.env["gpt.kb.store"].sudo().browse(partition.store_id)
        backend = store._backend(partition.model_id, len(vector))
        documents = self._documents_in(access, partition.store_id)
        with store._calling():
            found = backend.vector_store(
                GivenVectors([])
            ).similarity_search_with_score_by_vector(
                vector, k=limit, filter=backend.search_filter(documents)
            )
            near = {doc.metadata["chunk_id"]: backend.similarity(s) for doc, s in found}
            rest = [chunk_id for chunk_id in also if chunk_id not in near]
            return near | similarities(vector, backend.vectors(rest) if rest else {})

    @api.model
    def _documents_in(self, access, store_id):
        """Return the ids of the documents in ``access`` that a store has."""
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT kbk.document_id FROM gpt_kb_chunk kbk
                     JOIN gpt_kb_collection c ON c.id = kbk.collection_id
                    WHERE %s AND c.store_id = %s""",
                access.sql(),
                store_id,
            )
        )
        return [id_ for (id_,) in self.env.cr.fetchall()]
