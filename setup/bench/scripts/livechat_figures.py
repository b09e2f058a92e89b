# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a visitor's message costs, and how soon it is answered.

``python -m setup.bench.scripts.livechat_figures 18.0``, run by the Python of the tests'
OpenAI server, prints each row as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2
from openai_server import OpenAIServer

from ...client.rpc import OdooRpc
from ...client.visitor import Visitor, visitor
from ...demo.model import quote_facts
from ...run import databases
from ...run.runtime import OdooRuntime, odoo_runtime
from ...run.server import OdooServer
from ..row import Row, percentile

ADDON = "livechat_gpt"
POSTS = 250
_ANSWERS = 40
VISITORS = 100
MODEL_SECONDS = 3.0
CAPACITY = 30
_QUESTION = "¿Cuánto cuesta el envío?"
_FACTS = "El envío cuesta 150 pesos."
_DATABASE = "gpt_bench_livechat"


@dataclass
class Bench:
    """A running site, the model behind it, and its assistant."""

    runtime: OdooRuntime
    server: OdooServer
    model: OpenAIServer
    rpc: OdooRpc
    livechat: int
    agent: int

    def visitor(self) -> Visitor:
        """Return a visitor with an open chat."""
        guest = visitor(self.runtime.series, self.server.url, self.livechat)
        guest.open_site()
        guest.open_chat()
        return guest

    def wait_before_answering(self, seconds: int) -> None:
        """Let the assistant wait so long for a visitor to finish."""
        self.rpc.call("gpt.agent", "write", [self.agent], {"debounce_seconds": seconds})

    def connect(self) -> psycopg2.extensions.connection:
        """Return a connection of our own to the site's database."""
        options = self.runtime.server.odoo_options()
        connection = psycopg2.connect(
            dbname=self.server.database,
            host=options.get("db_host"),
            port=options.get("db_port"),
            user=options.get("db_user"),
            password=options.get("db_password"),
        )
        connection.autocommit = True
        return connection


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the figures of the chat."""
    with _site(runtime) as bench:
        yield from _posts(bench)
        yield from _ways(bench)
        yield _crowd(bench)


@contextmanager
def _site(runtime: OdooRuntime) -> Iterator[Bench]:
    databases.copy(runtime, databases.test_template(runtime), _DATABASE)
    databases.install(runtime, _DATABASE, [ADDON])
    server = OdooServer(runtime, _DATABASE, capacity=CAPACITY)
    try:
        with OpenAIServer(answerer=quote_facts) as model, server:
            server.wait_for_job_runner()
            rpc = OdooRpc(server.url, _DATABASE, "admin", "admin")
            yield Bench(runtime, server, model, rpc, *_set_up(rpc, model))
    finally:
        databases.drop(runtime, _DATABASE)


def _set_up(rpc: OdooRpc, model: OpenAIServer) -> tuple[int, int]:
    provider = rpc.ref("gpt_core.provider_openai")
    values = {"base_url": model.base_url, "api_key": "sk-local", "max_retries": 0}
    rpc.call("gpt.provider", "write", [provider], values)
    values = {
        "name": "Sofía",
        "knowledge": _FACTS,
        "debounce_seconds": 0,
        "max_chats_hour": 0,
        "max_answers_hour": 0,
        # Counted as always, and never reached.
        "max_messages_minute": 10_000,
        "max_repeats": 0,
    }
    agent = rpc.call("gpt.agent", "create", values)
    (livechat,) = rpc.call("im_livechat.channel", "search", [], limit=1)
    rpc.call("im_livechat.channel", "write", [livechat], {"gpt_agent_id": agent})
    return livechat, agent


def _posts(bench: Bench) -> Iterator[Row]:
    """What a post takes with the assistant, without it, and if it asked by itself.

    Without: a chat of the same people that the assistant knows nothing of. The two are
    measured in turn, so that whatever else the machine does weighs on both. The answers
    wait until the end: this server runs its jobs itself, and what is measured is the
    post, with the making of its job.
    """
    with_assistant, without = bench.visitor(), bench.visitor()
    for guest in (with_assistant, without):
        guest.write("Hola")
    _wait_for_jobs(bench)  # the server has imported what it asks a model with by then
    _forget_newest(bench)
    bench.wait_before_answering(60)
    on, off = [], []
    for number in range(POSTS):
        pair = [(on, with_assistant), (off, without)]
        for seconds, guest in pair if number % 2 else reversed(pair):
            seconds.append(guest.write(f"{_QUESTION} {number}"))
        if number % 50 == 49:
            _cancel_jobs(bench)  # before the first is due
    bench.wait_before_answering(0)
    yield from _shares(on, off)
    yield _asked_in_request(bench, without, percentile(off, 0.95))
    # Nobody answered the first of them: its chat would be handed over during what is
    # measured next.
    for guest in (with_assistant, without):
        guest.leave()


def _shares(on: list[float], off: list[float]) -> Iterator[Row]:
    for name, share, target in (("p95", 0.95, 1.10), ("p50", 0.5, None)):
        with_it, without = percentile(on, share), percentile(off, share)
        ratio = with_it / without
        yield Row(
            f"a visitor's post with the assistant ÷ without, {name} of {len(on)}",
            f"{ratio:.2f} ({with_it * 1000:.1f} ÷ {without * 1000:.1f} ms)",
            target=f"≤ {target:.2f}" if target else "",
            met=ratio <= target if target else None,
        )


def _asked_in_request(bench: Bench, guest: Visitor, plain: float) -> Row:
    bench.model.delay = MODEL_SECONDS
    waiting = [_in_request(bench, guest) for _number in range(3)]
    bench.model.delay = 0
    return Row(
        f"the same if the request asked a model of {MODEL_SECONDS:.0f} s",
        f"{max(waiting) / plain:.0f} ({max(waiting):.1f} s)",
    )


def _forget_newest(bench: Bench) -> None:
    """Take the assistant's part in the newest chat away."""
    with bench.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM gpt_livechat_session"
            " WHERE id = (SELECT max(id) FROM gpt_livechat_session)"
        )


def _cancel_jobs(bench: Bench) -> None:
    pending = bench.rpc.call("queue.job", "search", [("state", "=", "pending")])
    bench.rpc.call("queue.job", "button_cancelled", pending)


def _in_request(bench: Bench, guest: Visitor) -> float:
    """Post, and ask the model in a web request, as a design without jobs does."""
    started = time.monotonic()
    guest.write(_QUESTION)
    values = {"question": _QUESTION, "facts": _FACTS}
    bench.rpc.call("gpt.service", "complete", "livechat_answer", values)
    return time.monotonic() - started


def _wait_for_jobs(bench: Bench, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    unfinished = [("state", "not in", ["done", "failed", "cancelled"])]
    while bench.rpc.call("queue.job", "search_count", unfinished):
        if time.monotonic() > deadline:
            return
        time.sleep(0.3)


def _ways(bench: Bench) -> Iterator[Row]:
    """From the post to the model, and from the model to the chat."""
    there, back = [], []
    with bench.connect() as connection, connection.cursor() as cursor:
        for _number in range(_ANSWERS):
            guest = bench.visitor()
            bench.model.reset()
            cursor.execute("SELECT max(id) FROM mail_message")
            (last,) = cursor.fetchone()
            guest.write(_QUESTION)
            committed = time.time()
            bench.model.journal.wait_for(1, "/v1/responses", timeout=30)
            shown = _shown_at(cursor, last)
            (entry,) = bench.model.journal.entries("/v1/responses")
            there.append(max(0.0, entry.at - committed))
            back.append(shown - entry.finished_at)
    yield _way("post committed → request reaches the model, p50", there, 0.150)
    yield _way("model done → answer visible, p50", back, 0.100)


def _shown_at(cursor: psycopg2.extensions.cursor, last: int) -> float:
    """Return when the answer was committed; looked for every few milliseconds."""
    deadline = time.time() + 30
    while time.time() < deadline:
        cursor.execute(
            "SELECT 1 FROM mail_message WHERE id > %s AND message_type = 'comment'"
            " AND author_id IN (SELECT partner_id FROM gpt_agent)",
            [last],
        )
        if cursor.fetchone():
            return time.time()
        time.sleep(0.003)
    return float("inf")


def _way(what: str, seconds: list[float], target: float) -> Row:
    half = statistics.median(seconds)
    return Row(
        what,
        f"{half * 1000:.0f} ms",
        target=f"≤ {target * 1000:.0f} ms",
        met=half <= target,
    )


def _crowd(bench: Bench) -> Row:
    """Many visitors at once, each with one question, and a slow model."""
    bench.model.reset()
    bench.model.delay = MODEL_SECONDS
    guests = [bench.visitor() for _number in range(VISITORS)]
    started = time.monotonic()
    with ThreadPoolExecutor(VISITORS) as pool:
        list(pool.map(lambda guest: guest.write(_QUESTION), guests))
    _wait_for_jobs(bench, 300)
    took = time.monotonic() - started
    counts = [len(guest.new_messages()) for guest in guests]
    once, none = counts.count(1), counts.count(0)
    asked = len(bench.model.journal.entries("/v1/responses"))
    return Row(
        f"{VISITORS} visitors at once, model of {MODEL_SECONDS:.0f} s, "
        f"{CAPACITY} jobs at once",
        f"{once} answered once, {none} not, {VISITORS - once - none} more than once; "
        f"{asked} calls; {took:.0f} s",
        beside=f"{VISITORS * MODEL_SECONDS / CAPACITY:.0f} s if nothing else took time",
        target="all answered once",
        met=once == VISITORS and asked == VISITORS,
    )


if __name__ == "__main__":
    with odoo_runtime(sys.argv[1]) as runtime:
        for row in measure(runtime):
            print("ROW", json.dumps(dataclasses.asdict(row)), flush=True)
