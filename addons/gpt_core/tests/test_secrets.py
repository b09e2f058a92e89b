# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import GptCommon, GptMixin

KEY = "sk-never-to-be-logged-0815"
FAULTS = (
    "rate_limit", "insufficient_quota", "server_error", "overloaded", "timeout",
    "connection_reset", "truncated_json", "invalid_json", "refusal", "empty",
    "content_filter", "failed", "wrong_key", "permission", "unknown_model",
    "context_length", "invalid_request",
)  # fmt: skip


class Kept(logging.Handler):
    """Everything that is logged, down to the last detail."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(logging.Formatter().format(record))


@tagged("post_install", "-at_install")
class TestSecrets(GptCommon):
    """A key goes to its provider, and nowhere else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.write({"api_key": KEY, "timeout": 1})
        cls.make_chain("brief")

    def test_keys_are_never_logged(self):
        kept, root = Kept(), logging.getLogger()
        loggers = [root, *map(logging.getLogger, ("openai", "httpx", "httpx2"))]
        for logger in loggers:
            self.addCleanup(logger.setLevel, logger.level)
        # The block ends before anything is asserted: a failure has to be logged, too.
        with patch.object(root, "handlers", [kept]):
            for logger in loggers:
                logger.setLevel(logging.DEBUG)
            self._make_every_failure()
            for logger in loggers:
                logger.setLevel(logging.INFO)
        self.assertGreater(len(kept.lines), 100, "it was listening")
        self.assertTrue([line for line in kept.lines if "/v1/responses" in line])
        self.assertFalse([line for line in kept.lines if KEY in line])

    def _make_every_failure(self):
        for protocol in ("responses", "chat"):
            self.provider.protocol = protocol
            for fault in FAULTS:
                self.server.reset()
                self.server.faults.order(self.Fault(fault))
                request = self.env["gpt.service"].complete("brief", {"text": "Hola"})
                self.env.flush_all()
                self.assertNotIn(KEY, str(request.sudo().read()))
        for fault in ("wrong_key", "server_error", "timeout", "connection_reset"):
            self.server.faults.order(self.Fault(fault, path="/v1/models"))
            with self.assertRaises(UserError) as caught:
                self.provider.action_test_connection()
            self.assertNotIn(KEY, str(caught.exception))
        self.provider.base_url = "http://127.0.0.1:9/v1"
        self.env["gpt.service"].complete("brief", {"text": "Hola"})

    def test_objects_with_the_key_do_not_show_it(self):
        endpoint = self.provider._endpoint()
        chat = self.provider._get_chat_model("gpt-4o-mini")
        embeddings = self.provider._get_embeddings("text-embedding-3-small")
        for shown in (endpoint, chat, embeddings):
            self.assertNotIn(KEY, repr(shown))
            self.assertNotIn(KEY, str(shown))

    def test_a_key_in_a_further_header_is_not_shown_either(self):
        self.provider.authentication = "api_key"
        for shown in (
            self.provider._endpoint(),
            self.provider._get_chat_model("gpt-4o-mini"),
            self.provider._get_embeddings("text-embedding-3-small"),
        ):
            self.assertNotIn(KEY, repr(shown))

    def test_jobs_know_no_key_and_no_text(self):
        request = self.env["gpt.service"].delay_complete("brief", {"text": "Secreto"})
        job = self.env["queue.job"].search([("uuid", "=", request.job_uuid)])
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(j) FROM queue_job j WHERE id = %s", [job.id]
        )
        row = json.dumps(self.env.cr.fetchone())
        self.assertNotIn(KEY, row)
        self.assertNotIn("Secreto", row)

    def test_neutralized(self):
        from odoo.modules.neutralize import get_neutralization_queries

        archived = self.provider.copy({"api_key": KEY, "active": False})
        self.env.flush_all()
        for query in get_neutralization_queries(["gpt_core"]):
            self.env.cr.execute(query)
        (self.provider | archived).invalidate_recordset()
        self.assertEqual((self.provider | archived).mapped("api_key"), [False, False])
        request = self.env["gpt.service"].complete("brief", {"text": "Hola"})
        self.assertEqual(request.error_code, "not_configured")
        self.assertFalse(self.server.journal.entries("/v1/responses"))


@tagged("post_install", "-at_install")
class TestRemoteCalls(GptMixin, HttpCase):
    """What a portal user, an employee or nobody at all gets over HTTP."""

    CALLS = (
        ("gpt.service", "complete", ["brief", {"text": "Hola"}]),
        ("gpt.service", "delay_complete", ["brief", {"text": "Hola"}]),
        ("gpt.service", "retrieve", ["Hola"]),
        ("gpt.service", "retrieve_and_complete", ["brief", "Hola"]),
        ("gpt.request", "search_read", [[]]),
        ("gpt.provider", "search_read", [[]]),
        ("gpt.model", "action_update_prices", [[]]),
    )
    PRIVATE = (
        ("gpt.provider", "_endpoint", [[1]]),
        ("gpt.service", "_run_now", ["brief", {}, None, None]),
        ("gpt.request", "_complete_job", [[1]]),
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_chain("brief")
        for login, groups in (
            ("remote_portal", "base.group_portal"),
            ("remote_employee", "base.group_user"),
        ):
            new_test_user(cls.env, login, groups=groups, password=login)

    def call(self, model, method, args):
        """Call as the web client does; return the reply."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        reply = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return reply.json()

    def error_of(self, call):
        with self.subTest(call[:2]):
            reply = self.call(*call)
            self.assertNotIn("result", reply)
            return reply["error"]["data"]["name"]

    @mute_logger("odoo.http")
    def test_nobody(self):
        self.authenticate(None, None)
        for call in self.CALLS:
            self.assertIn("SessionExpired", self.error_of(call))

    @mute_logger("odoo.http")
    def test_portal(self):
        self.authenticate("remote_portal", "remote_portal")
        for call in self.CALLS:
            self.assertIn("AccessError", self.error_of(call) or "")
        self.assertFalse(self.server.journal.entries())

    @mute_logger("odoo.http")
    def test_private_methods_are_private(self):
        self.authenticate("remote_employee", "remote_employee")
        for call in self.PRIVATE:
            self.assertIn("AccessError", self.error_of(call) or "")
        self.assertFalse(self.server.journal.entries())

    def test_an_employee_may_ask(self):
        self.authenticate("remote_employee", "remote_employee")
        reply = self.call("gpt.service", "complete", ["brief", {"text": "Hola"}])
        self.assertTrue(reply["result"])
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 1)
