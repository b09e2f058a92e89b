# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Indexing with a real server and its job runner: killed, doubled, rolled back."""

import time
from collections import Counter
from collections.abc import Iterator

import pytest

from setup.run.runtime import OdooRuntime

from .site import Site, make_site

TOPICS = 600
TEXT = "\n\n".join(
    f"# Tema {n}\n\nLa regla número {n} del almacén dice que el pasillo {n} se barre a "
    "diario, que nadie corre en él y que las cajas no tapan la salida."
    for n in range(TOPICS)
)
TIMEOUT_SECONDS = 180


@pytest.fixture(scope="module")
def library(runtime: OdooRuntime) -> Iterator[Site]:
    """A server with a collection, on a database of its own."""
    with make_site(runtime, "documents") as site:
        site.server.wait_for_job_runner()
        yield site


def make_document(site: Site, name: str) -> int:
    """A document in a collection of its own, with its job enqueued."""
    rpc = site.rpc
    provider = rpc.ref("gpt_core.provider_openai")
    domain = [("kind", "=", "embedding"), ("provider_id", "=", provider)]
    (embedding, *_more) = rpc.call("gpt.model", "search", domain)
    collection = rpc.call(
        "gpt.kb.collection",
        "create",
        {"name": name, "model_id": embedding, "chunk_overlap": 0},
    )
    document = rpc.call(
        "gpt.kb.document",
        "create",
        {"name": name, "collection_id": collection, "text": TEXT},
    )
    rpc.call("gpt.kb.document", "action_index", [document])
    return document


def rows(site: Site, query: str, *values) -> list:
    with site.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def wait_until_indexed(site: Site, document: int) -> None:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    state = None
    while time.monotonic() < deadline:
        query = "SELECT state, problem_detail FROM gpt_kb_document WHERE id = %s"
        state = rows(site, query, document)
        if state[0][0] in ("indexed", "error"):
            break
        time.sleep(0.5)
    assert state and state[0][0] == "indexed", state


def chunks(site: Site, document: int) -> list:
    """Place, text and whether there is a vector, of every chunk."""
    return rows(
        site,
        "SELECT sequence, text, embedding IS NOT NULL FROM gpt_kb_chunk "
        "WHERE document_id = %s ORDER BY sequence",
        document,
    )


def assert_one_set(site: Site, document: int) -> None:
    found = chunks(site, document)
    assert [place for place, _text, _vector in found] == list(range(len(found)))
    assert max(Counter(text for _place, text, _vector in found).values()) == 1
    assert all(vector for _place, _text, vector in found)
    # Small sections share a chunk; each topic is there once.
    whole = "\n".join(text for _place, text, _vector in found)
    assert all(whole.count(f"número {n} del") == 1 for n in range(TOPICS))


def test_killed_in_mid_index(library: Site) -> None:
    library.model.reset()
    library.model.delay = 2
    document = make_document(library, "Killed")
    library.model.journal.wait_for(2, "/v1/embeddings", timeout=TIMEOUT_SECONDS)
    time.sleep(0.3)
    library.server.kill()
    done = sum(vector for _place, _text, vector in chunks(library, document))
    total = len(chunks(library, document))
    assert 0 < done < total, "killed in the middle"
    before = len(library.model.journal.entries("/v1/embeddings"))
    library.model.delay = 0
    library.server.start()
    wait_until_indexed(library, document)
    assert_one_set(library, document)
    later = library.model.journal.entries("/v1/embeddings")[before:]
    sent = sum("pasillo" in text for entry in later for text in entry.body["input"])
    assert sent == total - done, "what was embedded is not embedded again"


def test_two_workers(library: Site) -> None:
    library.model.reset()
    library.model.delay = 1
    document = make_document(library, "Twice")
    library.model.journal.wait_for(1, "/v1/embeddings", timeout=TIMEOUT_SECONDS)
    # The first job runs already: this one is another, and not merged with it.
    library.rpc.call("gpt.kb.document", "action_index", [document])
    jobs = rows(
        library,
        "SELECT state FROM queue_job WHERE identity_key = %s",
        f"kb_rag-index-{document}",
    )
    assert len(jobs) == 2, jobs
    library.model.delay = 0
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        left = rows(
            library,
            "SELECT 1 FROM queue_job WHERE identity_key = %s AND state <> 'done'",
            f"kb_rag-index-{document}",
        )
        if not left:
            break
        time.sleep(0.5)
    assert not left
    wait_until_indexed(library, document)
    assert_one_set(library, document)
    sent = Counter(
        text
        for entry in library.model.journal.entries("/v1/embeddings")
        for text in entry.body["input"]
    )
    assert max(sent.values()) == 1, "nothing was paid twice"
