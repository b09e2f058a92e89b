# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Searching by meaning: in the database, and in stores outside it."""

import logging
import random
import statistics

from odoo import api, models
from odoo.tools import SQL

from ..engine.ranking import Evidence, standout
from ..engine.store_error import StoreError
from ..search import Ranking

_logger = logging.getLogger(__name__)

# How many chunks stand for all of them when it is judged whether one stands out.
SAMPLE = 200


class GptKbSearch(models.AbstractModel):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.search"

    @api.model
    def _by_meaning(self, search, limit):
        """Return the :class:`~..search.Ranking` of chunks by their vectors."""
        scores, best, floor = {}, None, -1.0
        for place in self._places(search):
            try:
                found, sample = self._nearest(place, search, limit)
            except StoreError as error:
                # Words still find what they find.
                _logger.warning("no search by meaning: %s", error)
                search.problem = str(error)
                continue
            if not found:
                continue
            judged = self._standout(found, sample)
            if best is None or (judged or 0) > (best or 0):
                best = judged
            if sample:
                # Half way from what is usual to the best one.
                floor = max(floor, (max(found.values()) + statistics.fmean(sample)) / 2)
            scores.update(found)
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
        """Return ``({chunk id: similarity}, similarities of others)``."""
        store_id, model_id, dimensions, count = place
        vector = search.vectors[model_id]
        if not store_id:
            from ..database_store import DatabaseVectorStore

            store = DatabaseVectorStore(self.env, model_id, dimensions)
            nearest = store.nearest(vector, limit, search.scope, count)
            return dict(nearest), store.similarities(
                vector, self._sample_ids(search.scope, model_id)
            )
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
            sample = backend.vectors(self._sample_ids(search.scope, model_id, 60))
        except StoreError:
            raise
        except Exception as error:  # each client has its own
            raise StoreError(f"{type(error).__name__}: {error}"[:300]) from error
        return (
            {doc.metadata["chunk_id"]: backend.similarity(s) for doc, s in found},
            [_cosine(vector, other) for other in sample.values()],
        )

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
    def _sample_ids(self, scope, model_id, most=SAMPLE):
        """Return ids of chunks picked at random, of those in ``scope`` if they do."""
        self.env.cr.execute("SELECT min(id), max(id) FROM gpt_kb_chunk")
        first, last = self.env.cr.fetchone()
        # The same ids for the same chunks: a question has one answer.
        dice = random.Random(last)
        picked = (
            list(range(first, last + 1))
            if last - first < 4 * most
            else [dice.randint(first, last) for _ in range(8 * most)]
        )
        self.env.cr.execute(
            SQL(
                """SELECT kbk.id FROM gpt_kb_chunk kbk
                    WHERE kbk.id = ANY(%s) AND kbk.model_id = %s AND %s LIMIT %s""",
                picked,
                model_id,
                scope.sql(),
                most,
            )
        )
        return [id_ for (id_,) in self.env.cr.fetchall()]

    @api.model
    def _standout(self, found, sample):
        """Return by how many deviations the nearest chunk is nearer than others."""
        if len(sample) < 5:
            # Too few to say what is usual.
            return None
        mean = statistics.fmean(sample)
        return standout(max(found.values()), mean, statistics.pstdev(sample))


def _cosine(left, right):
    dot = sum(a * b for a, b in zip(left, right, strict=True))
    size = (sum(a * a for a in left) * sum(b * b for b in right)) ** 0.5
    return dot / size if size else 0.0
