# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class GptKbCitation(models.Model):
    """A passage that an answer was given: which document, which page, no text."""

    _name = "gpt.kb.citation"
    _description = "Citation"
    _order = "request_id, rank"
    _rec_name = "document_id"

    request_id = fields.Many2one(
        "gpt.request", required=True, ondelete="cascade", index=True
    )
    document_id = fields.Many2one(
        "gpt.kb.document", required=True, ondelete="cascade", index=True
    )
    rank = fields.Integer(help="Place among the passages, as the answer counts them.")
    page = fields.Integer()
    score = fields.Float(digits=(16, 6))

    @api.depends("document_id.name", "page", "rank")
    def _compute_display_name(self):
        for citation in self:
            page = (
                self.env._(", p. %(page)s", page=citation.page) if citation.page else ""
            )
            citation.display_name = (
                f"[{citation.rank}] {citation.document_id.name}{page}"
            )

    @api.model
    def _hidden_requests_sql(self):
        """Return a subselect of requests that cite what the user may not read."""
        return SQL(
            """(SELECT request_id FROM gpt_kb_citation
                 WHERE document_id NOT IN %s)""",
            self.env["gpt.kb.access"]._documents_sql(),
        )
