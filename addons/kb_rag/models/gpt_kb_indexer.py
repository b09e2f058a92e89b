# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.text.storable import storable_text
from odoo.addons.gpt_core.utils.transaction import (
    is_connection_lost,
    own_transaction,
    run_alone,
)
from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.reading.chunking import cut
from ..engine.reading.documents import (
    Block,
    Page,
    Reading,
    ReadingError,
    number_ranges,
)
from ..engine.reading.reader import read_document
from ..engine.retrieval.language import language_of
from ..engine.store_call import StoreError

# A run that says nothing for so long is dead; another one may take over.
STALE_AFTER = timedelta(minutes=10)
BUSY_SECONDS = 20


class GptKbIndexer(models.AbstractModel):
    """The job that indexes a document: read, cut, keep what is new, embed.

    Each phase that touches the database has a short transaction of its own. Reading the
    file and asking the model have none open. A run that was killed is run again, and
    finds what it had finished.
    """

    _name = "gpt.kb.indexer"
    _description = "Document Indexer"

    @api.model
    def _run(self, document):
        """Index a document.

        :raises RetryableJobError: when another run is at it, or the model asks to wait
        """
        with run_alone(self.env):
            self._index(document, self.env.context.get("job_uuid") or f"now-{id(self)}")

    @api.model
    def _index(self, document, run):
        try:
            work = self._claim(document, run)
            if work is None:
                return
            self._index_text(document, work)
            self.env["gpt.kb.embedder"]._embed_missing(document, run)
        except ReadingError as error:
            self._fail_to_read(document, error, work)
        except GptError as error:
            why = self.env["gpt.kb.embedder"]._explain(error)
            self._end_failed(document, "embedding", why)
        except StoreError as error:
            self._end_failed(document, "store", str(error))
        except RetryableJobError:
            raise
        except Exception as error:
            if not is_connection_lost(error):  # or else the job is run again
                self._end_failed(document, "internal", "")
            raise

    @api.model
    @own_transaction
    def _claim(self, document, run):
        """Take the document for this run; return what there is to read."""
        document = document.exists()
        if not document:
            return None
        self.env.cr.execute(
            "SELECT id FROM gpt_kb_document WHERE id = %s FOR NO KEY UPDATE",
            [document.id],
        )
        document.invalidate_recordset(["claimed_by", "claimed_at"])
        fresh = document.claimed_at and (
            document.claimed_at > fields.Datetime.now() - STALE_AFTER
        )
        if fresh and document.claimed_by not in (False, run):
            raise RetryableJobError(
                "another run indexes this document",
                seconds=BUSY_SECONDS,
                ignore_retry=True,
            )
        document.write(
            {
                "state": "indexing",
                "problem": False,
                "problem_detail": False,
                "claimed_by": run,
                "claimed_at": fields.Datetime.now(),
            }
        )
        return self._work(document)

    @api.model
    def _work(self, document):
        """Return what the engine needs to read a document, as plain values."""
        work = {
            "name": document.filename or document.name,
            "data": None,
            "text": document.text or "",
            "chunking": document.collection_id._chunking(),
        }
        if document.kind == "attachment":
            # It may belong to another record by now, which others read.
            own = document._has_file_of_its_record()
            work["data"] = (own and document.attachment_id.raw) or b""
            work["name"] = document.attachment_id.name
        elif document.kind == "file":
            work["data"] = base64.b64decode(document.datas or b"")
        return work

    @api.model
    def _index_text(self, document, work):
        """Read and cut outside any transaction, then keep what is new."""
        reading = _read(work)
        chunks = cut(reading.pages, work["chunking"])
        if not chunks:
            raise ReadingError("no_text")
        self._keep_chunks(document, reading, chunks, _checksum(work))

    @api.model
    @own_transaction
    def _keep_chunks(self, document, reading, chunks, checksum):
        """Bring the chunks up to date: equal ones stay, with their vectors."""
        document = document.exists()
        if not document:
            return
        self.env.cr.execute(
            "SELECT id FROM gpt_kb_document WHERE id = %s FOR UPDATE", [document.id]
        )
        language = language_of(" ".join(chunk.text for chunk in chunks[:60]))
        self.env["gpt.kb.chunk"]._replace(document, chunks, language)
        document.chunk_ids._retry_unusable()
        document.write(
            {
                "page_count": reading.page_count,
                "pages_without_text": number_ranges(reading.empty_pages) or False,
                "language": language,
                "indexed_chunks": len(chunks),
                "indexed_chars": sum(len(chunk.text) for chunk in chunks),
                "checksum": checksum,
                "empty_pages": len(reading.empty_pages),
            }
        )

    @api.model
    def _fail(self, document, problem, detail):
        """Show on the document why it could not be indexed."""
        document.write(
            {
                "state": "error",
                "problem": problem,
                "problem_detail": storable_text(detail or "") or False,
                "claimed_by": False,
            }
        )

    @api.model
    @own_transaction
    def _end_failed(self, document, problem, detail):
        """End a run by showing why the document could not be indexed."""
        self._fail(document.exists(), problem, detail)

    @api.model
    @own_transaction
    def _fail_to_read(self, document, error, work):
        """Show it, and forget what was read of another file than this one."""
        document = document.exists()
        if document.checksum != _checksum(work):
            document.chunk_ids.unlink()
            document.write({"indexed_chunks": 0, "indexed_chars": 0, "checksum": False})
        self._fail(document, error.problem, error.detail)

    @api.model
    @own_transaction
    def _finish(self, document):
        """Mark the document as indexed with the collection's settings of now."""
        document = document.exists()
        if not document:
            return
        document.write(
            {
                "state": "indexed",
                "progress": 100,
                "signature": document.collection_id._signature(),
                "indexed_on": fields.Datetime.now(),
                "claimed_by": False,
            }
        )

    @api.model
    def _cron_wait_for_budget(self):
        """Go on with what a budget has stopped, once something is left of it."""
        waiting = self.env["gpt.kb.document"].search(
            [("state", "=", "error"), ("problem", "=", "budget")], limit=1000
        )
        for payer, documents in waiting.grouped(
            lambda document: tuple(document._paid_by().items())
        ).items():
            alike = self.env["gpt.request"].new(dict(payer))
            if not self.env["gpt.budget"]._is_used_up(alike):
                documents.action_index()

    @api.model
    def _cron_wait_for_vectors(self):
        """Index what waited for the extension, once it is there."""
        waiting = self.env["gpt.kb.document"].search(
            [("state", "=", "error"), ("problem", "=", "no_vector")], limit=1000
        )
        if waiting and self.env["gpt.kb.pgvector"]._is_ready():
            waiting.action_index()


def _checksum(work):
    data = work["data"] if work["data"] is not None else work["text"].encode()
    return hashlib.sha256(data).hexdigest()


def _read(work):
    """Return the content as a :class:`~..engine.reading.documents.Reading`."""
    if work["data"] is not None:
        return read_document(work["data"], work["name"])
    if not work["text"].strip():
        raise ReadingError("empty")
    from ..engine.reading.markup import read_markdown

    page = read_markdown(work["text"])
    return Reading([page if page.blocks else Page(0, (Block(work["text"]),))])
