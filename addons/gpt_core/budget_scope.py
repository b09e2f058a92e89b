# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a budget counts, for the ledger and for the receipts of what is under way."""

import datetime
from dataclasses import dataclass

from odoo.tools import SQL

LEDGER_MEASURES = {
    "cost": "cost:sum",
    "tokens": "total_tokens:sum",
    "requests": "__count",
}
# A running request has a row in the ledger, which counts it, but no cost yet.
RECEIPT_MEASURES = {
    "cost": SQL("SUM(g.cost)"),
    "tokens": SQL("SUM(g.tokens)"),
    "requests": SQL("COUNT(*) FILTER (WHERE r.id IS NULL)"),
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

    def domain(self):
        """Return the domain of the ledger's rows."""
        domain = [
            ("company_id", "=", self.company_id),
            ("create_date", ">=", self.since),
            # What has not begun is not spent.
            ("state", "!=", "pending"),
        ]
        return domain + [(n, "=", value) for n, value in self._narrowed().items()]

    def _narrowed(self):
        narrowed = {
            "chain_id": self.chain_id,
            "conversation_id": self.conversation_id,
            "user_id": self.user_id,
        }
        return {name: value for name, value in narrowed.items() if value}

    def condition(self, alias):
        """Return the SQL condition on the receipts' table ``alias``."""
        columns = {"company_id": self.company_id} | self._narrowed()
        terms = [
            SQL("%s = %s", SQL.identifier(alias, name), value)
            for name, value in columns.items()
        ]
        return SQL(" AND ").join(terms)

    def receipt_measure(self):
        """Return the SQL aggregate of receipts ``g`` with their requests ``r``."""
        return RECEIPT_MEASURES[self.measure]
