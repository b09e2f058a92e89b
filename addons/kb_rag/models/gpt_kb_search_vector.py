# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Searching by meaning: in the database, and in stores outside it."""

import logging

from odoo import api, models
from odoo.tools import SQL

from ..engine.cohort import Unanswered
from ..engine.ranking import Evidence
from ..engine.store_error import StoreError
from ..search import Ranking

_logger = logging.getLogger(__name__)


class GptKbSearch(models.AbstractModel):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.search"

    @api.model
    def _by_meaning(self, search, limit):
        """Return the :class:`~..search.Ranking` of chunks by their vectors."""
        scores, best, floor = {}, None, -1.0
        for place in self._places(search):
            try:
                found = self._nearest(place, search, limit)
            except StoreError as error:
                # Words still find what they find.
                _logger.warning("no search by meaning: %s", error)
                search.problem = str(error)
                continue
            scores.update(found)
            unanswered = self._unanswered(place, search.scope)
            if found and unanswered:
                standout = unanswered.standout(max(found.values()))
                best = standout if best is None else max(best, standout)
                # What is no nearer than to a question without an answer is no source.
                floor = max(floor, unanswered.nearest)
        # Models cannot be compared with one another; one model is the usual case.
        ordered = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        return Ranking(dict(ordered[:limit]), Evidence(standout=best), floor)

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
            if store_id or self.env["gpt.kb.chunk"]._has_vector_column()
        ]

    @api.model
    def _nearest(self, place, search, limit):
        """Return the similarities of the nearest chunks, by their ids."""
        store_id, model_id, dimensions, count = place
        vector = search.vectors[model_id]
        if not store_id:
            from ..database_store import DatabaseVectorStore

            store = DatabaseVectorStore(self.env, model_id, dimensions)
            return dict(store.nearest(vector, limit, search.scope, count))
        return self._nearest_outside(place, search, limit)

    @api.model
    def _nearest_outside(self, place, search, limit):
        """Ask a store outside the database; only for documents that may be read."""
        from ..engine.stores import GivenVectors

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
        except StoreError:
            raise
        except Exception as error:  # each client has its own
            raise StoreError(f"{type(error).__name__}: {error}"[:300]) from error
        return {doc.metadata["chunk_id"]: backend.similarity(s) for doc, s in found}

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

    @api.model
    def _unanswered(self, place, scope):
        """Return how near that place comes to questions that it cannot answer.

        Of several collections, that of the one that comes nearest; ``None`` before one
        was measured.
        """
        store_id, model_id, _dimensions, _count = place
        # sudo: gpt.kb.document - only of documents that the user may read
        documents = self.env["gpt.kb.document"].sudo().browse(scope.document_ids)
        ids = {*scope.collection_ids, *documents.collection_id.ids}
        # sudo: gpt.kb.collection - how near is nothing that users may read
        measured = (
            self.env["gpt.kb.collection"]
            .sudo()
            .browse(ids)
            .filtered(
                lambda collection: (
                    collection.unanswered_chunks
                    and collection.unanswered_model_id.id == model_id
                    and collection.store_id.id == (store_id or False)
                )
            )
        )
        if not measured:
            return None
        nearest = max(measured, key=lambda collection: collection.unanswered_nearest)
        return Unanswered(nearest.unanswered_nearest, nearest.unanswered_spread)
