# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The second half of indexing: vectors for the chunks that have none."""

import logging

from odoo import api, fields, models

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.utils.transaction import in_own_transaction
from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.store_error import StoreError

_logger = logging.getLogger(__name__)

# How many chunks one call is made of at most; the engine says how many fit.
BATCH = 128


class GptKbDocument(models.Model):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.document"

    def _embed_missing(self, run):
        """Embed chunk by chunk what has no vector of the collection's model yet."""
        most = BATCH
        while True:
            plan = in_own_transaction(self.env, self._plan_batch, run, most)
            if plan is None:
                return
            if plan.get("done"):
                in_own_transaction(self.env, self._finish)
                return
            if plan.get("problem"):
                in_own_transaction(self.env, self._fail, plan["problem"], plan["why"])
                return
            if not self._embed_batch(plan):
                most = len(plan["texts"]) // 2

    def _embed_batch(self, plan):
        """Ask the model while no transaction is open, and keep what it says.

        Return whether it was in time; a server of one's own may need smaller batches.
        """
        from ..engine.vectors.embedding import embed_texts, masked

        texts = plan["texts"]
        if plan["mask"]:
            texts = list(map(masked, texts))
        texts = [plan["prefix"] + text for text in texts]
        outcome = embed_texts(plan["embeddings"], texts)
        try:
            error = in_own_transaction(self.env, self._keep_vectors, plan, outcome)
        except StoreError:
            # The vectors are lost, and embedded again. What they cost is not.
            in_own_transaction(self.env, _book, plan, outcome)
            raise
        if error and error.code == "timeout" and len(texts) > 1:
            return False
        if error:
            self._give_up(error)
        return True

    def _give_up(self, error):
        if error.retry_in and self._may_try_again():
            raise RetryableJobError(
                "the embedding model gave no answer", seconds=error.retry_in
            )
        raise error

    def _explain(self, error):
        """Return what a :class:`GptError` means, in words."""
        reason = self.env["gpt.request"]._error_label(error.code)
        return f"{reason} {error.detail}".strip()

    def _may_try_again(self):
        """Tell whether the job has tries left; without a job there are none."""
        job = (
            self.env["queue.job"]
            .sudo()
            .search([("uuid", "=", self.env.context.get("job_uuid", ""))], limit=1)
        )
        return bool(job) and (not job.max_retries or job.retry < job.max_retries)

    def _plan_batch(self, env, run, most=BATCH):
        """Return the next chunks to embed and with what; ``done`` when there are none.

        ``None`` when the document is gone, or another run has taken it over.

        :param most: how many chunks at once
        """
        document = self.with_env(env).exists()
        if not document or document.claimed_by != run:
            return None
        document.claimed_at = fields.Datetime.now()
        collection = document.collection_id
        if not collection.model_id:
            return {"done": True}
        Chunk = env["gpt.kb.chunk"]
        if not collection.store_id and not Chunk._has_vectors():
            return {"problem": "no_vector", "why": Chunk._vector_problem()}
        chunks = Chunk._without_vector(document, most)
        if not chunks:
            return {"done": True}
        try:
            embeddings = collection._get_embeddings()
        except GptError as error:
            return {"problem": "embedding", "why": document._explain(error)}
        return document._plan_call(chunks, embeddings, self.env.context.get("job_uuid"))

    def _plan_call(self, chunks, embeddings, job_uuid):
        """Return one call of the model: as many of the chunks as fit into it."""
        from ..engine.vectors.embedding import batches

        texts = [chunk._embedded_text() for chunk in chunks]
        texts = texts[: len(next(batches(texts)))]
        chunks = chunks[: len(texts)]
        collection = self.collection_id
        request, refused = self.env["gpt.request"]._begin_embedding(
            collection.model_id, self, job_uuid, texts
        )
        if refused:
            return {"problem": "budget", "why": refused.detail}
        return {
            "request_id": request.id,
            "model_id": collection.model_id.id,
            "vectors_key": collection.model_id._vectors_key(),
            "embeddings": embeddings,
            "chunk_ids": chunks.ids,
            "texts": texts,
            "mask": collection.mask_pii,
            "prefix": collection.model_id.passage_prefix or "",
        }

    def _keep_vectors(self, env, plan, outcome):
        """Write vectors and what they cost in one transaction; return the error."""
        document = self.with_env(env).exists()
        _book(env, plan, outcome)
        if outcome.error or not document:
            return outcome.error
        model = env["gpt.model"].browse(plan["model_id"]).exists()
        if not model or model._vectors_key() != plan["vectors_key"]:
            # It became another model while it was asked.
            return None
        chunks = env["gpt.kb.chunk"].browse(plan["chunk_ids"])
        there = set(chunks.exists().ids)
        # A text that has changed meanwhile is another chunk.
        vectors = {
            chunk.id: vector
            for chunk, vector in zip(chunks, outcome.vectors, strict=True)
            if chunk.id in there
        }
        Chunk = env["gpt.kb.chunk"]
        usual, given = Chunk._usual_length(model.id, vectors), set(_lengths(vectors))
        if given and usual not in given:
            # Not one by mistake: it has become another model.
            why = model._length_problem(min(given), usual)
            document._fail(env, "vector_length", why)
            return None
        Chunk._set_vectors(document, model.id, vectors)
        document._show_progress()
        return None

    def _paid_by(self):
        """Return on whose account texts are embedded, as columns of the ledger."""
        company = self.collection_id.company_ids[:1] or self.env.company
        return {"company_id": company.id, "user_id": self.create_uid.id}

    @api.model
    def _cron_wait_for_budget(self):
        """Go on with what a budget has stopped, once something is left of it."""
        waiting = self.search(
            [("state", "=", "error"), ("problem", "=", "budget")], limit=1000
        )
        for payer, documents in waiting.grouped(
            lambda document: tuple(document._paid_by().items())
        ).items():
            alike = self.env["gpt.request"].new(dict(payer))
            if not self.env["gpt.budget"]._is_used_up(alike):
                documents.action_index()

    def _show_progress(self):
        self.ensure_one()
        Chunk = self.env["gpt.kb.chunk"]
        total = Chunk.search_count([("document_id", "=", self.id)])
        done = Chunk.search_count(
            [
                ("document_id", "=", self.id),
                ("model_id", "=", self.collection_id.model_id.id),
            ]
        )
        self.progress = round(100 * done / (total or 1))


def _lengths(vectors):
    return (len(vector) for vector in vectors.values() if vector)


def _book(env, plan, outcome):
    """Note in the ledger what a call took, also when nothing came of it."""
    request = env["gpt.request"].browse(plan["request_id"]).exists()
    request._end_embedding(
        outcome.usage,
        outcome.seconds,
        outcome.error,
        outcome.tries,
        is_estimated=outcome.is_estimated,
    )
