# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ``Retriever`` of ``gpt_core``, for the documents of collections."""

from dataclasses import replace

from odoo.addons.gpt_core.engine.retrieval.retriever import NoRetriever

from ..engine.retrieval.request import RetrievalRequest


class KnowledgeRetriever:
    """Finds passages of documents that the user of an environment may read.

    The question is embedded between two looks into the database.

    :param read: calls a function with an environment of that user, and returns what it
        returns; see ``gpt.service._retriever``
    :param others: finds what other addons know
    """

    def __init__(self, read, others=None):
        self._read = read
        self._others = others or NoRetriever()

    def retrieve(self, query, k, collection_ids=None, *, masker=None):
        """Return the best passages; see ``Retriever``."""
        masked = masker.mask(query) if masker else ""
        request = RetrievalRequest(query, k, collection_ids, masked_query=masked)
        own = self.run(request)
        others = self._others.retrieve(query, k, collection_ids, masker=masker)
        return replace(
            own,
            passages=[*own.passages, *others.passages][: max(k, 1)],
            calls=[*own.calls, *others.calls],
        )

    def run(self, request):
        """Return the ``Retrieval`` of a :class:`RetrievalRequest`."""
        models = self._read(
            lambda env: env["gpt.kb.retriever"]._question_models(request)
        )
        question = _embedded(request, models)
        return self._read(
            lambda env: env["gpt.kb.retriever"]._retrieval(request, question)
        )


def _embedded(request, models):
    # Imported here: a worker that never embeds anything does not pay for it.
    from ..engine.vectors.question_embedding import embed_question

    return embed_question(request.masked_query or request.query, models)
