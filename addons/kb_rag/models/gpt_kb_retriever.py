# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Question → passages, in a transaction."""

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.retrieval.retriever import Retrieval

from ..engine.retrieval.fusion import fuse
from ..engine.retrieval.neighbours import ScoredChunk, joined_text, merge_neighbours
from ..engine.retrieval.request import (
    DENSE,
    LEXICAL,
    QuestionModels,
    RetrievalTrace,
)
from ..utils.retriever import KnowledgeRetriever

# How many chunks each retrieval method hands over to the fusion.
CANDIDATES = 50


class GptKbRetriever(models.AbstractModel):
    """Question → passages, for the user of the environment and with their rights only.

    It reads in two phases: :meth:`_question_models`, and :meth:`_retrieval` with their
    vectors. What lies between, the call of the model, needs no database; see
    :class:`~..utils.retriever.KnowledgeRetriever`.
    """

    _name = "gpt.kb.retriever"
    _description = "Knowledge Retriever"

    @api.model
    def _run(self, request):
        """Return the ``Retrieval`` of a request.

        The transaction stays open while the question is embedded; jobs do better.
        """
        return KnowledgeRetriever(lambda work: work(self.env)).run(request)

    @api.model
    def _question_models(self, request):
        """Return the :class:`~..engine.retrieval.request.QuestionModels`."""
        if DENSE not in request.methods:
            return QuestionModels()
        embeddings, prefixes, problem = {}, {}, ""
        models = self._models(self._access_filter(request))
        errors = self.env["gpt.request.error"]
        if models and self._is_used_up():
            # Words cost nothing.
            return QuestionModels(problem=errors._label("budget"))
        for model in models:
            prefixes[model.id] = model.query_prefix or ""
            try:
                embeddings[model.id] = model._get_own_embeddings()
            except GptError as error:
                problem = errors._label(error.code)
        return QuestionModels(embeddings, prefixes, problem)

    @api.model
    def _access_filter(self, request):
        return self.env["gpt.kb.access"]._access_filter(
            request.collection_ids, self.env["res.users"].browse(request.viewer_id)
        )

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
    def _retrieval(self, request, question):
        """Return the ``Retrieval`` of a request.

        :param question: its :class:`~..engine.retrieval.request.QuestionVectors`
        """
        request = request.bounded()
        # Again: what the user may read may have changed since the model was asked.
        access = self._access_filter(request)
        if not access or not request.query.strip():
            trace = RetrievalTrace(bool(access), problem=question.problem)
            return Retrieval(calls=question.calls, trace=trace)
        rankings = self._rankings(request, access, question.vectors)
        chunks = self._chunks(rankings, access, request.k)
        lexical, dense = rankings.get(LEXICAL), rankings.get(DENSE)
        trace = RetrievalTrace(
            True,
            chunks,
            lexical.missing_codes if lexical else (),
            (dense and dense.problem) or question.problem,
        )
        return Retrieval(self._passages(chunks, request.k), question.calls, trace)

    @api.model
    def _rankings(self, request, access, vectors):
        """Return the :class:`~..engine.retrieval.request.Ranking` of each method.

        Both know the score of each chunk that either has found, where it has one.
        """
        rankings = {}
        if LEXICAL in request.methods:
            rankings[LEXICAL] = self.env["gpt.kb.lexical.search"]._ranking(
                request.query, request.k, access
            )
        if DENSE in request.methods:
            also = rankings[LEXICAL].best(CANDIDATES) if LEXICAL in rankings else []
            rankings[DENSE] = self.env["gpt.kb.dense.search"]._ranking(
                vectors, access, CANDIDATES, also
            )
        return rankings

    @api.model
    def _models(self, access):
        """Return the embedding models of the collections in ``access``."""
        # sudo: gpt.kb.collection - which model to ask is nothing that users may choose
        Collection = self.env["gpt.kb.collection"].sudo()
        collections = Collection.browse(access.collection_ids)
        # sudo: gpt.kb.document - only of documents that the user may read
        documents = self.env["gpt.kb.document"].sudo().browse(access.document_ids)
        return (collections | documents.collection_id).model_id.filtered(
            lambda model: model.active and model.provider_id.active
        )

    @api.model
    def _fused(self, rankings):
        """Return ``(chunk id, score)`` by both methods together, the best first."""
        candidates = dict.fromkeys(
            id_ for ranking in rankings.values() for id_ in ranking.best(CANDIDATES)
        )
        methods, codes = [], {}
        for name, ranking in rankings.items():
            scores = {id_: ranking.scores.get(id_) for id_ in candidates}
            if name == LEXICAL:
                # What has none of the words has a score by them: none.
                scores = {id_: score or 0.0 for id_, score in scores.items()}
                codes = ranking.codes
            methods.append({id_: s for id_, s in scores.items() if s is not None})
        codes = {id_: n for id_, n in codes.items() if id_ in candidates}
        return fuse(methods, codes, [ranking.weight for ranking in rankings.values()])

    @api.model
    def _chunks(self, rankings, access, k):
        """Return the best chunks as the engine's ``ScoredChunk``, with their texts.

        Rights are asked once more with the texts: a store outside the database only has
        proposed what to look at.
        """
        wanted = self._fused(rankings)[: max(CANDIDATES, k * 4)]
        self.env.cr.execute(
            SQL(
                """SELECT kbk.id, kbk.document_id, kbk.sequence, kbk.text,
                          kbd.name, kbk.page, kbk.section, kbk.collection_id
                     FROM gpt_kb_chunk kbk
                     JOIN gpt_kb_document kbd ON kbd.id = kbk.document_id
                    WHERE kbk.id = ANY(%s) AND %s AND kbd.id IN %s""",
                [chunk_id for chunk_id, _score in wanted],
                access.sql(),
                self.env["gpt.kb.access"]._documents_sql(),
            )
        )
        rows = {row[0]: row for row in self.env.cr.fetchall()}
        ranks = {
            method: {id_: n for n, id_ in enumerate(ranking.best(CANDIDATES), 1)}
            for method, ranking in rankings.items()
        }
        chunks = []
        for chunk_id, score in wanted:
            if chunk_id not in rows:
                continue
            _id, document_id, sequence, text, name, page, section, _c = rows[chunk_id]
            own = {
                method: numbers[chunk_id]
                for method, numbers in ranks.items()
                if chunk_id in numbers
            }
            chunks.append(
                ScoredChunk(
                    chunk_id, document_id, sequence, text, name, score, page or 0,
                    section or "", own,
                )
            )  # fmt: skip
        return chunks

    @api.model
    def _passages(self, chunks, k):
        """Return passages as ``gpt.service.retrieve`` does: neighbours joined."""
        passages = []
        for group in merge_neighbours(chunks, k):
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
