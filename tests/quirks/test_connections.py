# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses, certificates, proxies, headers: what stands between us and a provider."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from openai_server import Fault, OpenAIServer
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from odoo.addons.gpt_core.engine.provider.address import base_address
from odoo.addons.gpt_core.engine.provider.catalogue import list_models
from odoo.addons.gpt_core.engine.provider.chat_model import (
    Endpoint,
    make_chat_model,
    make_embeddings,
)
from odoo.addons.gpt_core.engine.provider.failures import as_gpt_error

KEY = "sk-test-key"


def failure(endpoint: Endpoint) -> Any:
    """Return what comes of asking, which fails."""
    with pytest.raises(Exception) as caught:
        make_chat_model(endpoint, "gpt-4o-mini").invoke("hola")
    return as_gpt_error(caught.value)


def asked(server: OpenAIServer, **options: Any) -> Any:
    """Return the request that an endpoint with these options sends."""
    endpoint = Endpoint(KEY, server.base_url, "chat", 20.0, 0, **options)
    make_chat_model(endpoint, "gpt-4o-mini").invoke("hola")
    return server.journal.entries()[-1]


# https://github.com/Significant-Gravitas/AutoGPT/issues/384
def test_a_host_that_nobody_knows():
    error = failure(Endpoint(KEY, "http://nobody.invalid/v1", max_retries=0))
    assert (error.code, error.retry_in) == ("unknown_host", 30)


# https://github.com/ollama/ollama/issues/7708
def test_https_where_http_is_spoken(server: OpenAIServer):
    url = server.base_url.replace("http:", "https:")
    error = failure(Endpoint(KEY, url, max_retries=0))
    assert (error.code, error.retry_in) == ("wrong_scheme", None)


def test_http_where_https_is_spoken(server: OpenAIServer):
    """nginx says so, in a web page."""
    body = "<html><center>The plain HTTP request was sent to HTTPS port</center></html>"
    server.faults.order(Fault("raw", body=body, status=400, content_type="text/html"))
    error = failure(Endpoint(KEY, server.base_url, max_retries=1))
    assert error.code == "wrong_scheme"
    assert len(server.journal.entries()) == 1


def test_nobody_listens():
    with OpenAIServer() as stopped:
        url = stopped.base_url
    error = failure(Endpoint(KEY, url, max_retries=0))
    assert (error.code, error.retry_in) == ("connection", 5)


@pytest.fixture
def https(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An address whose certificate no public authority signed, and the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName(
        [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    both = tmp_path / "server.pem"
    both.write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    body = '{"object": "list", "data": [{"id": "some-model", "object": "model"}]}'
    app = Response(body, content_type="application/json")
    with make_server("127.0.0.1", 0, app, threaded=True, ssl_context=context) as own:
        from threading import Thread

        thread = Thread(target=own.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{own.server_port}/v1", pem.decode()
        own.shutdown()
        thread.join(10)


# https://github.com/ricklamers/shell-ai/issues/16
def test_a_certificate_of_ones_own(https: tuple[str, str]):
    url, _certificate = https
    error = failure(Endpoint(KEY, url, max_retries=0))
    assert (error.code, error.retry_in) == ("certificate", None)


def test_a_certificate_that_the_record_trusts(https: tuple[str, str]):
    url, certificate = https
    endpoint = Endpoint(KEY, url, ca_bundle=certificate)
    assert [model.name for model in list_models(endpoint)] == ["some-model"]


# https://github.com/langchain-ai/langchain/issues/5243
def test_a_proxy(server: OpenAIServer):
    """A proxy gets the whole address, and the host is nobody's business."""
    proxy = server.base_url.removesuffix("/v1")
    endpoint = Endpoint(KEY, "http://provider.invalid/v1", "chat", proxy=proxy)
    assert make_chat_model(endpoint, "gpt-4o-mini").invoke("hola").text
    assert server.journal.entries()[-1].headers["host"] == "provider.invalid"


def test_headers_of_the_record(server: OpenAIServer):
    entry = asked(
        server, headers=(("OpenAI-Organization", "org-1"), ("X-Team", "ventas"))
    )
    assert entry.headers["openai-organization"] == "org-1"
    assert entry.headers["x-team"] == "ventas"


def test_headers_are_not_shown():
    endpoint = Endpoint(
        KEY, headers=(("X-Key", "geheim-0815"),), proxy="http://u:geheim-0815@p:1"
    )
    assert "geheim" not in repr(endpoint)
    assert "geheim" not in repr(make_chat_model(endpoint, "gpt-4o-mini"))


def test_a_header_that_an_error_echoes(server: OpenAIServer):
    server.faults.order(
        Fault("raw", status=401, body='{"error": {"message": "bad geheim-0815-xyz"}}')
    )
    headers = (("X-Key", "geheim-0815-xyz"),)
    error = failure(Endpoint(KEY, server.base_url, "chat", 5.0, 0, headers=headers))
    assert "geheim" not in error.detail


ENVIRONMENT = {
    "OPENAI_BASE_URL": "http://elsewhere.invalid/v1",
    "OPENAI_API_BASE": "http://elsewhere.invalid/v1",
    "OPENAI_PROXY": "http://127.0.0.1:9",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
    "OPENAI_ORG_ID": "org-of-the-server",
    "OPENAI_ORGANIZATION": "org-of-the-server",
    "OPENAI_PROJECT_ID": "project-of-the-server",
    "OPENAI_API_TYPE": "azure",
    "OPENAI_API_VERSION": "2020-01-01",
    "OPENAI_API_KEY": "sk-of-the-server",
}


# https://github.com/langchain-ai/langchain/pull/14833
def test_nothing_of_the_environment_counts(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    # Other options than anywhere else: models and clients are kept.
    entry = asked(server, headers=(("X-Environment", "1"),))
    sent = "\n".join(f"{name}: {value}" for name, value in entry.headers.items())
    assert "of-the-server" not in sent
    endpoint = Endpoint(KEY, server.base_url, headers=(("X-Environment", "2"),))
    assert list_models(endpoint)
    assert make_embeddings(endpoint, "text-embedding-3-small").embed_query("hola")
    official = make_chat_model(Endpoint("sk-1"), "gpt-4o-mini")
    assert official.openai_api_base == "https://api.openai.com/v1"


DEPLOYMENTS = "https://r.openai.azure.com/openai/deployments"


@pytest.mark.parametrize(
    ("url", "model", "address", "query"),
    [
        (None, "m", "https://api.openai.com/v1", {}),
        ("http://h:1/v1/", "m", "http://h:1/v1", {}),
        (" http://h/v1/chat/completions ", "m", "http://h/v1", {}),
        (
            f"{DEPLOYMENTS}/d/chat/completions?api-version=2024-10-21",
            "m",
            f"{DEPLOYMENTS}/d",
            {"api-version": "2024-10-21"},
        ),
        (
            f"{DEPLOYMENTS}?api-version=2024-10-21",
            "gpt 4o",
            f"{DEPLOYMENTS}/gpt%204o",
            {"api-version": "2024-10-21"},
        ),
        (
            f"{DEPLOYMENTS}/d?api-version=2024-10-21",
            "",
            "https://r.openai.azure.com/openai",
            {"api-version": "2024-10-21"},
        ),
    ],
)
def test_addresses(url: str | None, model: str, address: str, query: dict[str, str]):
    assert base_address(url, model) == (address, query)


# https://github.com/andrewyng/aisuite/issues/194
def test_a_classic_azure_address(server: OpenAIServer):
    host = server.base_url.removesuffix("/v1")
    url = f"{host}/openai/deployments/gpt/chat/completions?api-version=2024-10-21"
    failure(Endpoint(KEY, url, "chat", 5.0, 0, key_header="api-key"))
    (entry,) = server.journal.entries()
    assert entry.path == "/openai/deployments/gpt/chat/completions"
    assert entry.headers["api-key"] == KEY
