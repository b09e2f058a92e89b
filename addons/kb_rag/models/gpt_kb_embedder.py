# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.utils.transaction import own_transaction
from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.store_call import StoreError

# How many chunks one call is made of at most; the engine says how many fit.
BATCH = 128


class GptKbEmbedder(models.AbstractModel):
    """The second half of indexing: vectors for the chunks that have none."""

    _name = "gpt.kb.embedder"
    _description = "Document Embedder"

    @api.model
    def _embed_missing(self, document, run):
        """Embed batch by batch what has no vector of the collection's model yet."""
        indexer, most = self.env["gpt.kb.indexer"], BATCH
        job_uuid = self.env.context.get("job_uuid")
        while True:
            plan = self._plan_batch(document, run, job_uuid, most)
            if plan is None:
                return
            if plan.get("done"):
                indexer._finish(document)
                return
            if plan.get("problem"):
                indexer._end_failed(document, plan["problem"], plan["why"])
                return
            if not self._embed_batch(document, plan):
                most = len(plan["texts"]) // 2

    @api.model
    def _embed_batch(self, document, plan):
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
            error = self._keep_vectors(document, plan, outcome)
        except StoreError:
            # The vectors are lost, and embedded again. What they cost is not.
            self._book_lost(plan, outcome)
            raise
        if error and error.code == "timeout" and len(texts) > 1:
            return False
        if error:
            self._give_up(error)
        return True

    @api.model
    def _give_up(self, error):
        if error.retry_in and self._may_try_again():
            raise RetryableJobError(
                "the embedding model gave no answer", seconds=error.retry_in
            )
        raise error

    @api.model
    def _explain(self, error):
        """Return what a :class:`GptError` means, in words."""
        reason = self.env["gpt.request.error"]._label(error.code)
        return f"{reason} {error.detail}".strip()

    @api.model
    def _may_try_again(self):
        """Tell whether the job has tries left; without a job there are none."""
        job = (
            self.env["queue.job"]
            .sudo()
            .search([("uuid", "=", self.env.context.get("job_uuid", ""))], limit=1)
        )
        return bool(job) and (not job.max_retries or job.retry < job.max_retries)

    @api.model
    @own_transaction
    def _plan_batch(self, document, run, job_uuid, most=BATCH):
        """Return the next chunks to embed and with what; ``done`` when there are none.

        ``None`` when the document is gone, or another run has taken it over.

        :param most: how many chunks at once
        """
        document = document.exists()
        if not document or document.claimed_by != run:
            return None
        document.claimed_at = fields.Datetime.now()
        collection = document.collection_id
        if not collection.model_id:
            return {"done": True}
        pgvector = self.env["gpt.kb.pgvector"]
        if not collection.store_id and not pgvector._is_ready():
            return {"problem": "no_vector", "why": pgvector._problem()}
        chunks = self.env["gpt.kb.chunk"]._without_vector(document, most)
        if not chunks:
            return {"done": True}
        try:
            embeddings = collection._get_embeddings()
        except GptError as error:
            return {"problem": "embedding", "why": self._explain(error)}
        return self._plan_call(document, chunks, embeddings, job_uuid)

    @api.model
    def _plan_call(self, document, chunks, embeddings, job_uuid):
        """Return one call of the model: as many of the chunks as fit into it."""
        from ..engine.vectors.embedding import batches

        texts = [chunk._embedded_text() for chunk in chunks]
        texts = texts[: len(next(batches(texts)))]
        chunks = chunks[: len(texts)]
        collection = document.collection_id
        request, refused = self.env["gpt.request"]._begin_embedding(
            collection.model_id, document, job_uuid, texts
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

    @api.model
    @own_transaction
    def _keep_vectors(self, document, plan, outcome):
        """Write vectors and what they cost in one transaction; return the error."""
        self._book(plan, outcome)
        document = document.exists()
        if outcome.error or not document:
            return outcome.error
        model = self.env["gpt.model"].browse(plan["model_id"]).exists()
        if not model or model._vectors_key() != plan["vectors_key"]:
            # It became another model while it was asked.
            return None
        chunks = self.env["gpt.kb.chunk"].browse(plan["chunk_ids"])
        there = set(chunks.exists().ids)
        # A text that has changed meanwhile is another chunk.
        vectors = {
            chunk.id: vector
            for chunk, vector in zip(chunks, outcome.vectors, strict=True)
            if chunk.id in there
        }
        Chunk = self.env["gpt.kb.chunk"]
        usual, given = Chunk._usual_length(model.id, vectors), set(_lengths(vectors))
        if given and usual not in given:
            # Not one by mistake: it has become another model.
            why = model._length_problem(min(given), usual)
            self.env["gpt.kb.indexer"]._fail(document, "vector_length", why)
            return None
        Chunk._set_vectors(document, model.id, vectors)
        self._show_progress(document)
        return None

    @api.model
    def _book(self, plan, outcome):
        """Note in the ledger what a call took, also when nothing came of it."""
        request = self.env["gpt.request"].browse(plan["request_id"]).exists()
        request._end_embedding(
            outcome.usage,
            outcome.seconds,
            outcome.error,
            outcome.tries,
            is_estimated=outcome.is_estimated,
        )

    @api.model
    @own_transaction
    def _book_lost(self, plan, outcome):
        """Note what a call took whose vectors could not be kept."""
        self._book(plan, outcome)

    @api.model
    def _show_progress(self, document):
        Chunk = self.env["gpt.kb.chunk"]
        total = Chunk.search_count([("document_id", "=", document.id)])
        done = Chunk.search_count(
            [
                ("document_id", "=", document.id),
                ("model_id", "=", document.collection_id.model_id.id),
            ]
        )
        document.progress = round(100 * done / (total or 1))


def _lengths(vectors):
    return (len(vector) for vector in vectors.values() if vector)
