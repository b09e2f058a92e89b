# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The chat window in a real browser, with no operator online."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import SIZE, TIMEOUT_MS
from .site import Site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(f"{site.server.url}/")
    yield page
    context.close()


def ask(page: Page, text: str) -> None:
    page.fill(".o-mail-Composer-input", text)
    page.keyboard.press("Enter")


def test_welcome(page: Page) -> None:
    """Each of its parts is on a line of its own, though it is plain text."""
    page.click(".o-livechat-LivechatButton")
    welcome = page.locator(".o-mail-Message-body").first
    expect(welcome).to_be_visible(timeout=TIMEOUT_MS)
    lines = welcome.inner_text().splitlines()
    assert len(lines) == 2 and "/asesor" in lines[1], lines


def test_typing_and_answer(page: Page, site: Site) -> None:
    site.model.delay = 3
    page.click(".o-livechat-LivechatButton")
    ask(page, "¿Cuánto cuesta el envío?")
    expect(page.get_by_text(re.compile("is typing"))).to_be_visible(timeout=TIMEOUT_MS)
    answer = page.locator(".o-mail-Message", has_text="El envío cuesta 150 pesos.")
    expect(answer).to_be_visible(timeout=TIMEOUT_MS)
    expect(page.get_by_text(re.compile("is typing"))).to_be_hidden(timeout=TIMEOUT_MS)
    page.screenshot(path=site.runtime.state / "chat.png")


def test_history_after_a_reload(page: Page, site: Site) -> None:
    page.click(".o-livechat-LivechatButton")
    ask(page, "¿Qué horario tienen de lunes a viernes?")
    answer = page.locator(".o-mail-Message", has_text="de 9:00 a 18:00")
    expect(answer).to_be_visible(timeout=TIMEOUT_MS)
    page.reload()
    expect(answer).to_be_visible(timeout=TIMEOUT_MS)
    ask(page, "¿Cuánto cuesta el envío?")
    second = page.locator(".o-mail-Message", has_text="150 pesos")
    expect(second).to_be_visible(timeout=TIMEOUT_MS)
