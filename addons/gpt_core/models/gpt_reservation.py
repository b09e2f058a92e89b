# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..utils.transaction import is_over_sql, transaction_id, transaction_status_sql

# Whatever still runs after so long was killed: no provider is waited for that long.
STALE = timedelta(hours=1)


class GptReservation(models.Model):
    """What a request that runs will probably cost, for budgets.

    The ledger's row may belong to the transaction of whoever called
    :meth:`~gpt.service.complete`: nobody else sees it before that is committed. So the
    reservation is committed on its own, before the model is asked. It counts while the
    request runs; afterwards the ledger says what was spent, and the reservation goes.

    Ids are kept as numbers: what they refer to may not be committed yet.
    """

    _name = "gpt.reservation"
    _description = "GPT Reservation"
    _order = "id desc"

    request_id = fields.Integer(required=True, index=True)
    xid = fields.Char(
        required=True, help="The transaction that the request's row is in."
    )
    company_id = fields.Integer(required=True, index=True)
    chain_id = fields.Integer()
    conversation_id = fields.Integer()
    user_id = fields.Integer()
    cost = fields.Float(digits=(16, 6))
    tokens = fields.Integer()

    @api.model
    def _values(self, request, amounts):
        """Return the values of a reservation for ``request``.

        :param amounts: its expected ``cost`` and ``tokens``
        """
        return {
            "request_id": request.id,
            "xid": str(transaction_id(self.env.cr)),
            "company_id": request.company_id.id,
            "chain_id": request.chain_id.id or 0,
            "conversation_id": request.conversation_id.id or 0,
            "user_id": request.user_id.id or 0,
            "cost": amounts["cost"],
            "tokens": amounts["tokens"],
        }

    @api.model
    def _reserve(self, values):
        """Write a reservation in place of an earlier one for the same request.

        Every action does so, hence without the ORM's detours.
        """
        columns = values | {"create_date": fields.Datetime.now()}
        self.env.cr.execute(
            SQL(
                "DELETE FROM gpt_reservation WHERE request_id = %s;"
                " INSERT INTO gpt_reservation (%s) VALUES %s",
                values["request_id"],
                SQL(", ").join(map(SQL.identifier, columns)),
                tuple(columns.values()),
            )
        )

    @api.model
    def _release(self, request):
        """Delete the reservation of ``request``, whose row says it all by now."""
        self.env.cr.execute(
            SQL("DELETE FROM gpt_reservation WHERE request_id = %s", request.id)
        )

    @api.model
    def _under_way(self, scope, asker_xid, asker_id):
        """Return what runs now, and the requests of transaction ``asker_xid``.

        To be called on a cursor that was opened just now. The rows of transactions that
        are over by its snapshot are seen, and say what became of them; until then, the
        reservation alone says that something began.

        :param scope: a :class:`~..utils.budget_scope.Scope`
        :param asker_id: the request that is being admitted: it does not count
        :return: ``(amount in the scope's measure, ids of requests only their
            transaction sees)``
        """
        query = SQL(
            """
            SELECT g.xid = %(asker)s, %(measure)s, array_agg(g.request_id)
              FROM gpt_reservation g LEFT JOIN gpt_request r ON r.id = g.request_id
             WHERE %(condition)s AND g.request_id <> %(asker_id)s
          GROUP BY 1
            """,
            asker=str(asker_xid),
            asker_id=asker_id,
            measure=scope.reservation_measure(),
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
        """Return the SQL condition on the reservations of what runs now.

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
            status=transaction_status_sql("g"),
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
              FROM (SELECT r.cost + COALESCE(r.possible_cost, 0) AS cost,
                           r.total_tokens AS tokens
                      FROM gpt_request r
                     WHERE %(ledger)s AND r.create_date >= %(since)s
                       AND r.state <> 'pending'
                 UNION ALL
                    SELECT g.cost, g.tokens
                      FROM gpt_reservation g
                      LEFT JOIN gpt_request r ON r.id = g.request_id
                     WHERE %(reservations)s) counted
            """,
            ledger=scope.condition("r"),
            since=scope.since,
            reservations=self._counts_now(scope),
        )
        self.env["gpt.request"].flush_model()
        self.env.cr.execute(query)
        measures = ("cost", "tokens", "requests")
        return dict(zip(measures, self.env.cr.fetchone(), strict=True))

    @api.model
    def _cron_release(self):
        """Delete the reservations of requests that ended, or were undone."""
        self.env["gpt.request"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM gpt_reservation g
                      WHERE g.create_date < %(stale)s
                         OR %(is_over)s
                            AND NOT EXISTS (
                                SELECT FROM gpt_request r WHERE r.id = g.request_id)
                         OR EXISTS (
                                SELECT FROM gpt_request r
                                 WHERE r.id = g.request_id AND r.state <> 'running')
                """,
                stale=fields.Datetime.now() - STALE,
                is_over=is_over_sql("g"),
            )
        )
