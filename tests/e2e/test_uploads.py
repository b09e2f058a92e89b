# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files dropped on the list of documents, in a real browser."""

from collections.abc import Iterator

import pytest
from openai_server import OpenAIServer
from playwright.sync_api import Browser, Page, expect

from setup.run import databases
from setup.run.runtime import OdooRuntime
from setup.run.server import OdooServer

from .browser import TIMEOUT_MS
from .site import Site

LIMIT = 1_000_000
FILES = [
    {"name": name, "mimeType": "text/plain", "buffer": b"El envio cuesta 150. " * size}
    for name, size in (
        ("envios.txt", 10),
        ("enorme.txt", LIMIT // 10),
        ("pagos.txt", 10),
    )
]
SMALL = ["envios.txt", "pagos.txt"]
PUBLIC = "Visitors of the website can read this."


@pytest.fixture(scope="module")
def library(runtime: OdooRuntime) -> Iterator[Site]:
    """A server that takes small files, with a public and a closed collection."""
    name = "gpt_e2e_uploads"
    databases.copy(runtime, databases.test_template(runtime), name)
    databases.install(runtime, name, ["kb_rag"])
    server = OdooServer(runtime, name)
    try:
        with OpenAIServer() as model, server:
            site = Site(runtime, server, model)
            rpc = site.rpc
            key = "web.max_file_upload_size"
            rpc.call("ir.config_parameter", "set_param", key, str(LIMIT))
            for values in ({"name": "Aa Web", "is_public": True}, {"name": "Sueldos"}):
                rpc.call("gpt.kb.collection", "create", values | {"model_id": False})
            yield site
    finally:
        databases.drop(runtime, name)


@pytest.fixture
def page(browser: Browser, library: Site) -> Iterator[Page]:
    """The administrator's browser, at the list of documents."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(f"{library.server.url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client")
    action = library.rpc.ref("kb_rag.gpt_kb_document_action")
    page.goto(f"{library.server.url}/odoo/action-{action}")
    page.wait_for_selector(".o_kb_rag_upload")
    yield page
    context.close()


def drop(page: Page) -> None:
    page.set_input_files(".o_kb_rag_files", FILES)


def choose(page: Page, name: str) -> None:
    page.fill(".modal [name=collection_id] input", name)
    page.click(f".modal .o-autocomplete--dropdown-item:has-text('{name}')")


def documents(site: Site) -> list:
    found = site.rpc.call(
        "gpt.kb.document", "search_read", [], ["name", "collection_id"], order="name"
    )
    return [(row["name"], row["collection_id"][1]) for row in found]


def test_asked_for_the_collection(page: Page, library: Site) -> None:
    before = documents(library)
    drop(page)
    refused = page.locator(".o_notification", has_text="enorme.txt was not uploaded")
    expect(refused).to_be_visible()
    expect(page.locator(".modal .o_data_row")).to_have_count(2)
    expect(page.locator(".modal [name=collection_id] input")).to_have_value("")
    page.click(".modal button[name=action_confirm]")
    expect(page.locator(".modal [name=collection_id].o_field_invalid")).to_be_visible()
    assert documents(library) == before, "nobody has chosen yet"
    choose(page, "Aa Web")
    warning = page.locator(".modal .o_kb_rag_public")
    expect(warning).to_have_text(PUBLIC)
    choose(page, "Sueldos")
    expect(warning).to_be_hidden()
    expect(page.locator(".modal [name=audience]")).to_contain_text("Only GPT managers")
    page.click(".modal button[name=action_confirm]")
    expect(page.locator(".modal")).to_be_hidden()
    expect(page.locator(".o_data_row", has_text="pagos.txt")).to_be_visible()
    assert documents(library) == [(name, "Sueldos") for name in SMALL]


def test_cancelled(page: Page, library: Site) -> None:
    before = documents(library)
    drop(page)
    page.click(".modal button[special=cancel], .modal .o_form_button_cancel")
    expect(page.locator(".modal")).to_be_hidden()
    assert documents(library) == before


def test_dropped_on_a_public_collection(page: Page, library: Site) -> None:
    action = library.rpc.ref("kb_rag.gpt_kb_collection_action")
    (public,) = library.rpc.call(
        "gpt.kb.collection", "search", [("name", "=", "Aa Web")]
    )
    page.goto(f"{library.server.url}/odoo/action-{action}/{public}")
    page.click("button[name=action_open_documents]")
    page.wait_for_selector(".o_kb_rag_upload")
    drop(page)
    said = page.locator(".o_notification", has_text=PUBLIC)
    expect(said).to_contain_text("2 documents are being indexed in “Aa Web”")
    expect(page.locator(".o_data_row", has_text="pagos.txt")).to_be_visible()
    assert [row for row in documents(library) if row[1] == "Aa Web"] == [
        (name, "Aa Web") for name in SMALL
    ]
    page.click(".o_data_row:has-text('pagos.txt') td[name=name]")
    expect(page.locator(".o_form_view .o_kb_rag_public")).to_have_text(PUBLIC)
