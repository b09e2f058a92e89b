# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestQuirks(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.protocol = "chat"
        cls.chain = cls.make_chain(
            "facts", outputs=({"name": "topic", "ttype": "char", "required": True},)
        )

    def refuse(self, match, message):
        body = json.dumps({"error": {"message": message}})
        self.server.faults.order(
            self.Fault("raw", body=body, status=400, match=match, times=None)
        )

    def ask(self):
        return self.env["gpt.service"].complete(self.chain, {"text": "Hola"})

    def test_what_a_server_refuses_is_remembered(self):
        self.refuse('"json_schema"', "response_format json_schema is not supported")
        self.refuse("max_completion_tokens", "max_completion_tokens is not supported")
        self.server.answer_with('```json\n{"topic": "x"}\n```', times=None)
        request = self.ask()
        self.assertEqual(request.data, {"topic": "x"})
        self.assertEqual(request.provider_calls, 3)
        self.assertEqual(self.model.structured_output, "json")
        self.assertEqual(self.model.limit_name, "max_tokens")
        self.assertGreater(request.cost, 0)
        again = self.env["gpt.service"].complete(self.chain, {"text": "Otra"})
        self.assertEqual(again.data, {"topic": "x"})
        self.assertEqual(again.provider_calls, 1)
        self.assertAlmostEqual(again.cost, request.cost, delta=request.cost / 2)

    def test_a_refusal_for_lack_of_credit(self):
        body = json.dumps({"error": {"message": "Insufficient Balance"}})
        self.server.faults.order(self.Fault("raw", body=body, status=402, times=None))
        request = self.ask()
        self.assertEqual(request.error_code, "quota")
        self.assertEqual((request.provider_calls, request.cost), (1, 0))

    def test_a_web_page_is_no_internal_error(self):
        page = "<html><title>Access denied</title></html>"
        self.server.faults.order(
            self.Fault("raw", body=page, status=200, content_type="text/html")
        )
        request = self.ask()
        self.assertEqual(request.error_code, "web_page")
        self.assertIn("Access denied", request.error_message)

    def test_connection_finds_the_way(self):
        self.refuse('"json_schema"', "response_format json_schema is not supported")
        self.refuse('"json_object"', "response_format json_object is not supported")
        answer = {"colour": "blue", "day": "today"}
        self.provider.model_ids = self.model
        self.server.answer_with(answer, times=None)
        message = self.provider.action_test_connection()["params"]["message"]
        self.assertIn(self.model.name, message)
        self.assertIn("Chat Completions", message)
        self.assertEqual(self.provider.protocol, "chat")
        self.assertIn(self.model.structured_output, ("tool", "prompt"))

    def test_effort_and_room_to_think(self):
        self.model.write({"reasoning_effort": "low", "reasoning_tokens": 1000})
        self.chain.max_tokens = 200
        self.chain.action_publish()
        self.server.answer_with({"topic": "x"})
        self.ask()
        first, *_further = self.server.journal.entries("/v1/chat/completions")
        self.assertEqual(first.body["reasoning_effort"], "low")
        self.assertEqual(first.body["max_completion_tokens"], 1200)
        self.assertFalse(self.model.reasoning_effort, "this model has none, it says")

    def test_budgets_count_the_room_to_think(self):
        self.chain.max_tokens = 200
        self.chain.action_publish()
        spec = self.chain.published_version_id._spec()
        estimate = self.env["gpt.request.estimate"]
        before = estimate._longest(spec, {})["tokens"]
        self.model.reasoning_tokens = 1000
        self.assertEqual(estimate._longest(spec, {})["tokens"], before + 1000)

    def test_headers_of_a_provider(self):
        self.provider.extra_headers = "X-Team: ventas\n\nOpenAI-Organization: org-1"
        self.server.answer_with({"topic": "x"})
        self.ask()
        headers = self.server.journal.entries("/v1/chat/completions")[-1].headers
        self.assertEqual(headers["x-team"], "ventas")
        self.assertEqual(headers["openai-organization"], "org-1")

    def test_bad_network_settings(self):
        for values in (
            {"extra_headers": "no colon"},
            {"extra_headers": "X-Team:"},
            {"proxy": "host:1"},
            {"ca_bundle": "no certificate"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.provider.write(values)
