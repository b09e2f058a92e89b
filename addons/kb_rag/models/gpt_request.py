# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.tools import SQL


class GptRequest(models.Model):
    _inherit = "gpt.request"

    kb_citation_ids = fields.One2many(
        "gpt.kb.citation", "request_id", string="Cited Documents"
    )
    kb_cites_hidden = fields.Boolean(
        compute="_compute_kb_cites_hidden",
        search="_search_kb_cites_hidden",
        help="It was answered from a document that you may not read.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_kb_cites_hidden(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM gpt_request WHERE id = ANY(%s) AND id IN %s",
                self.ids,
                self.env["gpt.kb.citation"]._hidden_requests_sql(),
            )
        )
        hidden = {id_ for (id_,) in self.env.cr.fetchall()}
        for request in self:
            request.kb_cites_hidden = request.id in hidden

    @api.model
    def _search_kb_cites_hidden(self, operator, value):
        wanted = value if isinstance(value, bool) else True in value
        negated = operator in ("!=", "not in")
        hidden = self.env["gpt.kb.citation"]._hidden_requests_sql()
        return [("id", "in" if wanted != negated else "not in", hidden)]

    def _outcome_values(self, outcome):
        values = super()._outcome_values(outcome)
        if outcome.passages:
            values["kb_citation_ids"] = self._citation_commands(outcome.passages)
        return values

    def _cite(self, passages):
        """Note which passages this request was answered from."""
        self.ensure_one()
        if passages:
            self.write({"kb_citation_ids": self._citation_commands(passages)})

    @api.model
    def _citation_commands(self, passages):
        """Return the commands that note passages, as JSON; texts are not kept."""
        # sudo: gpt.kb.document - the asker was given passages of it
        documents = self.env["gpt.kb.document"].sudo()
        return [
            list(
                Command.create(
                    {
                        "document_id": passage["document_id"],
                        "rank": rank,
                        "page": passage.get("page", 0),
                        "score": passage.get("score", 0.0),
                    }
                )
            )
            for rank, passage in enumerate(passages, 1)
            if documents.browse(passage.get("document_id")).exists()
        ]

    @api.model
    def _record_embedding(self, model_id, document, job_uuid, outcome):
        """Write the ledger's row of one call of an embedding model.

        :param outcome: the engine's :class:`~..engine.embedding.Embedded`
        """
        model = self.env["gpt.model"].browse(model_id)
        company = document.collection_id.company_ids[:1] or self.env.company
        values = {
            "model_id": model.id,
            "res_model": "gpt.kb.document",
            "res_id": document.id,
            "job_uuid": job_uuid,
            "attempts": 1,
            "input_tokens": outcome.usage.input_tokens,
            "cost": model._prices().cost(outcome.usage),
            "duration_ms": round(outcome.seconds * 1000),
            "state": "done",
            "company_id": company.id,
        }
        if outcome.error:
            values |= {
                "state": "failed",
                "error_code": outcome.error.code,
                "error_message": outcome.error.detail,
            }
        return self.create(values)
