# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ..utils.transaction import in_own_transaction, transaction_id

BATCH = 500
# Whatever still runs after so long was killed: no provider is waited for that long.
STALE = timedelta(hours=1)


class GptReceipt(models.Model):
    """What an action may cost while it runs, and what it was answered, until booked.

    The ledger's row of :meth:`~gpt.service.complete` belongs to the transaction of
    whoever called it: nobody else sees it before that one is committed, and it is gone
    when it is rolled back, although the answer was paid for. So a receipt is committed
    on its own: before the model is asked, with what that will probably cost, for the
    budgets of those who ask at the same time; and as soon as it has answered, with the
    answer. It counts while its transaction runs. Afterwards the ledger has the row and
    the receipt goes; or the transaction was undone, and the answer waits here for the
    next try, or to be booked all the same.

    Ids are kept as numbers: what they refer to may not be committed yet.
    """

    _name = "gpt.receipt"
    _description = "GPT Receipt"
    _order = "id desc"

    request_id = fields.Integer(required=True, index=True)
    xid = fields.Char(
        required=True, help="The transaction that the request's row is in."
    )
    fingerprint = fields.Char(index="btree_not_null")
    company_id = fields.Integer(required=True, index=True)
    chain_id = fields.Integer()
    conversation_id = fields.Integer()
    user_id = fields.Integer()
    partner_id = fields.Integer()
    cost = fields.Float(digits=(16, 6))
    tokens = fields.Integer()
    # The columns of the ledger's row, masked as they are there.
    answered = fields.Json()

    @api.model
    def _values(self, request, amounts, answered=None):
        """Return the values of a receipt for ``request``.

        :param amounts: ``cost`` and ``tokens``, expected or paid
        :param answered: once there is an answer, its ``row`` and its ``outcome``, as
            ``gpt.request`` books them
        """
        return {
            "request_id": request.id,
            "xid": str(transaction_id(self.env.cr)),
            "fingerprint": request.fingerprint or None,
            "company_id": request.company_id.id,
            "chain_id": request.chain_id.id or 0,
            "conversation_id": request.conversation_id.id or 0,
            "user_id": request.user_id.id or 0,
            "partner_id": request.partner_id.id or 0,
            "cost": amounts["cost"],
            "tokens": amounts["tokens"],
            "answered": answered,
        }

    @api.model
    def _of_answer(self, request):
        """Return the values of the receipt that will keep an answer to ``request``."""
        row = {"row": request._row_values()}
        return self._values(request, {"cost": 0.0, "tokens": 0}, row)

    @api.model
    def _keep_answer(self, receipt, answered):
        """Commit a receipt with its answer, before that is booked.

        It needs no connection of the transaction that asked.

        :param receipt: as :meth:`_of_answer` returned it
        :param answered: the columns that :meth:`~gpt.request._book` will write
        """
        vals = receipt | {
            "cost": answered["cost"],
            "tokens": answered["input_tokens"] + answered["output_tokens"],
            "answered": receipt["answered"] | {"outcome": answered},
        }
        in_own_transaction(self.env, write_receipt, vals)

    @api.model
    def _drop(self, request):
        """Delete the receipt of ``request``, whose row says it all by now."""
        self.env.cr.execute(
            SQL("DELETE FROM gpt_receipt WHERE request_id = %s", request.id)
        )

    @api.model
    def _take_answer(self, fingerprint):
        """Return what an undone transaction was answered to the same, ``None`` if it
        was not.

        The receipt is deleted in the transaction that books the answer now.
        """
        found = self.search([("fingerprint", "=", fingerprint)])
        found = found._of_undone().filtered(
            lambda receipt: receipt._outcome().get("state") == "done"
        )[:1]
        outcome = found._outcome()
        found.unlink()
        return outcome or None

    def _outcome(self):
        return (self.answered or {}).get("outcome", {})

    def _of_undone(self):
        """Return those whose transaction is over, and whose request has no row."""
        if not self:
            return self
        query = SQL(
            """
            SELECT g.id FROM gpt_receipt g
             WHERE g.id IN %s AND %s IS DISTINCT FROM 'in progress'
               AND NOT EXISTS (SELECT FROM gpt_request r WHERE r.id = g.request_id)
            """,
            tuple(self.ids),
            self._status(),
        )
        self.env.cr.execute(query)
        return self.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _status(self):
        """Return the SQL for what became of a receipt's transaction.

        ``NULL`` for one that PostgreSQL does not know: it is long over, or the database
        was restored from a dump since.
        """
        return SQL(
            "CASE WHEN g.xid::bigint <= txid_current()"
            " THEN txid_status(g.xid::bigint) END"
        )

    @api.model
    def _under_way(self, scope, asker_xid, asker_id):
        """Return what runs now, and the requests of transaction ``asker_xid``.

        To be called on a cursor that was opened just now. The rows of transactions that
        are over by its snapshot are seen, and say what became of them; until then, the
        receipt alone says that something began.

        :param scope: a :class:`~..utils.budget_scope.Scope`
        :param asker_id: the request that is being admitted: it does not count
        :return: ``(amount in the scope's measure, ids of requests only their
            transaction sees)``
        """
        query = SQL(
            """
            SELECT g.xid = %(asker)s, %(measure)s, array_agg(g.request_id)
              FROM gpt_receipt g LEFT JOIN gpt_request r ON r.id = g.request_id
             WHERE %(condition)s AND g.request_id <> %(asker_id)s
          GROUP BY 1
            """,
            asker=str(asker_xid),
            asker_id=asker_id,
            measure=scope.receipt_measure(),
            condition=self._counts_now(scope),
        )
        self.env.cr.execute(query)
        amount, unseen = 0, []
        for own, sum_, request_ids in self.env.cr.fetchall():
            if own:
                unseen = request_ids
            else:
                amount = sum_ or 0
        return amount, unseen

    @api.model
    def _counts_now(self, scope):
        """Return the SQL condition on the receipts of what runs now.

        :param scope: a :class:`~..utils.budget_scope.Scope`
        """
        return SQL(
            """
            %(scope)s AND g.create_date >= %(since)s
            AND (r.state = 'running'
                 OR %(status)s IN ('in progress', 'committed')
                    AND NOT txid_visible_in_snapshot(
                        g.xid::bigint, txid_current_snapshot()))
            """,
            scope=scope.condition("g"),
            since=max(scope.since, fields.Datetime.now() - STALE),
            status=self._status(),
        )

    @api.model
    def _spent_and_under_way(self, scope):
        """Return what everybody has spent, and will by what runs now, by measure.

        It may be more than that: a request that runs may be counted twice. To be called
        on a cursor that was opened just now.

        :param scope: a :class:`~..utils.budget_scope.Scope`, of any measure
        """
        query = SQL(
            """
            SELECT COALESCE(SUM(cost), 0)::float, COALESCE(SUM(tokens), 0), COUNT(*)
              FROM (SELECT r.cost, r.total_tokens AS tokens
                      FROM gpt_request r
                     WHERE %(ledger)s AND r.create_date >= %(since)s
                       AND r.state <> 'pending'
                 UNION ALL
                    SELECT g.cost, g.tokens
                      FROM gpt_receipt g LEFT JOIN gpt_request r ON r.id = g.request_id
                     WHERE %(receipts)s) counted
            """,
            ledger=scope.condition("r"),
            since=scope.since,
            receipts=self._counts_now(scope),
        )
        self.env["gpt.request"].flush_model()
        self.env.cr.execute(query)
        measures = ("cost", "tokens", "requests")
        return dict(zip(measures, self.env.cr.fetchone(), strict=True))

    @api.model
    def _purge(self, before, limit):
        """Delete what is left from before then; return whether there may be more."""
        old = self.search([("create_date", "<", before)], limit=limit)
        old.unlink()
        return len(old) == limit

    @api.model
    def _cron_settle(self):
        """Book what was paid in transactions that were undone; tidy up the rest."""
        receipts = self.search([], limit=BATCH, order="id")
        undone = receipts._of_undone()
        for receipt in undone.filtered("answered"):
            self.env["gpt.request"]._book_undone(receipt.answered)
        self.env.cr.execute(
            SQL(
                "SELECT id FROM gpt_request WHERE id IN %s AND state <> 'running'",
                tuple(receipts.mapped("request_id")) or (0,),
            )
        )
        booked = {row[0] for row in self.env.cr.fetchall()}
        stale = fields.Datetime.now() - STALE
        over = receipts.filtered(
            lambda receipt: receipt.request_id in booked or receipt.create_date < stale
        )
        (over | undone).unlink()
        if len(receipts) == BATCH and over | undone:
            self.env.ref("gpt_core.cron_settle")._trigger()


def write_receipt(env, vals):
    """Write a receipt in place of an earlier one for the same request.

    Every action does so, hence without the ORM's detours.
    """
    now = {"create_date": fields.Datetime.now()}
    columns = vals | now | {"answered": vals["answered"] and Json(vals["answered"])}
    env.cr.execute(
        SQL(
            "DELETE FROM gpt_receipt WHERE request_id = %s;"
            " INSERT INTO gpt_receipt (%s) VALUES %s",
            vals["request_id"],
            SQL(", ").join(map(SQL.identifier, columns)),
            tuple(columns.values()),
        )
    )
