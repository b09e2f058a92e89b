# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from .gpt_kb_chunk import LANGUAGES

# Citations note them, too: they decide who may read.
_DECIDING = {"collection_id", "res_model", "res_id", "attachment_id"}


class GptKbDocument(models.Model):
    """A file, a text or a record, as the collection knows it.

    Its chunks follow it: what is deleted or rolled back here is no answer any more.
    """

    _name = "gpt.kb.document"
    _description = "Knowledge Document"
    _inherit = ["gpt.link.mixin"]
    _order = "id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    collection_id = fields.Many2one(
        "gpt.kb.collection", required=True, ondelete="cascade", index=True
    )
    is_public = fields.Boolean(
        related="collection_id.is_public", related_sudo=False, string="Public"
    )
    kind = fields.Selection(
        selection=[
            ("file", "File"),
            ("text", "Text"),
            ("record", "Record"),
            ("attachment", "Attachment of a record"),
        ],
        default="file",
        required=True,
    )
    datas = fields.Binary(string="File", attachment=True)
    filename = fields.Char()
    text = fields.Text(help="Pasted text, or what a record says.")
    source_id = fields.Many2one("gpt.kb.source", ondelete="cascade", index=True)
    attachment_id = fields.Many2one(
        "ir.attachment", ondelete="cascade", index="btree_not_null"
    )
    # NULL, not 0: the access rules ask for documents that are of no record.
    res_model = fields.Char(string="Record Model", index="btree_not_null")
    res_id = fields.Many2oneReference(string="Record", model_field="res_model")
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("queued", "Waiting"),
            ("indexing", "Indexing"),
            ("indexed", "Indexed"),
            ("error", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    progress = fields.Integer(string="Progress (%)", readonly=True, copy=False)
    problem = fields.Selection(
        selection=[
            ("empty", "The file is empty."),
            (
                "unknown_format",
                "This is no PDF, Word (.docx), text, Markdown or HTML file, whatever "
                "its name says.",
            ),
            ("encrypted", "The file is protected by a password. Save it without one."),
            ("broken", "The file is damaged and cannot be read."),
            ("too_large", "The file is too large, or unpacks to too much."),
            ("too_long", "Reading the file took too long."),
            (
                "no_text",
                "There is no text in it: probably scanned pages, and no program on the "
                "server that can read them. Run OCR on the file first.",
            ),
            ("crashed", "The file made the reader stop."),
            ("no_vector", "PostgreSQL lacks the extension for vectors."),
            ("embedding", "The embedding model did not answer."),
            ("vector_length", "The embedding model has become another one."),
            (
                "budget",
                "The budget is used up. Indexing goes on by itself as soon as "
                "something is left of it.",
            ),
            ("store", "The vector store did not answer."),
            ("internal", "An error in this program; see the log."),
        ],
        readonly=True,
        copy=False,
    )
    problem_detail = fields.Text(readonly=True, copy=False)
    warning = fields.Char(compute="_compute_warning")
    page_count = fields.Integer(string="Pages", readonly=True, copy=False)
    pages_without_text = fields.Char(readonly=True, copy=False)
    empty_pages = fields.Integer(readonly=True, copy=False)
    language = fields.Selection(LANGUAGES, readonly=True, copy=False)
    # Counted once, when it is indexed: a search needs the sums of many documents.
    indexed_chunks = fields.Integer(readonly=True, copy=False)
    indexed_chars = fields.Integer(readonly=True, copy=False)
    checksum = fields.Char(readonly=True, copy=False, index="btree_not_null")
    signature = fields.Char(readonly=True, copy=False)
    indexed_on = fields.Datetime(readonly=True, copy=False)
    job_uuid = fields.Char(string="Job", readonly=True, copy=False)
    # Which run indexes it now, and when it last said so.
    claimed_by = fields.Char(copy=False)
    claimed_at = fields.Datetime(copy=False)
    chunk_ids = fields.One2many("gpt.kb.chunk", "document_id")
    citation_ids = fields.One2many("gpt.kb.citation", "document_id")
    chunk_count = fields.Integer(string="Chunks", compute="_compute_chunk_count")
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable"
    )

    @api.model
    def default_get(self, fields_list):
        """Leave the collection empty, unless the document is made in one.

        What is in it may be read by everybody, so it is chosen, never a habit.
        """
        defaults = super().default_get(fields_list)
        if not self.env.context.get("default_collection_id"):
            defaults.pop("collection_id", None)
        return defaults

    @api.depends("chunk_ids")
    def _compute_chunk_count(self):
        counts = {
            document.id: count
            for document, count in self.env["gpt.kb.chunk"]._read_group(
                [("document_id", "in", self.ids)], ["document_id"], ["__count"]
            )
        }
        for document in self:
            document.chunk_count = counts.get(document.id, 0)

    @api.depends("pages_without_text", "empty_pages", "page_count", "chunk_ids")
    @api.depends_context("lang")
    def _compute_warning(self):
        unusable = self._unusable_counts()
        for document in self:
            parts = [
                document._pages_warning(),
                document._vectors_warning(unusable.get(document.id, 0)),
            ]
            document.warning = " ".join(filter(None, parts)) or False

    def _pages_warning(self):
        self.ensure_one()
        pages = self.pages_without_text
        if not pages:
            return ""
        if self.empty_pages * 2 > self.page_count:
            return self.env._(
                "No text on pages %(pages)s: most of it is scanned. Run OCR on the "
                "file.",
                pages=pages,
            )
        return self.env._("No text on pages %(pages)s.", pages=pages)

    def _vectors_warning(self, count):
        if not count:
            return ""
        return self.env._(
            "The embedding model gave no usable vector for %(count)s chunks: they are "
            "found by their words only. Index the document again.",
            count=count,
        )

    def _unusable_counts(self):
        """Return how many chunks of each document have no vector, though asked for."""
        groups = self.env["gpt.kb.chunk"]._read_group(
            [
                ("document_id", "in", self.ids),
                ("model_id", "!=", False),
                ("dimensions", "=", 0),
            ],
            ["document_id"],
            ["__count"],
        )
        return {document.id: count for document, count in groups}

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_readable(self):
        readable = self._readable_ids()
        for document in self:
            document.is_readable = document.id in readable

    def _readable_ids(self):
        """Return which of these documents the user may read."""
        if not self.ids:
            return set()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM gpt_kb_document WHERE id = ANY(%s) AND id IN %s",
                self.ids,
                self.env["gpt.kb.access"]._documents_sql(),
            )
        )
        return {id_ for (id_,) in self.env.cr.fetchall()}

    @api.model
    def _search_is_readable(self, operator, value):
        wanted = value if isinstance(value, bool) else True in value
        negated = operator in ("!=", "not in")
        found = self.env["gpt.kb.access"]._documents_sql()
        return [("id", "in" if wanted != negated else "not in", found)]

    @api.constrains("kind", "attachment_id", "res_model", "res_id", "collection_id")
    def _check_origin(self):
        """Refuse a file or a record that whoever writes the document may not read.

        A job reads it as superuser, and everybody in the collection is answered from
        it.
        """
        # The user counts, not sudo(): 19.0 checks constraints with it.
        documents = self.with_user(self.env.uid)
        documents._check_attachments()
        if not documents.env.su and len(documents._readable_ids()) < len(documents):
            raise AccessError(
                self.env._("You may not read what this document is made of.")
            )

    def _check_attachments(self):
        # Searching respects the rights of attachments in each series of Odoo; checking
        # them does not.
        wanted = self.attachment_id.ids
        found = self.env["ir.attachment"].search([("id", "in", wanted)])
        if len(found) < len(wanted):
            raise AccessError(self.env._("You may not read this file."))
        for document in self:
            if document.attachment_id and not document._has_file_of_its_record():
                raise ValidationError(
                    self.env._(
                        "Only a file that is attached to the document's record can "
                        "be referred to. Upload other files."
                    )
                )

    def _has_file_of_its_record(self):
        """Tell whether the attachment has the rights of this document's record."""
        self.ensure_one()
        # sudo: ir.attachment - where it is attached, not what is in it
        attachment = self.sudo().attachment_id
        return bool(
            self.res_model
            and attachment.res_model == self.res_model
            and attachment.res_id == self.res_id
            and not attachment.res_field
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("text") and not vals.get("datas"):
                vals.setdefault("kind", "text")
            vals.setdefault("filename", vals.get("name"))
            vals["res_model"] = vals.get("res_model") or None
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if "collection_id" in vals:
            # Its chunks are in the store of the collection it was in.
            # sudo: gpt.kb.chunk - whoever may move a document, moves its chunks
            self.sudo().chunk_ids.unlink()
        if vals.keys() & _DECIDING:
            # sudo: gpt.kb.citation - they follow the document, whoever may read them
            for document in self.sudo():
                document.citation_ids.write(document._cited_values())
        if vals.keys() & {"collection_id", "datas", "text"}:
            self.filtered(lambda document: document.state != "draft").action_index()
        return result

    def _cited_values(self):
        """Return what a citation notes of this document: what decides who may read."""
        return {
            "document_id": self.id,
            "collection_id": self.collection_id.id,
            "res_model": self.res_model or None,
            "res_id": self.res_id,
            "attachment_id": self.attachment_id.id,
        }

    def unlink(self):
        # Not left to the database: stores outside it must hear of it.
        # sudo: gpt.kb.chunk - whoever may delete a document, deletes its chunks
        self.sudo().chunk_ids.unlink()
        return super().unlink()

    def action_index(self):
        """Leave a job for each document that reads, cuts and embeds it."""
        self.check_access("write")
        # sudo: gpt.kb.document - states belong to the jobs
        documents = clean_superuser(self)
        documents.write({"state": "queued", "problem": False, "problem_detail": False})
        for document in documents:
            document.job_uuid = document._jobify_index().uuid
        return True

    def _jobify_index(self):
        return delayed(
            self,
            # Its name is not for everybody who looks after jobs.
            description=self.env._("Index document %(id)s", id=self.id),
            identity_key=f"kb_rag-index-{self.id}",
        )._run_index()

    def _run_index(self):
        """Index this document; the job of :meth:`action_index`."""
        self.ensure_one()
        self.env["gpt.kb.indexer"]._run(self)

    def _paid_by(self):
        """Return on whose account texts are embedded, as columns of the ledger."""
        company = self.collection_id.company_ids[:1] or self.env.company
        return {"company_id": company.id, "user_id": self.create_uid.id}

    def action_open_record(self):
        """Open what a document was made of, with the user's own rights."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def action_download(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/gpt.kb.document/{self.id}/datas?download=true"
            f"&filename_field=filename",
            "target": "self",
        }

    def action_open_chunks(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "gpt.kb.chunk",
            "view_mode": "list,form",
            "domain": [("document_id", "=", self.id)],
        }
