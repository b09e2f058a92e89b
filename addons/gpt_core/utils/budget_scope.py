# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a budget counts: the ledger, and the reservations of what is under way."""

import datetime
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL

# What a measure adds up. Calls without an answer may have been paid for.
LEDGER_MEASURES = {
    "cost": ["cost:sum", "possible_cost:sum"],
    "tokens": ["total_tokens:sum"],
    "requests": ["__count"],
}
# What a request under way will take. It is one request, however often it is tried: an
# earlier try that reached a model is in the ledger already.
RESERVATION_MEASURES = {
    "cost": SQL("SUM(g.cost)"),
    "tokens": SQL("SUM(g.tokens)"),
    "requests": SQL(
        "COUNT(*) FILTER (WHERE"
        " (r.state IN ('done', 'failed') AND r.provider_calls > 0) IS NOT TRUE)"
    ),
}


@dataclass(frozen=True)
class Scope:
    """The requests that count: whose, since when, and by which measure.

    :param chain_id: 0 for those of all chains
    :param conversation_id: 0 for those of all conversations
    :param user_id: 0 for those of all users
    :param since: UTC
    :param measure: a key of :data:`LEDGER_MEASURES`
    """

    company_id: int
    chain_id: int
    conversation_id: int
    user_id: int
    since: datetime.datetime
    measure: str

    def domain(self, *, running=True):
        """Return the domain of the ledger's rows: what has not begun is not spent.

        A request that no model was asked for is none: one that was refused, or could
        not be made.

        :param running: with the requests that run; they are spent once they are
            admitted, which only their reservations tell
        """
        domain = [
            ("company_id", "=", self.company_id),
            ("create_date", ">=", self.since),
            *((name, "=", value) for name, value in self._narrowed().items()),
        ]
        if self.measure != "requests":
            return [*domain, ("state", "!=", "pending")]
        asked = ("provider_calls", ">", 0)
        if running:
            return [*domain, "|", ("state", "=", "running"), asked]
        return [*domain, ("state", "in", ["done", "failed"]), asked]

    def subject(self):
        """Return what tells whether two scopes count the same requests."""
        return (
            self.company_id,
            self.chain_id,
            self.conversation_id,
            self.user_id,
            self.since,
        )

    def _narrowed(self):
        narrowed = {
            "chain_id": self.chain_id,
            "conversation_id": self.conversation_id,
            "user_id": self.user_id,
        }
        return {name: value for name, value in narrowed.items() if value}

    def condition(self, alias):
        """Return the SQL condition on the reservations' table ``alias``."""
        columns = {"company_id": self.company_id} | self._narrowed()
        terms = [
            SQL("%s = %s", SQL.identifier(alias, name), value)
            for name, value in columns.items()
        ]
        return SQL(" AND ").join(terms)

    def reservation_measure(self):
        """Return the SQL aggregate of reservations ``g`` with their requests ``r``."""
        return RESERVATION_MEASURES[self.measure]


@dataclass(frozen=True)
class Terms:
    """What a budget says, apart from its texts; see the fields of ``gpt.budget``.

    :param chain_id: 0 for all chains
    :param first_threshold: the amount at which something happens
    """

    company_id: int
    chain_id: int
    per_conversation: bool
    per_user: bool
    period: str
    measure: str
    first_threshold: float

    def hold_for(self, request):
        """Tell whether they say anything of ``request``.

        Without a conversation there is nothing to have a limit of its own.
        """
        return bool(
            (request.conversation_id or not self.per_conversation)
            and (request.user_id or not self.per_user)
        )

    def scope(self, request):
        """Return what counts for ``request``, as a :class:`Scope`."""
        return Scope(
            company_id=self.company_id,
            chain_id=self.chain_id,
            conversation_id=request.conversation_id.id if self.per_conversation else 0,
            user_id=request.user_id.id if self.per_user else 0,
            since=period_start(self.period),
            measure=self.measure,
        )


def period_start(period):
    """Return when the running period began, in UTC."""
    now = fields.Datetime.now()
    midnight = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    return {
        "minute": now - relativedelta(minutes=1),
        "hour": now - relativedelta(hours=1),
        "day": now + relativedelta(**midnight),
        "month": now + relativedelta(day=1, **midnight),
    }[period]
