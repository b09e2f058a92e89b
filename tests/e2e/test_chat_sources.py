# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A visitor is answered from an uploaded document, or handed over; never invented."""

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from setup.run.runtime import OdooRuntime

from .browser import Guest, wait_until
from .pdf_file import pdf
from .site import Site, make_site

MANUAL = pdf(
    [
        "Manual del molino Criba 64\nBienvenido. Lea este manual antes de usarlo.",
        "Limpieza\nLas muelas se cepillan cada semana y nunca se lavan con agua.",
        "Descalcificación\nEl molino no lleva agua y no se descalcifica.",
        "Garantía\nLa garantía del molino Criba dura dieciocho meses.\n"
        "Se pide con la factura de compra.",
        "Warranty\nThe warranty of the Criba grinder lasts eighteen months.\n"
        "Keep the invoice.",
    ]
)
PAYROLL = pdf(["Sueldos\nEl sueldo mensual de la gerente Robles es de 91 mil pesos."])
WARRANTY = {
    "en": "How long does the warranty of the Criba grinder last?",
    "es": "¿Cuánto dura la garantía del molino Criba?",
}
ANSWER = {"en": "lasts eighteen months", "es": "dura dieciocho meses"}
CITED = {
    "en": "Sources: [1] Manual Criba.pdf, p. 5",
    "es": "Fuentes: [1] Manual Criba.pdf, p. 4",
}
UNKNOWN = {
    "en": "Who won the football world cup of 2022?",
    "es": "¿Quién ganó el mundial de futbol de 2022?",
}
SALARY = "¿Cuál es el sueldo mensual de la gerente Robles?"
NOBODY = {
    "en": "Nobody from our team is available right now",
    "es": "Nadie de nuestro equipo está disponible en este momento",
}


@pytest.fixture(scope="module")
def shared_site(runtime: OdooRuntime) -> Iterator[Site]:
    """A site in two languages, with a public document and one for nobody."""
    with make_site(runtime, "sources") as site:
        rpc = site.rpc
        domain = [("code", "=", "es_MX"), ("active", "in", (True, False))]
        spanish = rpc.call("res.lang", "search", domain)
        values = {"lang_ids": [(6, 0, spanish)]}
        wizard = rpc.call("base.language.install", "create", values)
        rpc.call("base.language.install", "lang_install", [wizard])
        languages = rpc.call("res.lang", "search", [("active", "=", True)])
        websites = rpc.call("website", "search", [])
        rpc.call("website", "write", websites, {"language_ids": [(6, 0, languages)]})
        site.server.wait_for_job_runner()
        upload(site, "Manuales", "Manual Criba.pdf", MANUAL, is_public=True)
        upload(site, "Nómina", "Sueldos.pdf", PAYROLL, is_public=False)
        yield site


def upload(site: Site, collection: str, name: str, data: bytes, **values) -> None:
    """Make a collection with one file, and have it indexed by a job."""
    rpc = site.rpc
    owner = rpc.call("gpt.kb.collection", "create", {"name": collection} | values)
    document = rpc.call(
        "gpt.kb.document",
        "create",
        {
            "name": name,
            "collection_id": owner,
            "datas": base64.b64encode(data).decode(),
        },
    )
    rpc.call("gpt.kb.document", "action_index", [document])

    def state() -> str:
        return rpc.call("gpt.kb.document", "read", [document], ["state"])[0]["state"]

    wait_until(lambda: state() in ("indexed", "error"))
    assert state() == "indexed"


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def guest(browser: Browser, site: Site, language: str) -> Iterator[Guest]:
    site.close_chats()
    guest = Guest(browser, site)
    if language == "es":
        code = site.rpc.call(
            "res.lang", "search_read", [("code", "=", "es_MX")], ["url_code"]
        )
        guest.page.goto(f"{site.server.url}/{code[0]['url_code']}")
    yield guest
    guest.close()


def shot(guest: Guest, name: str) -> None:
    guest.page.screenshot(path=guest.site.runtime.state / f"{name}.png")


def agent(site: Site, **values: object) -> None:
    rpc = site.rpc
    rpc.call("gpt.agent", "write", rpc.call("gpt.agent", "search", []), values)


def prompts(site: Site) -> list[str]:
    """What the model was sent in these chats."""
    entries = site.model.journal.entries("/v1/responses")
    return [str(entry.body) for entry in entries]


def test_answered_with_its_page(guest: Guest, site: Site, language: str) -> None:
    guest.open_chat()
    guest.writes(WARRANTY[language])
    guest.sees(ANSWER[language])
    guest.sees(CITED[language])
    shot(guest, f"source_{language}")
    assert site.newest_session()["state"] == "bot"
    # The ledger names the same page.
    (request,) = site.rpc.call(
        "gpt.request",
        "search_read",
        [("res_model", "=", "gpt.livechat.session")],
        limit=1,
        order="id desc",
    )
    (first, *_rest) = site.rpc.call(
        "gpt.kb.citation",
        "read",
        request["kb_citation_ids"],
        ["document_id", "page", "rank"],
    )
    assert f"{first['document_id'][1]}, p. {first['page']}" in CITED[language]


def test_what_no_document_says_is_handed_over(
    guest: Guest, site: Site, language: str
) -> None:
    """As it is set up at first: the model says that it does not know."""
    guest.open_chat()
    guest.writes(UNKNOWN[language])
    guest.sees(NOBODY[language])
    shot(guest, f"no_source_{language}")


def test_an_invented_answer_is_not_posted(
    guest: Guest, site: Site, language: str
) -> None:
    agent(site, needs_source=True)
    try:
        assert_not_posted(guest, site, language)
    finally:
        agent(site, needs_source=False)


def assert_not_posted(guest: Guest, site: Site, language: str) -> None:
    """The model states what rests on none of the passages."""
    invented = {
        "action": "answer",
        "kind": "answer",
        "cited": ["9"],
        "confidence": 0.99,
        "missing": [],
        "language": language,
        "answer": "Ganó Atlantis por 9 a 0.",
    }
    site.model.answer_with(invented, match="<question>")
    guest.open_chat()
    guest.writes(UNKNOWN[language])
    guest.sees(NOBODY[language])
    expect(guest.message("Atlantis")).to_have_count(0)
    assert site.newest_session()["handoff_reason"] == "no_source"


def test_closed_documents_are_no_answer(
    guest: Guest, site: Site, language: str
) -> None:
    guest.open_chat()
    guest.writes(SALARY)
    guest.sees(NOBODY["es"])  # the language of the question
    assert prompts(site), "the model was asked"
    assert not [text for text in prompts(site) if "91 mil" in text]


def test_a_chain_that_answers_from_documents_only(
    guest: Guest, site: Site, language: str
) -> None:
    rpc = site.rpc
    (chain,) = rpc.call("gpt.chain", "search", [("code", "=", "livechat_answer")])
    rpc.call("gpt.chain", "write", [chain], {"restrict_to_sources": True})
    rpc.call("gpt.chain", "action_publish", [chain])
    try:
        assert_not_posted(guest, site, language)
    finally:
        rpc.call("gpt.chain", "write", [chain], {"restrict_to_sources": False})
        rpc.call("gpt.chain", "action_publish", [chain])
