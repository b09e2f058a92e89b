# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A visitor wants a person: nobody is there, somebody is, somebody takes over."""

import time

from openai_server import Fault
from playwright.sync_api import expect

from .browser import TIMEOUT_MS, Guest, Operator, wait_until
from .site import Site

CALLING = "I am passing you to a colleague"
NOBODY = "Nobody from our team is available right now"
FAILED = "I cannot answer that right now"
THANKS = "Thank you, I have passed it on"


def answer(text: str, **more: object) -> dict:
    base = {
        "action": "answer",
        "kind": "answer",
        "cited": [],
        "confidence": 0.9,
        "missing": [],
        "language": "en",
    }
    return base | {"answer": text} | more


def shot(who: Guest | Operator, name: str) -> None:
    who.page.screenshot(path=who.site.runtime.state / f"{name}.png")


def test_nobody_is_there(guest: Guest, site: Site) -> None:
    guest.open_chat()
    guest.writes("Do you install espresso machines in Mérida?")
    guest.writes("/asesor")
    guest.sees(NOBODY)
    guest.writes("sure, it is maria@@example")
    guest.sees("does not look like a valid e-mail")
    guest.writes("maria@example.com")
    guest.sees(THANKS)
    shot(guest, "nobody")
    leads = site.rpc.call(
        "crm.lead", "search_read", [("email_from", "=", "maria@example.com")]
    )
    assert len(leads) == 1
    assert "espresso machines in Mérida" in leads[0]["description"]


def test_low_confidence(guest: Guest, site: Site) -> None:
    site.model.answer_with(answer("Perhaps.", confidence=0.1), match="<question>")
    guest.open_chat()
    guest.writes("Is it waterproof?")
    guest.sees(NOBODY)
    expect(guest.message("Perhaps.")).to_have_count(0)
    assert site.newest_session()["handoff_reason"] == "confidence"


def test_the_model_is_down(guest: Guest, site: Site) -> None:
    site.model.faults.order(Fault("wrong_key", times=9))
    guest.open_chat()
    guest.writes("Is anybody there?")
    guest.sees(FAILED)
    shot(guest, "down")
    assert site.newest_session()["handoff_reason"] == "error"


def test_an_operator_is_there(guest: Guest, operator: Operator, site: Site) -> None:
    guest.open_chat()
    guest.writes("/asesor")
    guest.sees(CALLING)
    operator.opens_chat()
    operator.sees("Reason:")
    shot(operator, "summary")
    operator.writes("Hi, this is Ana.")
    guest.sees("Hi, this is Ana.")
    shot(guest, "person")
    wait_until(lambda: site.newest_session()["state"] == "human")
    expect(guest.page.locator(".o-mail-Message", has_text="Reason:")).to_have_count(0)
    # A reload keeps the chat with the person.
    guest.page.reload()
    guest.sees("Hi, this is Ana.")
    asked = len(questions(site))
    guest.writes("Thank you, Ana")
    operator.sees("Thank you, Ana")
    time.sleep(4)  # time enough for an answer, which would be wrong
    assert len(questions(site)) == asked
    give_back(site)
    guest.sees("I am the assistant again")


def test_taken_over_in_mid_thought(
    guest: Guest, operator: Operator, site: Site
) -> None:
    site.model.delay = 8
    site.model.answer_with(answer("A late answer."), match="<question>")
    guest.open_chat()
    guest.writes("How much is the shipping?")
    site.model.journal.wait_for(1, "/v1/responses", timeout=30)
    session = site.newest_session()["id"]
    operator.page.goto(f"{site.server.url}/odoo/gpt.livechat.session/{session}")
    operator.page.get_by_role("button", name="Take Over").click()
    guest.sees("A colleague is here now")
    time.sleep(9)
    expect(guest.message("A late answer.")).to_have_count(0)
    shot(guest, "taken_over")
    shot(operator, "operator")
    assert site.newest_session()["state"] == "human"


def questions(site: Site) -> list:
    entries = site.model.journal.entries("/v1/responses")
    return [entry for entry in entries if "<question>" in str(entry.body)]


def give_back(site: Site) -> None:
    ids = [site.newest_session()["id"]]
    site.rpc.call("gpt.livechat.session", "action_give_back", ids)


def test_typing_is_cleared(guest: Guest, site: Site) -> None:
    site.model.delay = 3
    guest.open_chat()
    guest.writes("How much is the shipping?")
    typing = guest.page.get_by_text("is typing")
    expect(typing).to_be_visible(timeout=TIMEOUT_MS)
    guest.sees("150 pesos")
    expect(typing).to_be_hidden(timeout=TIMEOUT_MS)
