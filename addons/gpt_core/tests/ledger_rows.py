# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A ledger as it is after a year, and the plans of what people ask of it."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import fields

CONVERSATIONS = 400
MOST_IN_VAIN = 5_000
ROWS = """
INSERT INTO gpt_request (
    chain_version_id, chain_id, model_id, company_id, user_id,
    conversation_id, purpose, state, error_code, job_uuid, attempts, max_chars,
    input_tokens, cached_tokens, output_tokens, reasoning_tokens,
    total_tokens, cost, duration_ms, duration_p95,
    prompt, masked_answer, create_date, write_date, create_uid
)
SELECT
    v.id, v.chain_id, (%(models)s)[1 + n %% %(model_count)s], %(company)s,
    (%(users)s)[1 + n %% %(user_count)s],
    CASE WHEN n %% 3 = 0
         THEN (%(conversations)s)[1 + n / 3 %% %(conversation_count)s] END,
    'live', CASE WHEN n %% 29 = 0 THEN 'failed' ELSE 'done' END,
    CASE WHEN n %% 29 = 0
         THEN (ARRAY['rate_limit', 'timeout', 'refusal'])[1 + n %% 3] END,
    'job-' || n, 1, 900,
    300 + n %% 700, 0, 60 + n %% 90, 0, 360 + n %% 790, 0.0001 * (n %% 50),
    400 + n * 37 %% 5000, 400 + n * 37 %% 5000,
    CASE WHEN n * 2 > %(count)s THEN repeat('prompt ' || n || ' ', 90) END,
    CASE WHEN n * 2 > %(count)s THEN 'The answer number ' || n END,
    now() at time zone 'utc' - (%(count)s - n) * %(step)s, now(), 1
FROM generate_series(1, %(count)s) n
JOIN gpt_chain_version v ON v.id = (%(versions)s)[1 + n %% %(chain_count)s]
"""


@dataclass(frozen=True)
class Ledger:
    """Who and what the rows belong to."""

    env: object
    employees: object
    newcomer: object
    manager: object
    conversations: object

    def questions(self):
        """Return what people ask of the ledger, as functions, by what it is."""
        month = [("create_date", ">=", fields.Datetime.now() - relativedelta(days=30))]
        failed = [("state", "=", "failed"), *month]
        employee = self.env["gpt.request"].with_user(self.employees[0])
        newcomer = self.env["gpt.request"].with_user(self.newcomer)
        manager = self.env["gpt.request"].with_user(self.manager)
        measures = ["__count", "cost:sum", "total_tokens:sum", "duration_ms:avg"]
        pivot = ["chain_id", "model_id"], [*measures, "duration_p95:max"]
        return {
            "list of an employee": lambda: _page(employee, []),
            "list of somebody who never asked": lambda: _page(newcomer, []),
            "list of a manager": lambda: _page(manager, []),
            "list of a manager, 30 days": lambda: _page(manager, month),
            "list of what failed": lambda: _page(manager, failed),
            "pivot, 30 days": lambda: manager._read_group(month, *pivot),
            "pivot of an employee": lambda: employee._read_group(month, *pivot),
            "cost per day and chain": lambda: manager._read_group(
                month, ["create_date:day", "chain_id"], ["cost:sum"]
            ),
            "errors by code": lambda: manager._read_group(
                failed, ["error_code"], ["__count"]
            ),
            "conversation totals": self._totals,
            "budgets": self._budgets,
            "requests of jobs": self._jobs,
            "requests left behind": self.env["gpt.request.recovery"]._abandoned,
            "retention": self.env["gpt.request.retention"]._cron_purge,
        }

    def _totals(self):
        page = self.env["gpt.conversation"].with_user(self.manager)
        return page.search([], limit=80).mapped("cost")

    def _budgets(self):
        budgets = self.env["gpt.budget"].search([])
        request = self.conversations[0].request_ids[0]
        return [
            budget._in_ledger(self.env, scope.domain())
            for budget, scope in budgets._scopes(request).items()
        ]

    def _jobs(self):
        jobs = self.env["queue.job"].search([], limit=80)
        uuids = [*jobs.mapped("uuid"), "job-17", "job-4711"]
        ledger = self.env["gpt.request"]
        return ledger._read_group([("job_uuid", "in", uuids)], ["job_uuid"])


def _page(requests, domain):
    """Read the first page of a list, and count, as the web client does."""
    columns = {
        name: {}
        for name in ("create_date", "cost", "input_tokens", "state", "error_code")
    }
    name = {"fields": {"display_name": {}}}
    columns |= {"chain_version_id": name, "model_id": name}
    return requests.web_search_read(domain, columns, limit=80, count_limit=10001)


def make_ledger(env, chains, models_, employees, manager, count):
    """Write ``count`` requests of one year, oldest first; return the :class:`Ledger`.

    Of the requests of a year, some failed, a third belong to conversations, and the
    texts of the last half year are kept.
    """
    env["ir.config_parameter"].set_param("gpt_core.retention_days", "180")
    conversations = env["gpt.conversation"].create(
        [{"name": f"Chat {number}"} for number in range(CONVERSATIONS)]
    )
    env["gpt.budget"].create(
        [
            {"name": "Month", "limit": 1e6},
            {"name": "Day", "limit": 1e6, "period": "day", "chain_id": chains[0].id},
            {"name": "Chat", "limit": 1e6, "per_conversation": True},
            {"name": "User", "limit": 1e6, "per_user": True},
            {"name": "Rush", "limit": 1e6, "measure": "requests", "period": "minute"},
        ]
    )
    env.flush_all()
    users = employees[1:].ids  # the first one never asked
    env.cr.execute(
        ROWS,
        {
            "models": models_.ids,
            "model_count": len(models_),
            "company": env.company.id,
            "users": users,
            "user_count": len(users),
            "conversations": conversations.ids,
            "conversation_count": len(conversations),
            "versions": chains.published_version_id.ids,
            "chain_count": len(chains),
            "count": count,
            "step": timedelta(days=365) / count,
        },
    )
    env.cr.execute("ANALYZE gpt_request")
    env.cr.execute("ANALYZE gpt_conversation")
    env.invalidate_all()
    return Ledger(env, employees[1:], employees[0], manager, conversations)


@contextmanager
def statements(cr):
    """Collect what is selected from the ledger while the block runs."""
    found = []
    execute = cr.execute

    def collecting(query, params=None, **kwargs):
        text = cr.mogrify(query, params).decode()
        if text.lstrip().upper().startswith("SELECT") and "gpt_request" in text:
            found.append(text)
        return execute(query, params, **kwargs)

    with patch.object(cr, "execute", collecting):
        yield found


def plan(cr, statement):
    """Return the plan of a statement as PostgreSQL ran it, as lines."""
    explain = "EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) "
    # The statement is one that was run just now, with its values in it.
    cr.execute(explain + statement.replace("%", "%%"))  # pylint: disable=sql-injection
    return [line for (line,) in cr.fetchall()]


def whole_scans(lines):
    """Return the lines of a plan that read the whole ledger, or most of it in vain.

    A scan right below a limit ends there, however long the ledger is: the counter of a
    list stops at 10,001.
    """
    nodes = [line for line in lines if "->" in line or not line.startswith(" ")]
    return [
        node
        for before, node in pairwise(nodes)
        if "Seq Scan on gpt_request" in node and "Limit" not in before
    ] + [line for line in lines if _removed(line) > MOST_IN_VAIN]


def _removed(line):
    """Return how many rows a line of a plan says were read for nothing."""
    _text, found, number = line.partition("Rows Removed by Filter: ")
    return int(number) if found else 0
