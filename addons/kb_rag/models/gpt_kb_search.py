# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Question → passages, for the user of the environment and with his rights only."""

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.gpt_core.engine.errors import GptError

from ..engine.retrieval.merging import Found, joined_text, merge_neighbours
from ..engine.retrieval.ranking import fuse
from ..utils.search import Scope

# How many chunks each way to look hands over to the fusion.
CANDIDATES = 50
MAX_QUERY_CHARS = 2000
MAX_PASSAGES = 50


class GptKbSearch(models.AbstractModel):
    """Searches in two phases: :meth:`_embeddings`, and :meth:`_run` with their vectors.

    What lies between, the call of the model, needs no database.
    """

    _name = "gpt.kb.search"
    _description = "Knowledge Search"

    @api.model
    def _embeddings(self, search):
        """Return the ``Embeddings`` that ``search`` needs, by the id of their model."""
        if "vector" not in search.modes:
            return {}
        search.scope = self._scope(search.collection_ids)
        result = {}
        models = self._models(search.scope)
        if models and self._is_used_up():
            # Words cost nothing.
            search.problem = self.env["gpt.request"]._error_label("budget")
            return result
        for model in models:
            search.prefixes[model.id] = model.query_prefix or ""
            try:
                result[model.id] = model._get_own_embeddings()
            except GptError as error:
                search.problem = self.env["gpt.request"]._error_label(error.code)
        return result

    @api.model
    def _is_used_up(self):
        """Tell whether a budget forbids the user to have a question embedded."""
        # sudo: gpt.request - it is only in memory, and holds for whoever asks
        question = (
            self.env["gpt.request"]
            .sudo()
            .new({"company_id": self.env.company.id, "user_id": self.env.uid})
        )
        return self.env["gpt.budget"]._is_used_up(question)

    @api.model
    def _run(self, search):
        """Find passages; fill in ``search``, and return it."""
        search.query = search.query[:MAX_QUERY_CHARS]
        search.k = max(1, min(search.k, MAX_PASSAGES))
        # Again: what the user may read may have changed since the model was asked.
        search.scope = self._scope(search.collection_ids)
        if not search.scope or not search.query.strip():
            return search
        rankings = self._rankings(search)
        search.found = self._found(rankings, search)
        search.passages = self._passages(search.found, search.k)
        return search

    @api.model
    def _rankings(self, search):
        """Return the :class:`~..utils.search.Ranking` of each way to look, by its name.

        Both know the score of each chunk that either has found, where it has one.
        """
        rankings = {}
        if "text" in search.modes:
            rankings["text"] = self._by_words(search)
            search.missing_codes = rankings["text"].missing
        if "vector" in search.modes:
            also = rankings["text"].best(CANDIDATES) if "text" in rankings else []
            rankings["vector"] = self._by_meaning(search, CANDIDATES, also)
        return rankings

    @api.model
    def _scope(self, collection_ids):
        """Return where the user may look, of ``collection_ids`` or everywhere."""
        self.env.flush_all()
        access = self.env["gpt.kb.access"]
        chosen = (
            SQL("TRUE")
            if collection_ids is None
            else SQL("kbd.collection_id = ANY(%s)", list(collection_ids))
        )
        self.env.cr.execute(
            SQL(
                """SELECT kbd.collection_id, array_agg(kbd.id),
                          bool_or(kbd.res_model IS NOT NULL)
                     FROM gpt_kb_document kbd
                     JOIN gpt_kb_collection c ON c.id = kbd.collection_id
                    WHERE c.active AND kbd.active AND %s AND kbd.id IN %s
                    GROUP BY kbd.collection_id""",
                chosen,
                access._documents_sql(),
            )
        )
        rows = self.env.cr.fetchall()
        whole = self._whole_collections([id_ for id_, _ids, mixed in rows if not mixed])
        return Scope(
            tuple(sorted(whole)),
            tuple(d for id_, ids, _mixed in rows if id_ not in whole for d in ids),
        )

    @api.model
    def _whole_collections(self, collection_ids):
        """Return those that have nothing but active documents that are of no record."""
        self.env.cr.execute(
            """SELECT collection_id FROM gpt_kb_document WHERE collection_id = ANY(%s)
                GROUP BY collection_id
               HAVING bool_and(active AND res_model IS NULL)""",
            [collection_ids],
        )
        return {id_ for (id_,) in self.env.cr.fetchall()}

    @api.model
    def _models(self, scope):
        """Return the embedding models of the collections in ``scope``."""
        # sudo: gpt.kb.collection - which model to ask is nothing that users may choose
        Collection = self.env["gpt.kb.collection"].sudo()
        collections = Collection.browse(scope.collection_ids)
        # sudo: gpt.kb.document - only of documents that the user may read
        documents = self.env["gpt.kb.document"].sudo().browse(scope.document_ids)
        return (collections | documents.collection_id).model_id.filtered(
            lambda model: model.active and model.provider_id.active
        )

    @api.model
    def _fused(self, rankings):
        """Return ``(chunk id, score)`` by both ways together, the best first."""
        candidates = dict.fromkeys(
            id_ for ranking in rankings.values() for id_ in ranking.best(CANDIDATES)
        )
        ways, codes = [], {}
        for name, ranking in rankings.items():
            scores = {id_: ranking.scores.get(id_) for id_ in candidates}
            if name == "text":
                # What has none of the words has a score by them: none.
                scores = {id_: score or 0.0 for id_, score in scores.items()}
                codes = ranking.codes
            ways.append({id_: s for id_, s in scores.items() if s is not None})
        return fuse(ways, {id_: n for id_, n in codes.items() if id_ in candidates})

    @api.model
    def _found(self, rankings, search):
        """Return the best chunks as the engine's ``Found``, their texts from here.

        Rights are asked once more with the texts: a store outside the database only has
        proposed what to look at.
        """
        wanted = self._fused(rankings)[: max(CANDIDATES, search.k * 4)]
        self.env.cr.execute(
            SQL(
                """SELECT kbk.id, kbk.document_id, kbk.sequence, kbk.text,
                          kbd.name, kbk.page, kbk.section, kbk.collection_id
                     FROM gpt_kb_chunk kbk
                     JOIN gpt_kb_document kbd ON kbd.id = kbk.document_id
                    WHERE kbk.id = ANY(%s) AND %s AND kbd.id IN %s""",
                [chunk_id for chunk_id, _score in wanted],
                search.scope.sql(),
                self.env["gpt.kb.access"]._documents_sql(),
            )
        )
        rows = {row[0]: row for row in self.env.cr.fetchall()}
        ranks = {
            way: {id_: place for place, id_ in enumerate(ranking.best(CANDIDATES), 1)}
            for way, ranking in rankings.items()
        }
        found = []
        for chunk_id, score in wanted:
            if chunk_id not in rows:
                continue
            _id, document_id, sequence, text, name, page, section, _c = rows[chunk_id]
            own = {
                w: places[chunk_id] for w, places in ranks.items() if chunk_id in places
            }
            found.append(
                Found(
                    chunk_id, document_id, sequence, text, name, score, page or 0,
                    section or "", own,
                )
            )  # fmt: skip
        return found

    @api.model
    def _passages(self, found, k):
        """Return passages as ``gpt.service.retrieve`` does: neighbours joined."""
        passages = []
        for group in merge_neighbours(found, k):
            best = max(group, key=lambda member: member.score)
            passage = {
                "text": joined_text([member.text for member in group]),
                "document_id": best.document_id,
                "source": best.source,
                "score": best.score,
                "section": best.section,
                "chunk_ids": [member.chunk_id for member in group],
            }
            if best.page:
                passage["page"] = best.page
            passages.append(passage)
        return passages
