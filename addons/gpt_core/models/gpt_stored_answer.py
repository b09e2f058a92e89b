# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ..utils.transaction import is_over_sql, own_transaction, transaction_id

BATCH = 500
# Whatever still runs after so long was killed: no provider is waited for that long.
STALE = timedelta(hours=1)


class GptStoredAnswer(models.Model):
    """The idempotency record of :meth:`~gpt.service.complete`: what was paid for.

    The ledger's row belongs to the transaction of whoever asked, and is gone when that
    is rolled back, although the answer was paid for. So the answer is committed on its
    own as soon as it is there. When the transaction was committed, the ledger has the
    row, and the stored answer goes. When it was undone, the next try of the same takes
    the answer instead of asking again, or it is booked all the same.

    Ids are kept as numbers: what they refer to may not be committed yet.
    """

    _name = "gpt.stored.answer"
    _description = "GPT Stored Answer"
    _order = "id desc"

    request_id = fields.Integer(required=True, index=True)
    xid = fields.Char(
        required=True, help="The transaction that the request's row is in."
    )
    fingerprint = fields.Char(index="btree_not_null")
    company_id = fields.Integer(required=True)
    conversation_id = fields.Integer()
    partner_id = fields.Integer()
    # Columns of the ledger's row, masked as they are there: whose it is, and what came
    # of it.
    row_values = fields.Json()
    outcome_values = fields.Json()

    @api.model
    def _values(self, request):
        """Return the values of what will keep the answer to ``request``.

        Read beforehand: the connection may be lost while the model is asked.
        """
        return {
            "request_id": request.id,
            "xid": str(transaction_id(self.env.cr)),
            "fingerprint": request.fingerprint or None,
            "company_id": request.company_id.id,
            "conversation_id": request.conversation_id.id or 0,
            "partner_id": request.partner_id.id or 0,
            "row_values": self._row_values(request),
        }

    @api.model
    def _row_values(self, request):
        """Return the columns that say whose row ``request`` is, as JSON."""
        links = ("chain_version_id", "company_id", "user_id", "conversation_id")
        links += ("partner_id", "model_id")
        plain = ("res_model", "res_id", "fingerprint", "job_uuid", "max_chars")
        owner = {name: request[name].id for name in links}
        return owner | {name: request[name] for name in plain}

    @own_transaction
    def _keep(self, values, outcome):
        """Commit an answer before it is booked; what it took replaces what it may.

        :param values: as :meth:`_values` returned them
        :param outcome: the columns that :meth:`~gpt.request.booking._book` will write
        """
        columns = values | {
            "row_values": Json(values["row_values"]),
            "outcome_values": Json(outcome),
            "create_date": fields.Datetime.now(),
        }
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM gpt_stored_answer WHERE request_id = %(request)s;
                INSERT INTO gpt_stored_answer (%(columns)s) VALUES %(values)s;
                UPDATE gpt_reservation SET cost = %(cost)s, tokens = %(tokens)s
                 WHERE request_id = %(request)s
                """,
                request=values["request_id"],
                columns=SQL(", ").join(map(SQL.identifier, columns)),
                values=tuple(columns.values()),
                cost=outcome["cost"] + outcome["possible_cost"],
                tokens=outcome["input_tokens"] + outcome["output_tokens"],
            )
        )

    @api.model
    def _take(self, fingerprint):
        """Return what an undone transaction was answered to the same, ``None`` if it
        was not.

        It is deleted in the transaction that books the answer now.
        """
        found = self.search([("fingerprint", "=", fingerprint)])._of_undone()
        found = found.filtered(lambda answer: answer.outcome_values["state"] == "done")[
            :1
        ]
        outcome = found.outcome_values
        found.unlink()
        return outcome or None

    def _of_undone(self):
        """Return those whose transaction is over, and whose request has no row."""
        if not self:
            return self
        query = SQL(
            """
            SELECT g.id FROM gpt_stored_answer g
             WHERE g.id IN %s AND %s
               AND NOT EXISTS (SELECT FROM gpt_request r WHERE r.id = g.request_id)
            """,
            tuple(self.ids),
            is_over_sql("g"),
        )
        self.env.cr.execute(query)
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _book(self):
        """Add the row of an action whose transaction was undone after it was paid for.

        What that transaction had made is gone, and is not referred to.
        """
        self.ensure_one()
        requests = self.env["gpt.request"]
        values = self.row_values | self.outcome_values
        for name, value in list(values.items()):
            field = requests._fields[name]
            if field.type == "many2one" and value:
                values[name] = self.env[field.comodel_name].browse(value).exists().id
        if values["company_id"]:
            requests.create(values)

    @api.model
    def _purge(self, before, limit):
        """Delete what is left from before then; return whether there may be more."""
        old = self.search([("create_date", "<", before)], limit=limit)
        old.unlink()
        return len(old) == limit

    @api.model
    def _cron_settle(self):
        """Book what was paid in transactions that were undone; tidy up the rest."""
        answers = self.search([], limit=BATCH, order="id")
        undone = answers._of_undone()
        for answer in undone:
            answer._book()
        requests = self.env["gpt.request"].browse(answers.mapped("request_id"))
        booked = set(requests.exists().ids)
        stale = fields.Datetime.now() - STALE
        over = answers.filtered(
            lambda answer: answer.request_id in booked or answer.create_date < stale
        )
        (over | undone).unlink()
        if len(answers) == BATCH and over | undone:
            self.env.ref("gpt_core.cron_settle")._trigger()
