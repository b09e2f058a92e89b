# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Nobody answers: not the model, not the job runner, not the person.

Nothing here is about seconds, but for how long it is waited before a test fails: the
clock of a chat looks every minute.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from setup.run.server import OdooServer

from .browser import Guest, Operator
from .site import Site

CALLING = "I am passing you to a colleague"
SLOW = "This takes me longer than it should"
GONE = "My colleague has not been able to answer yet"
CLOCK_SECONDS = 150


def set_timeouts(site: Site, **seconds: int) -> None:
    agents = site.rpc.call("gpt.agent", "search", [])
    site.rpc.call("gpt.agent", "write", agents, seconds)


@contextmanager
def without_job_runner(site: Site) -> Iterator[None]:
    """Run the site's server without what runs its jobs."""
    site.server.stop()
    options = {"server_wide_modules": "base,web"}
    lame = OdooServer(
        site.runtime, site.server.database, port=site.server.port, options=options
    )
    try:
        with lame:
            yield
    finally:
        site.server.start()


def test_the_model_is_slow(site: Site) -> None:
    set_timeouts(site, answer_timeout=3)
    site.model.delay = 15
    guest = site.visitor()
    guest.write("¿Cuánto cuesta el envío?")
    first = guest.wait_for_answer(CLOCK_SECONDS)
    assert first
    assert SLOW in first.text
    assert site.newest_session()["handoff_reason"] == "timeout"
    late = guest.wait_for_answer(CLOCK_SECONDS)
    assert late
    assert "150 pesos" in late.text


def test_the_job_runner_is_down(site: Site) -> None:
    set_timeouts(site, answer_timeout=10)
    with without_job_runner(site):
        guest = site.visitor()
        guest.write("¿Cuánto cuesta el envío?")
        first = guest.wait_for_answer(CLOCK_SECONDS)
        assert first
        assert SLOW in first.text
        assert not site.model.journal.entries("/v1/responses")
    late = guest.wait_for_answer(CLOCK_SECONDS)
    assert late
    assert "150 pesos" in late.text
    assert len(site.model.journal.entries("/v1/responses")) == 1, "asked once"


def test_the_person_goes_away(guest: Guest, operator: Operator, site: Site) -> None:
    set_timeouts(site, offline_timeout=5)
    guest.open_chat()
    guest.writes("/asesor")
    guest.sees(CALLING)
    operator.opens_chat()
    operator.writes("One moment, please.")
    guest.sees("One moment, please.")
    operator.close()
    guest.writes("How much is the shipping?")
    gone = guest.message(GONE)
    expect(gone).to_be_visible(timeout=CLOCK_SECONDS * 1000)
    expect(guest.message("150 pesos")).to_be_visible(timeout=CLOCK_SECONDS * 1000)
    guest.page.screenshot(path=site.runtime.state / "gone.png")
    assert site.newest_session()["state"] == "bot"
