# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 1000


class GptKbCitation(models.Model):
    """A passage that a model was given: which document, which page, no text.

    ``cited`` marks those that its answer rests on. ``gpt.request.booking`` writes them.

    It outlives its document, with the title and the page of then. Who may read it is
    told by what the document was part of, and made of: when that is gone as well,
    nobody can tell any more, and nobody may.
    """

    _name = "gpt.kb.citation"
    _description = "Citation"
    _order = "request_id, rank"
    _rec_name = "title"

    request_id = fields.Many2one(
        "gpt.request", required=True, ondelete="cascade", index=True
    )
    document_id = fields.Many2one("gpt.kb.document", ondelete="set null", index=True)
    title = fields.Char(help="Name of the document when it was cited.")
    rank = fields.Integer(help="Number of the passage, as the answer counts them.")
    cited = fields.Boolean(help="The answer names it as one that it rests on.")
    page = fields.Integer()
    score = fields.Float(digits=(16, 6))
    # Called as they are in gpt.kb.document: the same SQL tells who may read either.
    collection_id = fields.Many2one(
        "gpt.kb.collection", ondelete="set null", index="btree_not_null"
    )
    res_model = fields.Char(string="Record Model", index="btree_not_null")
    res_id = fields.Integer(string="Record")
    attachment_id = fields.Integer()
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable"
    )

    @api.depends("title", "page", "rank")
    def _compute_display_name(self):
        for citation in self:
            page = (
                self.env._(", p. %(page)s", page=citation.page) if citation.page else ""
            )
            citation.display_name = f"[{citation.rank}] {citation.title or ''}{page}"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_readable(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM gpt_kb_citation WHERE id = ANY(%s) AND id IN %s",
                self.ids,
                self.env["gpt.kb.access"]._citations_sql(),
            )
        )
        readable = {id_ for (id_,) in self.env.cr.fetchall()}
        for citation in self:
            citation.is_readable = citation.id in readable

    @api.model
    def _search_is_readable(self, operator, value):
        wanted = value if isinstance(value, bool) else True in value
        negated = operator in ("!=", "not in")
        found = self.env["gpt.kb.access"]._citations_sql()
        return [("id", "in" if wanted != negated else "not in", found)]

    @api.model_create_multi
    def create(self, vals_list):
        """Note citations; what they refer to may be gone since they were made."""
        for vals in vals_list:
            for name in ("document_id", "collection_id"):
                records = self.env[self._fields[name].comodel_name].browse(
                    vals.get(name)
                )
                vals[name] = records.exists().id
        return super().create(vals_list)

    @api.model
    def _purge(self, before):
        """Forget what documents of before then were called; they may be of people.

        :return: whether there may be more of them
        """
        old = self.search(
            [("create_date", "<", before), ("title", "!=", False)], limit=BATCH
        )
        old.write({"title": False})
        return len(old) == BATCH

    @api.model
    def _hidden_requests_sql(self):
        """Return a subselect of requests that cite what the user may not read."""
        return SQL(
            "(SELECT request_id FROM gpt_kb_citation WHERE id NOT IN %s)",
            self.env["gpt.kb.access"]._citations_sql(),
        )
