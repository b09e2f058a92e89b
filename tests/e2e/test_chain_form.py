# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The form of a chain in a real browser, with a job runner behind it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import TIMEOUT_MS
from .site import Site

SHOP = {
    "name": "Shop",
    "code": "shop_form",
    "input_ids": [(0, 0, {"name": "question"})],
    "step_ids": [
        (
            0,
            0,
            {
                "name": "answer",
                "system_prompt": "You are the first.",
                "user_prompt": "{question}",
            },
        )
    ],
    "case_ids": [
        (
            0,
            0,
            {
                "name": "Price",
                "value_ids": [
                    (0, 0, {"input_name": "question", "value": "¿Cuánto cuesta?"})
                ],
                "expectation_ids": [(0, 0, {"kind": "contains", "value": "150"})],
            },
        )
    ],
}


@pytest.fixture
def chain(site: Site) -> Iterator[int]:
    """A published chain with a case."""
    chain = site.rpc.call("gpt.chain", "create", SHOP)
    site.rpc.call("gpt.chain", "action_publish", [chain])
    yield chain
    site.rpc.call("gpt.chain", "write", [chain], {"active": False, "code": f"c{chain}"})


@pytest.fixture
def form(browser: Browser, site: Site, chain: int) -> Iterator[Page]:
    """The administrator's browser, at the form of the chain."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(f"{site.server.url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client")
    action = site.rpc.ref("gpt_core.gpt_chain_action")
    page.goto(f"{site.server.url}/odoo/action-{action}/{chain}")
    page.wait_for_selector(".o_form_view")
    yield page
    context.close()


def prompt_of(page: Page) -> Any:
    return page.locator(".modal [name=user_prompt] textarea")


def test_names_of_a_step_that_is_not_saved(form: Page) -> None:
    form.click("[name=step_ids] .o_field_x2many_list_row_add a")
    names = form.locator(".modal .o_gpt_name")
    expect(names).to_have_text(["{question}", "{answer}", "{query}", "{passages}"])
    form.fill(".modal [name=name] input", "review")
    prompt_of(form).click()
    names.nth(1).click()
    expect(prompt_of(form)).to_have_value("{answer}")
    prompt_of(form).fill("{answer} {nothing}")
    form.click(".modal [name=name] input")
    alert = form.locator(".modal .alert-danger")
    expect(alert).to_contain_text("nothing")
    expect(alert).to_contain_text("{question}")
    prompt_of(form).fill("{answer}")
    form.click(".modal [name=name] input")
    expect(alert).to_be_hidden()
    form.click(".modal .o_form_button_save_new")
    expect(names).to_have_text(
        ["{question}", "{answer}", "{review}", "{query}", "{passages}"]
    )


def test_try_it(form: Page, site: Site) -> None:
    site.model.answer_with("El envío cuesta [[EMAIL_1]].")
    site.model.delay = 3
    form.click("button[name=action_try]")
    form.click("[name=value_ids] td[name=value]")
    form.fill("[name=value_ids] td[name=value] textarea", "Soy ana@example.com")
    form.click(".o_form_sheet p")
    preview = form.locator("[name=prompt_html]")
    expect(preview).to_contain_text("[[EMAIL_1]]")
    expect(form.locator("[name=masked_html]")).to_contain_text("ana@example.com")
    assert not site.model.journal.entries("/v1/responses")
    form.click("button[name=action_send]")
    expect(form.locator(".fa-spin")).to_be_visible(timeout=TIMEOUT_MS)
    answer = form.locator(".o_field_widget[name=answer]")
    expect(answer).to_contain_text("ana@example.com", timeout=TIMEOUT_MS)
    form.click("a[name=steps]")
    expect(form.locator("[name=trace_html]")).to_contain_text("[[EMAIL_1]]")
    assert "ana@example.com" not in str(site.model.journal.entries("/v1/responses"))


def test_cases_and_publishing(form: Page, site: Site, chain: int) -> None:
    site.model.answer_with("Cuesta 150 pesos.", match="the first")
    site.model.answer_with("No sé.", match="the second", times=2)
    (step,) = site.rpc.call("gpt.chain.step", "search", [("chain_id", "=", chain)])
    values = {"system_prompt": "You are the second."}
    site.rpc.call("gpt.chain.step", "write", [step], values)
    form.reload()
    form.click("button[name=action_run_cases]")
    expect(form.locator(".o_field_badge", has_text="Worse")).to_be_visible(
        timeout=TIMEOUT_MS
    )
    expect(form.locator("[name=progress]")).to_contain_text("100")
    form.go_back()
    form.click("button[name=action_publish]")
    expect(form.locator(".modal")).to_contain_text("Price")
    form.click("button[name=action_publish_anyway]")
    published = form.locator("[name=state] .o_arrow_button_current")
    expect(published).to_have_text("Published", timeout=TIMEOUT_MS)
