# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People at their browsers: a visitor in the chat window, an operator in Discuss."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Browser, Locator, expect

from .site import Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_MS = 45_000
SIZE = {"width": 1100, "height": 720}


def wait_until(condition: Callable[[], object], seconds: float = 45) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.3)


class Guest:
    """A visitor in a window of their own."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.site = site
        self.context = browser.new_context(viewport=SIZE)
        self.page = self.context.new_page()
        self.page.set_default_timeout(TIMEOUT_MS)
        self.page.goto(f"{site.server.url}/")

    def open_chat(self) -> None:
        self.page.click(".o-livechat-LivechatButton")

    def writes(self, text: str) -> None:
        self.page.fill(".o-mail-Composer-input", text)
        self.page.keyboard.press("Enter")
        self.sees(text)
        # With the first message the chat is stored; what is sent meanwhile gets lost.
        stored = self.page.locator(".o-mail-Thread:not([data-transient])")
        expect(stored).to_be_visible(timeout=TIMEOUT_MS)

    def message(self, text: str) -> Locator:
        return self.page.locator(".o-mail-Message", has_text=text)

    def sees(self, text: str) -> None:
        expect(self.message(text).last).to_be_visible(timeout=TIMEOUT_MS)

    def close(self) -> None:
        self.context.close()


class Operator:
    """An employee who answers visitors."""

    login = "ana"

    def __init__(self, browser: Browser, site: Site) -> None:
        self.site = site
        self.context = browser.new_context(viewport=SIZE)
        self.page = self.context.new_page()
        self.page.set_default_timeout(TIMEOUT_MS)
        self.page.goto(f"{site.server.url}/web/login?redirect=/odoo/discuss")
        self.page.fill("input[name=login]", self.login)
        self.page.fill("input[name=password]", self.login)
        self.page.click(".oe_login_form button[type=submit]")
        expect(self.page.locator(".o-mail-Discuss")).to_be_visible(timeout=TIMEOUT_MS)
        wait_until(self.is_available)
        # They are told of chats by then, too: presence is known a moment before the
        # browser has subscribed to what concerns them.
        self.page.wait_for_timeout(3000)

    def is_available(self) -> bool:
        (channel,) = self.site.rpc.call(
            "im_livechat.channel",
            "read",
            [self.site.livechat],
            ["available_operator_ids"],
        )
        return bool(channel["available_operator_ids"])

    def opens_chat(self) -> None:
        """Open the live chat with something new, which has its visitor's name."""
        chats = self.page.locator(".o-mail-DiscussSidebarChannel", has_text="Visitor")
        new = chats.filter(has=self.page.locator(".badge"))
        new.first.click(timeout=TIMEOUT_MS)

    def writes(self, text: str) -> None:
        self.page.locator(".o-mail-Composer-input").last.fill(text)
        self.page.keyboard.press("Enter")

    def sees(self, text: str) -> None:
        seen = self.page.locator(".o-mail-Message", has_text=text).last
        expect(seen).to_be_visible(timeout=TIMEOUT_MS)

    def close(self) -> None:
        self.context.close()
        wait_until(lambda: not self.is_available())
