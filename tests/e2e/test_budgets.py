# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Many at a time, in requests and in jobs, do not spend what is left more than once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from .site import Site

ASKED = 100
AT_ONCE = 16


class Chain:
    """A chain of its own, on a site that others use as well, and its budget."""

    def __init__(self, site: Site, code: str) -> None:
        self.site, self.code, self.rpc = site, code, site.rpc
        step = {"name": "answer", "user_prompt": "{text}"}
        values = {
            "name": code,
            "code": code,
            "input_ids": [(0, 0, {"name": "text"})],
            "step_ids": [(0, 0, step)],
        }
        self.id = self.rpc.call("gpt.chain", "create", values)
        self.rpc.call("gpt.chain", "action_publish", [self.id])
        self.budget = 0

    def limit(self, measure: str, limit: float) -> None:
        values = {"name": self.code, "chain_id": self.id, "period": "month"}
        values |= {"measure": measure, "limit": limit}
        self.budget = self.rpc.call("gpt.budget", "create", values)

    def complete(self, number: int, method: str = "complete") -> None:
        # A connection of its own: they cannot be shared by threads.
        text = {"text": f"Pregunta {number}"}
        self.site.rpc.call("gpt.service", method, self.code, text)

    def rows(self) -> list[dict]:
        return self.rpc.call(
            "gpt.request",
            "search_read",
            [("chain_id", "=", self.id)],
            fields=["state", "cost", "error_code"],
        )

    def wait_for_all(self, count: int) -> list[dict]:
        for _try in range(240):
            rows = self.rows()
            ended = [row for row in rows if row["state"] in ("done", "failed")]
            if len(ended) == count:
                return ended
            time.sleep(0.5)
        raise AssertionError(f"only {len(ended)} of {count} ended")


@pytest.fixture
def chain(site: Site, request: pytest.FixtureRequest) -> Iterator[Chain]:
    chain = Chain(site, request.node.name)
    yield chain
    chain.rpc.call("gpt.budget", "unlink", [chain.budget])


def ask_at_once(chain: Chain) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(chain.complete, range(ASKED)))


def test_requests_at_once(site: Site, chain: Chain) -> None:
    chain.limit("requests", 7)
    site.model.delay = 0.3
    ask_at_once(chain)
    states = [row["state"] for row in chain.rows()]
    assert len(states) == ASKED
    assert states.count("done") == 7
    assert len(site.model.journal.entries("/v1/responses")) == 7


def test_money_at_once(site: Site, chain: Chain) -> None:
    chain.complete(0)
    cost = chain.rows()[0]["cost"]
    assert cost > 0
    chain.limit("cost", cost * 10)
    site.model.delay = 0.3
    ask_at_once(chain)
    rows = chain.rows()
    spent = sum(row["cost"] for row in rows)
    assert spent <= cost * 10 + max(row["cost"] for row in rows)
    assert spent > cost * 5, "what could be spent was spent"
    assert {row["error_code"] for row in rows} == {"budget", False}


def test_requests_in_jobs(site: Site, chain: Chain) -> None:
    chain.limit("requests", 7)
    for number in range(30):
        chain.complete(number, "delay_complete")
    rows = chain.wait_for_all(30)
    assert [row["state"] for row in rows].count("done") == 7
    assert len(site.model.journal.entries("/v1/responses")) == 7
