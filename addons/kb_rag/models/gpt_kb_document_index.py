# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The job that indexes a document: read, cut, keep what is new, embed.

Each step that touches the database has a short transaction of its own. Reading the file
and asking the model have none open. A run that was killed is run again, and finds what
it had finished.
"""

import base64
import hashlib
import logging
from datetime import timedelta

from odoo import fields, models

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.text.storable import storable_text
from odoo.addons.gpt_core.utils.transaction import (
    in_own_transaction,
    is_connection_lost,
    run_alone,
)
from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.reading.chunking import cut
from ..engine.reading.documents import Block, Page, Reading, ReadingError, number_ranges
from ..engine.reading.reader import read_document
from ..engine.retrieval.language import language_of
from ..engine.store_error import StoreError

_logger = logging.getLogger(__name__)

# A run that says nothing for so long is dead; another one may take over.
STALE_AFTER = timedelta(minutes=10)
BUSY_SECONDS = 20


class GptKbDocument(models.Model):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.document"

    def _run_index(self):
        """Index this document; the job of :meth:`action_index`.

        :raises RetryableJobError: when another run is at it, or the model asks to wait
        """
        self.ensure_one()
        with run_alone(self.env):
            self._index(self.env.context.get("job_uuid") or f"now-{id(self)}")

    def _index(self, run):
        try:
            work = in_own_transaction(self.env, self._claim, run)
            if work is None:
                return
            self._index_text(work)
            self._embed_missing(run)
        except ReadingError as error:
            in_own_transaction(self.env, self._fail_to_read, error, work)
        except GptError as error:
            why = self._explain(error)
            in_own_transaction(self.env, self._fail, "embedding", why)
        except StoreError as error:
            in_own_transaction(self.env, self._fail, "store", str(error))
        except RetryableJobError:
            raise
        except Exception as error:
            if not is_connection_lost(error):  # or else the job is run again
                in_own_transaction(self.env, self._fail, "internal", "")
            raise

    # The phases that have a transaction; each takes the environment of its own.

    def _claim(self, env, run):
        """Take the document for this run; return what there is to read."""
        document = self.with_env(env).exists()
        if not document:
            return None
        env.cr.execute(
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
        return document._work()

    def _work(self):
        """Return what the engine needs to read this document, as plain values."""
        self.ensure_one()
        work = {
            "name": self.filename or self.name,
            "data": None,
            "text": self.text or "",
            "chunking": self.collection_id._chunking(),
        }
        if self.kind == "attachment":
            # It may belong to another record by now, which others read.
            own = self._has_file_of_its_record()
            work["data"] = (own and self.attachment_id.raw) or b""
            work["name"] = self.attachment_id.name
        elif self.kind == "file":
            work["data"] = base64.b64decode(self.datas or b"")
        return work

    def _index_text(self, work):
        """Read and cut outside any transaction, then keep what is new."""
        reading = _read(work)
        chunks = cut(reading.pages, work["chunking"])
        if not chunks:
            raise ReadingError("no_text")
        in_own_transaction(
            self.env, self._keep_chunks, reading, chunks, _checksum(work)
        )

    def _keep_chunks(self, env, reading, chunks, checksum):
        """Bring the chunks up to date: equal ones stay, with their vectors."""
        document = self.with_env(env).exists()
        if not document:
            return
        env.cr.execute(
            "SELECT id FROM gpt_kb_document WHERE id = %s FOR UPDATE", [document.id]
        )
        language = language_of(" ".join(chunk.text for chunk in chunks[:60]))
        env["gpt.kb.chunk"]._replace(document, chunks, language)
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

    def _fail(self, env, problem, detail):
        """Show on the document why it could not be indexed."""
        document = self.with_env(env).exists()
        document.write(
            {
                "state": "error",
                "problem": problem,
                "problem_detail": storable_text(detail or "") or False,
                "claimed_by": False,
            }
        )

    def _fail_to_read(self, env, error, work):
        """Show it, and forget what was read of another file than this one."""
        document = self.with_env(env).exists()
        if document.checksum != _checksum(work):
            document.chunk_ids.unlink()
            document.write({"indexed_chunks": 0, "indexed_chars": 0, "checksum": False})
        document._fail(env, error.problem, error.detail)

    def _finish(self, env):
        """Mark the document as indexed with the collection's settings of now."""
        document = self.with_env(env).exists()
        if document:
            document.write(
                {
                    "state": "indexed",
                    "progress": 100,
                    "signature": document.collection_id._signature(),
                    "indexed_on": fields.Datetime.now(),
                    "claimed_by": False,
                }
            )


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
