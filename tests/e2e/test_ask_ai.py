# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""*Ask AI* above the messages of a contact, and the commands of Discuss."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import TIMEOUT_MS
from .site import Site

ANSWER = "Kaab quiere <b>dos</b> máquinas.\nHay que cotizar esta semana."
LANGUAGES = {"en_US": "Ask AI", "es_ES": "Preguntar a la IA"}


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page, for whoever asked for pictures."""
    folder = os.environ.get("GPT_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"ask_ai_{name}.png"))


@pytest.fixture
def contact(site: Site) -> int:
    contact = site.rpc.call(
        "res.partner", "create", {"name": "Cafetería Kaab", "email": "k@kaab.example"}
    )
    site.rpc.call(
        "res.partner", "message_post", [contact], body="Queremos dos máquinas."
    )
    return contact


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(f"{site.server.url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client")
    yield page
    context.close()


def open_contact(page: Page, site: Site, contact: int) -> None:
    page.goto(f"{site.server.url}/odoo/res.partner/{contact}")
    page.wait_for_selector(".o-gpt-AskAI")


def test_ask_and_log_a_note(page: Page, site: Site, contact: int) -> None:
    open_contact(page, site, contact)
    shoot(page, "chatter")
    site.model.answer_with(ANSWER)
    page.click(".o-gpt-AskAI")
    dialog = page.locator(".modal")
    expect(dialog.locator("[name=action_ask]").first).to_be_visible()
    shoot(page, "new")
    dialog.locator("[name=action_ask]").first.click()
    answer = dialog.locator(".o_gpt_ask_answer")
    expect(answer).to_contain_text("Kaab quiere <b>dos</b> máquinas.")
    expect(dialog.locator(".o_btn_text_copy, .o_clipboard_button")).to_be_visible()
    shoot(page, "answer")
    dialog.locator("[name=action_note]").click()
    expect(dialog).to_have_count(0)
    note = page.locator(".o-mail-Message", has_text="cotizar esta semana")
    expect(note.first).to_be_visible()
    expect(note.first).to_contain_text("<b>dos</b>")


def test_insert_into_message(page: Page, site: Site, contact: int) -> None:
    open_contact(page, site, contact)
    site.model.answer_with("Con gusto le cotizamos.")
    page.click(".o-gpt-AskAI")
    dialog = page.locator(".modal")
    dialog.locator("[name=action_ask]").first.click()
    dialog.locator("[name=action_insert]").click()
    body = dialog.locator("[name=body]").first
    expect(body).to_contain_text("Con gusto le cotizamos.")
    shoot(page, "composer")
    dialog.locator(".o_mail_send, [name=action_send_mail]").first.click()
    sent = page.locator(".o-mail-Message", has_text="Con gusto le cotizamos.")
    expect(sent.first).to_be_visible()


def test_closed_window(page: Page, site: Site, contact: int) -> None:
    """What was closed before the answer came is there when it is opened again."""
    open_contact(page, site, contact)
    site.model.delay = 2
    site.model.answer_with("Lo que se pidió antes.")
    page.click(".o-gpt-AskAI")
    dialog = page.locator(".modal")
    dialog.locator("[name=action_ask]").first.click()
    expect(dialog.locator(".alert-info")).to_be_visible()
    shoot(page, "working")
    dialog.locator(".btn-close").click()
    expect(dialog).to_have_count(0)
    page.click(".o-gpt-AskAI")
    answer = dialog.locator(".o_gpt_ask_answer")
    expect(answer).to_contain_text("Lo que se pidió antes.")


def test_commands(page: Page, site: Site) -> None:
    """What a command answers is seen by whoever typed it, and is no message."""
    channel = site.rpc.ref("mail.channel_all_employees")
    count = ("mail.message", "search_count", [("model", "=", "discuss.channel")])
    site.rpc.call("discuss.channel", "message_post", [channel], body="Sale el martes.")
    before = site.rpc.call(*count)
    page.goto(f"{site.server.url}/odoo/discuss?active_id=discuss.channel_{channel}")
    composer = page.locator(".o-mail-Composer-input").last
    for line, answer in {
        "/ai ¿Cuándo sale?": "El <i>martes</i>.",
        "/summary": "Se dio la bienvenida.",
    }.items():
        site.model.answer_with(answer)
        composer.click()
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        if " " not in line:
            # The first one took the suggestion of that name.
            expect(composer).to_have_value(f"{line} ")
            page.keyboard.press("Enter")
        shown = page.locator(".o-mail-Message", has_text=answer)
        expect(shown.last).to_be_visible()
    shoot(page, "commands")
    assert site.rpc.call(*count) == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone(browser: Browser, site: Site, contact: int, lang: str) -> None:
    wizard = site.rpc.call(
        "base.language.install",
        "create",
        {
            "lang_ids": [
                (
                    6,
                    0,
                    site.rpc.call(
                        "res.lang",
                        "search",
                        [("code", "=", lang)],
                        context={"active_test": False},
                    ),
                )
            ],
            "overwrite": True,
        },
    )
    site.rpc.call("base.language.install", "lang_install", [wizard])
    admin = site.rpc.call("res.users", "search", [("login", "=", "admin")])
    site.rpc.call("res.users", "write", admin, {"lang": lang})
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    try:
        page.goto(f"{site.server.url}/web/login")
        page.fill("input[name=login]", "admin")
        page.fill("input[name=password]", "admin")
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_selector(".o_web_client")
        open_contact(page, site, contact)
        button = page.locator(".o-gpt-AskAI")
        shoot(page, f"phone_chatter_{lang}")
        site.model.answer_with(ANSWER)
        button.click()
        shoot(page, f"phone_new_{lang}")
        page.locator(".modal [name=action_ask]").first.click()
        expect(page.locator(".modal .o_gpt_ask_answer")).to_be_visible()
        shoot(page, f"phone_answer_{lang}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, "nothing is wider than the phone"
    finally:
        context.close()
        site.rpc.call("res.users", "write", admin, {"lang": "en_US"})
