# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A manager corrects an answer, approves the example, and the model is shown it."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import TIMEOUT_MS
from .site import Site

WRONG, RIGHT = "No sé cuánto cuesta.", "El envío a Mérida cuesta 150 pesos."
ASKED = "¿Cuánto cuesta el envío a Mérida?"
CHAIN = {
    "name": "Shop",
    "code": "shop_examples",
    "few_shot_count": 2,
    "input_ids": [(0, 0, {"name": "question"})],
    "step_ids": [
        (
            0,
            0,
            {
                "name": "answer",
                "system_prompt": "You answer about the shop.",
                "user_prompt": "{question}",
            },
        )
    ],
}


@pytest.fixture
def chain(site: Site) -> Iterator[int]:
    chain = site.rpc.call("gpt.chain", "create", CHAIN)
    site.rpc.call("gpt.chain", "action_publish", [chain])
    yield chain
    site.rpc.call("gpt.chain", "write", [chain], {"active": False, "code": f"c{chain}"})


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The administrator's browser."""
    context = browser.new_context(viewport={"width": 1366, "height": 800})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(f"{site.server.url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client")
    yield page
    context.close()


def asked(site: Site, page: Page, chain: int, text: str, answer: str) -> int:
    """Try the chain in the browser; return the request."""
    action = site.rpc.ref("gpt_core.gpt_chain_action")
    page.goto(f"{site.server.url}/odoo/action-{action}/{chain}")
    page.click("button[name=action_try]")
    page.click("[name=value_ids] td[name=value]")
    page.fill("[name=value_ids] td[name=value] textarea", text)
    page.click(".o_form_sheet p")
    expect(page.locator("[name=prompt_html]")).to_contain_text(text)
    page.click("button[name=action_send]")
    shown = page.locator(".o_field_widget[name=answer]")
    expect(shown).to_contain_text(answer, timeout=TIMEOUT_MS)
    (found,) = site.rpc.call(
        "gpt.request", "search", [("chain_id", "=", chain)], limit=1, order="id desc"
    )
    return found


def look(page: Page, name: str) -> None:
    """Keep a picture for whoever wants one."""
    folder = os.environ.get("ODOO_GPT_PICTURES")
    if folder:
        page.wait_for_timeout(800)
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_corrected_answer_is_shown_to_the_model(
    site: Site, page: Page, chain: int
) -> None:
    site.model.answer_with(WRONG, match="Mérida")
    request = asked(site, page, chain, ASKED, WRONG)
    look(page, "trial")
    action = site.rpc.ref("gpt_core.gpt_request_action")
    page.goto(f"{site.server.url}/odoo/action-{action}/{request}")
    page.click("button[name=action_correct]")
    dialog = page.locator(".modal")
    answer = dialog.locator("[name=answer] textarea:visible")
    expect(answer).to_have_value(WRONG)
    answer.fill(RIGHT)
    look(page, "correct")
    dialog.locator("button[name=action_save]").click()
    # The example, proposed.
    expect(page.locator("[name=preferred] textarea")).to_have_value(RIGHT)
    look(page, "example")
    page.click("button[name=action_approve]")
    # It was the last one that was proposed: the board has it now.
    card = page.locator(".o_kanban_record", has_text="Mérida")
    expect(card.first).to_be_visible()
    expect(page.locator("button[name=action_approve]")).to_have_count(0)
    look(page, "board")
    page.set_viewport_size({"width": 400, "height": 800})
    look(page, "board-phone")
    page.set_viewport_size({"width": 1366, "height": 800})

    site.model.answer_with(RIGHT, match="Mérida")
    request = asked(site, page, chain, "¿Qué cuesta el envío a Mérida?", RIGHT)
    sent = site.model.journal.entries("/v1/responses")[-1].body
    assert RIGHT in str(sent)
    page.goto(f"{site.server.url}/odoo/action-{action}/{request}")
    page.click("a[name=examples]")
    expect(page.locator("[name=shown_example_ids] .o_data_row")).to_have_count(1)
    look(page, "ledger")
    chains = site.rpc.ref("gpt_core.gpt_chain_action")
    page.goto(f"{site.server.url}/odoo/action-{chains}/{chain}")
    page.wait_for_selector(".o_form_view [name=few_shot_tokens]")
    look(page, "chain")
