# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from setup.run.runtime import OdooRuntime, odoo_runtime

from .browser import FLAGS, TIMEOUT_MS, Guest, Operator
from .site import Site, make_site

# Jobs and browsers share the processors: what is due comes late at times.
expect.set_options(timeout=TIMEOUT_MS)


@pytest.fixture(scope="session")
def runtime() -> Iterator[OdooRuntime]:
    """Odoo of the series that ``make test`` is at."""
    with odoo_runtime(os.environ.get("ODOO_GPT_SERIES", "18.0")) as runtime:
        yield runtime


@pytest.fixture(scope="module")
def shared_site(runtime: OdooRuntime) -> Iterator[Site]:
    """A site for the tests of one file: what they leave behind concerns no other."""
    with make_site(runtime, "chat") as site:
        yield site


@pytest.fixture
def site(shared_site: Site) -> Site:
    """A site that is running, and a model that was told nothing yet."""
    if not shared_site.server.is_running:
        shared_site.server.start()
    shared_site.model.reset()
    return shared_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def guest(browser: Browser, site: Site) -> Iterator[Guest]:
    guest = Guest(browser, site)
    yield guest
    guest.close()


@pytest.fixture
def operator(browser: Browser, site: Site) -> Iterator[Operator]:
    # Whoever waits for a person is passed to one who comes; here nobody else waits.
    site.close_chats()
    operator = Operator(browser, site)
    yield operator
    operator.close()
