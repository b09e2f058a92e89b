# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..engine.provider.chat_model import NO_KEY
from ..testing.openai_server import OpenAIServer
from .common import GptCommon


def fingerprint(key):
    """Return what the local server's journal has of a key."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


OUTPUTS = ({"name": "total", "ttype": "float", "required": True},)


@contextlib.contextmanager
def behind_prefix(prefix, upstream, needs_header=""):
    """Serve ``upstream`` below another path, as gateways do; yield (address, seen).

    :param needs_header: without this header the answer is 401
    """
    import urllib.error
    import urllib.request

    seen = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            self.answer(None)

        def do_POST(self):
            self.answer(self.rfile.read(int(self.headers["Content-Length"])))

        def answer(self, body):
            seen.append((self.path, dict(self.headers)))
            if not self.path.startswith(prefix):
                return self.send(404, b'{"error": {"message": "no such resource"}}')
            if needs_header and needs_header not in self.headers:
                return self.send(401, b'{"error": {"message": "no subscription key"}}')
            request = urllib.request.Request(
                upstream.removesuffix("/v1") + "/v1" + self.path.removeprefix(prefix),
                body,
                {
                    "Content-Type": "application/json",
                    "Authorization": self.headers["Authorization"],
                },
            )
            try:
                with urllib.request.urlopen(request, timeout=10) as reply:
                    self.send(reply.status, reply.read())
            except urllib.error.HTTPError as error:
                self.send(error.code, error.read())

        def send(self, status, content, kind="application/json"):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}", seen
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def web_page(content, kind="text/html", status=200):
    """Serve the same content at every address; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


@tagged("post_install", "-at_install")
class TestProviderKinds(GptCommon):
    """Servers as they are out there, each with a text and a structured answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_chain("brief")
        cls.make_chain("number", outputs=OUTPUTS)

    def ask_both(self, server=None):
        server = server or self.server
        service = self.env["gpt.service"]
        server.answer_with("Listo.")
        request = service.complete("brief", {"text": "Hola"})
        self.assertEqual(request.answer, "Listo.", request.error_message)
        self.assertGreater(request.input_tokens, 0)
        self.assertGreater(request.cost, 0)
        server.answer_with({"total": 2.5})
        request = service.complete("number", {"text": "2.5"})
        self.assertEqual(request.data, {"total": 2.5}, request.error_message)

    def test_official(self):
        """The Responses API at the address that the SDK itself knows."""
        provider = self.env["gpt.provider"].create({"name": "O", "api_key": "sk-x"})
        chat = provider._get_chat_model("gpt-4o-mini")
        address = str(chat.root_client.base_url)
        self.assertEqual(address, "https://api.openai.com/v1/")
        self.provider.action_test_connection()
        self.ask_both()
        sent = self.server.journal.entries("/v1/responses")[-1]
        self.assertEqual(sent.api_key_fingerprint, fingerprint("sk-test"))
        self.assertNotIn("api-key", sent.headers)
        self.assertIs(sent.body["store"], False)

    def test_azure_style(self):
        """Another path, and a gateway that reads the key from the header api-key."""
        prefix = "/openai/v1"
        with behind_prefix(prefix, self.server.base_url, "api-key") as (url, seen):
            self.provider.base_url = url
            with self.assertRaisesRegex(UserError, "does not accept the API key"):
                self.provider.action_test_connection()
            self.provider.authentication = "api_key"
            self.provider.action_test_connection()
            self.ask_both()
        path, headers = seen[-1]
        self.assertEqual(path, "/openai/v1/responses")
        self.assertEqual(headers["api-key"], "sk-test")

    def test_chat_completions_only(self):
        """As Ollama, vLLM or LiteLLM: no /responses; structured output all the same."""
        with OpenAIServer(endpoints=("chat",)) as server:
            self.provider.base_url = server.base_url
            with self.assertRaisesRegex(UserError, "Choose Chat Completions"):
                self.provider.action_test_connection()
            self.provider.protocol = "chat"
            self.provider.action_test_connection()
            self.ask_both(server)
            sent = server.journal.entries("/v1/chat/completions")[-1].body
            form = sent["response_format"]["json_schema"]
            self.assertTrue(form["strict"])
            self.assertEqual(form["schema"]["required"], ["total"])
            self.assertFalse(server.journal.entries("/v1/embeddings"))

    def test_responses_only(self):
        with OpenAIServer(endpoints=("responses",)) as server:
            self.provider.write({"base_url": server.base_url, "protocol": "chat"})
            with self.assertRaisesRegex(UserError, "Choose Responses"):
                self.provider.action_test_connection()

    def test_without_a_key(self):
        self.provider.write({"api_key": False, "authentication": "none"})
        self.assertTrue(self.provider.is_ready)
        self.assertFalse(self.provider.has_api_key)
        self.provider.action_test_connection()
        self.ask_both()
        sent = self.server.journal.entries("/v1/responses")[-1]
        self.assertEqual(sent.api_key_fingerprint, fingerprint(NO_KEY))

    def test_asking_for_the_protocol_asks_no_model(self):
        self.provider.model_ids.active = False
        self.provider.action_test_connection()
        (entry,) = self.server.journal.entries("/v1/responses")
        self.assertEqual((entry.body, entry.status), ({}, 400))

    def test_embeddings_of_each_kind(self):
        for authentication in ("bearer", "api_key", "none"):
            self.provider.authentication = authentication
            found = self.provider._get_embeddings("text-embedding-3-small")
            self.assertEqual(len(found.embed_query("Hola")), 1536)

    def test_failures_in_plain_words(self):
        refused = {
            "wrong_key": "does not accept the API key",
            "permission": "may not use",
            "rate_limit": "Too many requests",
            "insufficient_quota": "no credit left",
            "server_error": "The provider has a fault",
            "timeout": "took too long",
            "connection_reset": "cannot be reached",
        }
        self.provider.timeout = 0.5
        for fault, words in refused.items():
            for action in ("action_test_connection", "action_fetch_models"):
                with self.subTest(fault, action=action):
                    self.server.reset()
                    self.server.faults.order(self.Fault(fault, path="/v1/models"))
                    with self.assertRaisesRegex(UserError, words) as caught:
                        getattr(self.provider, action)()
                    self.assertNotIn("sk-test", str(caught.exception))

    def test_wrong_addresses(self):
        not_an_api = "not an API like OpenAI's"
        for content, kind, status in (
            (b"<html>Welcome</html>", "text/html", 200),
            (b"<html>Not found</html>", "text/html", 404),
            (b"[]", "application/json", 200),
            (b'"hello"', "application/json", 200),
            (b"{", "application/json", 200),
            (b'{"data": "no list"}', "application/json", 200),
            (b'{"data": [{"name": "no id"}]}', "application/json", 200),
        ):
            with self.subTest(content), web_page(content, kind, status) as url:
                self.provider.base_url = url
                with self.assertRaisesRegex(UserError, not_an_api):
                    self.provider.action_test_connection()
        self.provider.base_url = self.server.base_url.removesuffix("/v1")
        with self.assertRaisesRegex(UserError, "ends in /v1"):
            self.provider.action_fetch_models()
        self.provider.base_url = "http://no-such-host.invalid/v1"
        with self.assertRaisesRegex(UserError, "address is not known"):
            self.provider.action_test_connection()
        self.provider.base_url = "https://" + self.server.base_url.partition("//")[2]
        with self.assertRaisesRegex(UserError, "wants http where https"):
            self.provider.action_test_connection()
