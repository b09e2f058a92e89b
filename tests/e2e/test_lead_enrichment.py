# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Leads as they come in: by the website's form and by e-mail, on a running server."""

import json
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from openai_server import Fault
from playwright.sync_api import Browser, Page, expect

from setup.run.runtime import OdooRuntime

from .browser import TIMEOUT_MS
from .site import Site, make_site

FIVE = [
    "x_gpt_summary",
    "x_priority",
    "x_missing_fields",
    "x_next_step",
    "x_confidence",
]
TEXT = (
    "Abrimos cafetería el 15 de enero y nos urge cotizar dos máquinas Duo 58. "
    "Tenemos presupuesto aprobado. Mi correo es lucia@cafekaab.example."
)
MAIL = """From: Jorge <jorge@example.com>
To: {to}
Subject: Café para la oficina
Message-Id: <{number}@example.com>
Content-Type: text/plain; charset=utf-8

Somos 38 personas y queremos probar el de Chiapas. Lo decidimos en febrero.
"""


@pytest.fixture(scope="module")
def lead_site(runtime: OdooRuntime) -> Iterator[Site]:
    """A site with the enrichment of leads, whose model is a local server."""
    with make_site(runtime, "leads", ["website_crm"]) as site:
        companies = site.rpc.call("res.company", "search", [])
        site.rpc.call("res.company", "write", companies, {"gpt_lead_delay": 1})
        yield site


@pytest.fixture
def leads(lead_site: Site) -> Site:
    lead_site.model.reset()
    lead_site.model.delay = 0
    return lead_site


def by_form(site: Site, **values: str) -> int:
    """Send the website's form as a visitor's browser does; return the lead's id."""
    data = {
        "name": "Pregunta",
        "description": TEXT,
        "email_from": "l@x.example",
    } | values
    request = urllib.request.Request(
        f"{site.server.url}/website/form/crm.lead",
        data=urllib.parse.urlencode(data).encode(),
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
    assert answer.get("id"), answer
    return answer["id"]


def by_mail(site: Site, number: int) -> int:
    """Hand a mail over as the mail gateway does; return the lead's id."""
    text = MAIL.format(to="ventas@example.com", number=number)
    return site.rpc.call("mail.thread", "message_process", "crm.lead", text)


def wait_for(site: Site, lead: int, *states: str, seconds: int = 60) -> dict:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        (found,) = site.rpc.call("crm.lead", "read", [lead], ["gpt_state", *FIVE])
        if found["gpt_state"] in states:
            return found
        time.sleep(0.2)
    raise AssertionError(f"the lead is {found['gpt_state']}, not {states}")


def ledger(site: Site, lead: int) -> list[dict]:
    domain = [("res_model", "=", "crm.lead"), ("res_id", "=", lead)]
    names = ["state", "job_uuid", "input_tokens", "cost"]
    return site.rpc.call("gpt.request", "search_read", domain, names)


def assert_filled(site: Site, lead: int) -> dict:
    found = wait_for(site, lead, "done")
    assert all(found[name] for name in FIVE), found
    (row,) = ledger(site, lead)
    assert row["state"] == "done"
    assert row["job_uuid"]
    assert row["cost"] > 0
    return found


def test_by_form(leads: Site) -> None:
    lead = by_form(leads, phone="+52 999 555 0118")
    found = assert_filled(leads, lead)
    assert found["x_priority"] == "3", "it is urgent"
    assert "phone" not in found["x_missing_fields"]
    assert "contact_name" in found["x_missing_fields"]
    (sent,) = leads.model.journal.entries("/v1/responses")
    assert "nos urge cotizar" in str(sent.body)
    assert "555 0118" not in str(sent.body), "masked"


def test_by_mail(leads: Site) -> None:
    lead = by_mail(leads, 1)
    found = assert_filled(leads, lead)
    assert found["x_priority"] < "3", "nothing says that it is urgent"
    values = leads.rpc.call(
        "gpt.lead.value",
        "search_read",
        [("lead_id", "=", lead)],
        ["field_name", "quote"],
    )
    assert any("38 personas" in (value["quote"] or "") for value in values)


def test_nothing_new_is_not_asked(leads: Site) -> None:
    lead = by_mail(leads, 2)
    assert_filled(leads, lead)
    leads.rpc.call("crm.lead", "write", [lead], {"name": "Café para la oficina"})
    time.sleep(4)
    assert len(leads.model.journal.entries("/v1/responses")) == 1


def test_a_dead_provider_and_retry(leads: Site) -> None:
    leads.model.faults.order(Fault("wrong_key"))
    lead = by_form(leads)
    wait_for(leads, lead, "failed")
    leads.rpc.call("crm.lead", "action_gpt_enrich", [lead])
    wait_for(leads, lead, "done")
    assert [row["state"] for row in ledger(leads, lead)] == ["done", "failed"]


@pytest.fixture
def page(browser: Browser, leads: Site) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1500, "height": 900})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    expect.set_options(timeout=TIMEOUT_MS)
    page.goto(f"{leads.server.url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_selector(".o_main_navbar")
    yield page
    context.close()


def state(page: Page, name: str):
    return page.locator(f".o_gpt_lead_state[data-state={name}]")


def test_list_without_reloading(leads: Site, page: Page) -> None:
    leads.model.delay = 15
    lead = by_form(leads, name="A la vista")
    leads.rpc.call("crm.lead", "write", [lead], {"user_id": 2, "type": "opportunity"})
    action = leads.rpc.ref("crm.crm_lead_action_pipeline")
    page.goto(f"{leads.server.url}/odoo/action-{action}")
    page.click(".o_switch_view.o_list")
    row = page.locator(".o_data_row", has_text="A la vista")
    expect(row.locator(".o_gpt_lead_state .fa-spinner")).to_be_visible()
    expect(row.locator(".o_gpt_lead_state[data-state=done]")).to_be_visible()
    expect(row.locator("td[name=x_priority] .badge")).to_have_text("Very high")


def test_form_without_reloading(leads: Site, page: Page) -> None:
    lead = by_form(leads, name="En el formulario")
    wait_for(leads, lead, "done")
    leads.rpc.call("crm.lead", "write", [lead], {"type": "opportunity"})
    leads.model.delay = 8
    companies = leads.rpc.call("res.company", "search", [])
    leads.rpc.call("res.company", "write", companies, {"gpt_lead_auto": False})
    try:
        leads.rpc.call("crm.lead", "write", [lead], {"city": "Mérida"})
    finally:
        leads.rpc.call("res.company", "write", companies, {"gpt_lead_auto": True})
    action = leads.rpc.ref("crm.crm_lead_action_pipeline")
    page.goto(f"{leads.server.url}/odoo/action-{action}/{lead}")
    page.click("button[name=action_gpt_enrich]:visible")
    expect(state(page, "running")).to_be_visible()
    # What a person types meanwhile is neither lost nor overwritten.
    step = page.locator(".o_field_widget[name=x_next_step] textarea")
    step.fill("Lo que yo escribo")
    expect(state(page, "done")).to_be_visible()
    expect(step).to_have_value("Lo que yo escribo")
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    (found,) = leads.rpc.call("crm.lead", "read", [lead], ["x_next_step"])
    assert found["x_next_step"] == "Lo que yo escribo"
    page.click(".o_field_gpt_missing_fields button[data-name=phone]")
    focused = page.evaluate(
        "document.activeElement.closest('.o_field_widget')?.getAttribute('name')"
    )
    assert focused == "phone"
