# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Searching by meaning: in the database, and in stores outside it."""

import logging

from odoo import api, models
from odoo.tools import SQL

from ..engine.store_error import StoreError
from ..utils.search import Ranking

_logger = logging.getLogger(__name__)


class GptKbSearch(models.AbstractModel):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.search"

    @api.model
    def _by_meaning(self, search, limit, also=()):
        """Return the :class:`~..utils.search.Ranking` of chunks by their vectors.

        :param also: chunks whose similarity is to be told as well, near or not
        """
        scores = {}
        for place in self._places(search):
            try:
                scores.update(self._nearest(place, search, limit, also))
            except StoreError as error:
                # Words still find what they find.
                _logger.warning("no search by meaning: %s", error)
                search.problem = str(error)
        # Models cannot be compared with one another; one model is the usual case.
        ordered = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        return Ranking(dict(ordered))

    @api.model
    def _places(self, search):
        """Return ``(store id, model id, dimensions, chunks)`` of where to look."""
        scope = search.scope
        self.env.cr.execute(
            SQL(
                """SELECT c.store_id, c.model_id, sum(kbd.indexed_chunks)
                     FROM gpt_kb_document kbd
                     JOIN gpt_kb_collection c ON c.id = kbd.collection_id
                    WHERE kbd.indexed_chunks > 0 AND c.model_id = ANY(%s)
                      AND (c.id = ANY(%s) OR kbd.id = ANY(%s))
                    GROUP BY c.store_id, c.model_id""",
                list(search.vectors),
                list(scope.collection_ids),
                list(scope.document_ids),
            )
        )
        return [
            (store_id, model_id, len(search.vectors[model_id]), int(chunks))
            for store_id, model_id, chunks in self.env.cr.fetchall()
            if (store_id or self.env["gpt.kb.chunk"]._has_vector_column())
            and self._fits(search, model_id)
        ]

    @api.model
    def _fits(self, search, model_id):
        """Tell whether the question's vector is as long as those of the documents."""
        # sudo: gpt.model - which model has made the vectors, whoever looks there
        model = self.env["gpt.model"].sudo().browse(model_id)
        length = len(search.vectors[model_id])
        if model._has_vectors_of(length):
            return True
        kept = model._vector_length()
        if kept:
            search.problem = model._length_problem(length, kept)
        return not kept

    @api.model
    def _nearest(self, place, search, limit, also=()):
        """Return the similarities of the nearest chunks, by their ids."""
        store_id, model_id, dimensions, count = place
        vector = search.vectors[model_id]
        if not store_id:
            from ..utils.vector_store import DatabaseVectorStore

            store = DatabaseVectorStore(self.env, model_id, dimensions)
            found = dict(store.nearest(vector, limit, search.scope, count))
            rest = [chunk_id for chunk_id in also if chunk_id not in found]
            return found | dict(store.similarities(vector, rest, search.scope))
        return self._nearest_outside(place, search, limit, also)

    @api.model
    def _nearest_outside(self, place, search, limit, also=()):
        """Ask a store outside the database; only for documents that may be read."""
        from ..engine.stores import GivenVectors
        from ..engine.vectors.operations import similarities

        store_id, model_id, dimensions, _count = place
        vector = search.vectors[model_id]
        # sudo: gpt.kb.store - its address is nothing that users may read
        store = self.env["gpt.kb.store"].sudo().browse(store_id)
        backend = store._backend(model_id, dimensions)
        try:
            found = backend.vector_store(
                GivenVectors([])
            ).similarity_search_with_score_by_vector(
                vector,
                k=limit,
                filter=backend.search_filter(
                    self._documents_in(search.scope, store_id)
                ),
            )
            near = {doc.metadata["chunk_id"]: backend.similarity(s) for doc, s in found}
            rest = [chunk_id for chunk_id in also if chunk_id not in near]
            return near | similarities(vector, backend.vectors(rest) if rest else {})
        except StoreError:
            raise
        except Exception as error:  # each client has its own
            raise StoreError(f"{type(error).__name__}: {error}"[:300]) from error

    @api.model
    def _documents_in(self, scope, store_id):
        """Return the ids of the documents in ``scope`` that a store has."""
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT kbk.document_id FROM gpt_kb_chunk kbk
                     JOIN gpt_kb_collection c ON c.id = kbk.collection_id
                    WHERE %s AND c.store_id = %s""",
                scope.sql(),
                store_id,
            )
        )
        return [id_ for (id_,) in self.env.cr.fetchall()]
