# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.provider.tries import Tries
from odoo.addons.gpt_core.engine.provider.usage import Usage, most_tokens

NO_TRIES = Tries()


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

    @api.model
    def _book_questions(self, calls):
        """Write a row for each call that embedded a question of no chain's run.

        :param calls: the engine's ``CallRecord``; one that reached nobody is left out
        """
        for call in calls:
            if call.usage.input_tokens or call.tries.made:
                row = self.create({"model_id": call.model_id, "attempts": 1})
                row._end_embedding(
                    call.usage,
                    call.seconds,
                    call.error,
                    call.tries,
                    is_estimated=call.is_estimated,
                )

    @api.model
    def _begin_embedding(self, model, document, job_uuid, texts):
        """Open the ledger's row of one call of an embedding model.

        A run that was killed left its row open; it is gone on with.

        :param texts: what the model will be sent
        :return: the row, and the :class:`GptError` of a budget that refuses the call
        """
        about = {"res_model": document._name, "res_id": document.id}
        left = {**about, "state": "running"}
        row = self.search([(name, "=", value) for name, value in left.items()])[:1]
        values = {
            **about,
            **document._paid_by(),
            # It counts as a request from the moment on that it may begin.
            "state": "pending",
            "model_id": model.id,
            "job_uuid": job_uuid,
            "attempts": row.attempts + 1,
        }
        if row:
            row.write(values)
        else:
            row = self.create(values)
        usage = Usage(input_tokens=sum(map(most_tokens, texts)))
        expected = {"cost": model._prices().cost(usage), "tokens": usage.input_tokens}
        try:
            self.env["gpt.budget"]._admit(row, lambda: expected)
        except GptError as error:
            row._end_embedding(Usage(), error=error)
            return row, error
        row.state = "running"
        return row, None

    def _end_embedding(
        self, usage, seconds=0.0, error=None, tries=NO_TRIES, is_estimated=False
    ):
        """Close the row of a call of an embedding model with what it took."""
        values = {
            "input_tokens": usage.input_tokens,
            "cost": self.model_id._prices().cost(usage),
            "duration_ms": round(seconds * 1000),
            "state": "failed" if error else "done",
            "provider_calls": self.provider_calls + tries.made,
            "unanswered_calls": self.unanswered_calls + tries.unanswered,
            "is_estimated": is_estimated,
        }
        if error:
            values |= {"error_code": error.code, "error_message": error.detail}
        self.write(values)
        self.env["gpt.reservation"]._release(self)
