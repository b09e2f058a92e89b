# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What comes from outside is kept, whatever it is made of, and without keys."""

import json

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.job import Job

from ..controllers.queue_job import GptRunJobController
from ..utils.record_values import number_for
from .common import GptCommon

HALF = "Hola \ud83d, \x00¿qué tal?"
WHOLE = "Hola \N{REPLACEMENT CHARACTER}, ¿qué tal?"
OUTPUTS = (
    {"name": "note", "ttype": "text", "required": True},
    {"name": "count", "ttype": "integer"},
    {"name": "share", "ttype": "float"},
)
CLEANER = "odoo.addons.gpt_core.engine.provider.reply_cleaning"
NUMBERS = "odoo.addons.gpt_core.engine.text.numbers"


def responses_reply(text, usage):
    """Return a reply of the Responses API, as JSON that is spelled out."""
    return (
        '{"id": "resp_1", "object": "response", "created_at": 1, "model": "m", '
        '"status": "completed", "output": [{"type": "message", "id": "m1", "role": '
        '"assistant", "status": "completed", "content": [{"type": "output_text", '
        f'"annotations": [], "text": {json.dumps(text)}}}]}}], "tools": [], '
        f'"parallel_tool_calls": true, "tool_choice": "auto", "usage": {usage}}}'
    )


@tagged("post_install", "-at_install")
class TestOddValues(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_chain("brief")
        cls.make_chain("fields", outputs=OUTPUTS)

    def reply(self, text, usage="null", **options):
        fault = {"status": 200, "body": responses_reply(text, usage)} | options
        self.server.faults.order(self.Fault("raw", **fault))

    def stored(self, code="brief", text="Hola"):
        """Run a chain; return its request as the database has it."""
        request = self.env["gpt.service"].complete(code, {"text": text})
        self.env.flush_all()
        self.env.invalidate_all()
        return request

    def test_odd_characters_of_an_answer(self):
        self.reply(HALF)
        request = self.stored()
        self.assertEqual((request.state, request.answer), ("done", WHOLE))

    def test_odd_characters_of_fields(self):
        for spelled in (True, False):
            data = {"note": HALF, "count": 1, "share": 0.5}
            self.reply(json.dumps(data, ensure_ascii=spelled))
            request = self.stored("fields")
            self.assertEqual(request.state, "done")
            self.assertEqual(request.data["note"], WHOLE)

    def test_odd_characters_of_an_error(self):
        body = json.dumps({"error": {"message": HALF}})
        self.server.faults.order(self.Fault("raw", status=400, body=body))
        request = self.stored()
        self.assertEqual(request.error_code, "invalid_request")
        self.assertIn(WHOLE, request.error_message)

    def test_odd_characters_of_a_question(self):
        request = self.stored(text=HALF)
        self.assertEqual(request.state, "done")
        self.assertIn(WHOLE, request.prompt)
        self.assertEqual(self.env["gpt.service"].retrieve(HALF), [])

    def test_odd_values_of_a_job(self):
        request = self.env["gpt.service"].delay_complete(
            "brief", {"text": [HALF, float("nan")]}, payload={"note": HALF}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(request.sudo().pending_values, {"text": [WHOLE, None]})
        self.assertEqual(request.payload, {"note": WHOLE})

    def test_a_job_that_fails_with_odd_characters(self):
        request = self.env["gpt.service"].delay_complete("brief", {"text": "Hola"})
        job = Job.load(self.env, request.job_uuid)
        values = GptRunJobController._get_failure_values(job, HALF, ValueError(HALF))
        job.set_failed(**values)
        job.store()
        self.env.flush_all()
        row = self.env["queue.job"].search([("uuid", "=", request.job_uuid)])
        self.assertEqual((row.exc_info, row.exc_message), (WHOLE, WHOLE))

    @mute_logger(CLEANER)
    def test_odd_counts_of_tokens(self):
        for number in ("9e9", "-5", "NaN", '"x"', "1e308", "2147483648", "true"):
            usage = ", ".join(
                f'"{name}": {number}'
                for name in ("input_tokens", "output_tokens", "total_tokens")
            )
            with self.subTest(number):
                self.server.reset()
                self.reply("Hola", "{" + usage + "}")
                request = self.stored()
                self.assertEqual((request.state, request.answer), ("done", "Hola"))
                self.assertTrue(0 <= request.total_tokens < 1000)
                self.assertTrue(0 <= request.cost < 0.01)

    def test_largest_counts_can_be_added_up(self):
        self.reply("Hola", '{"input_tokens": 50000000, "output_tokens": 50000000}')
        request = self.stored()
        self.assertEqual(request.total_tokens, 10**8)
        self.assertGreater(request.cost, 0)
        request.write({"input_tokens": 10**9, "output_tokens": 10**9})
        self.env.flush_all()
        self.assertEqual(request.total_tokens, 2 * 10**9)

    def test_odd_numbers_of_fields(self):
        for number in ("1e300", "-1e300", "9" * 30):
            with self.subTest(number), mute_logger(NUMBERS):
                self.reply(f'{{"note": "x", "count": null, "share": {number}}}')
                request = self.stored("fields")
                self.assertEqual(request.state, "done")
                self.assertEqual(abs(request.data["share"]), 2**53)

    def test_numbers_that_a_field_cannot_keep(self):
        fields = self.env["res.partner"]._fields
        integer, float_ = fields["color"], fields["partner_latitude"]
        for value, as_integer, as_float in (
            (3, 3, 3.0),
            (2.6, 3, 2.6),
            (2**31, None, 2.0**31),
            (-(2**31), None, -(2.0**31)),
            (1e300, None, None),
            (float("nan"), None, None),
            (float("inf"), None, None),
            (True, None, None),
            ("3", None, None),
        ):
            with self.subTest(value):
                self.assertEqual(number_for(integer, value), as_integer)
                self.assertEqual(number_for(float_, value), as_float)

    def test_prices_are_not_negative(self):
        with self.assertRaises(ValidationError):
            self.model.price_output = -1


@tagged("post_install", "-at_install")
class TestEchoedKeys(GptCommon):
    """Providers that repeat the key in what they say."""

    KEY = "sk-proj-Never+Kept/0815=xyzw"
    FORMS = (
        "{key}",
        "Incorrect API key provided: {key}.",
        "sk-p****************xyzw",
        "sk-proj-...xyzw",
        "api_key=sk-proj-Never%2BKept%2F0815%3Dxyzw",
        "the key sk-proj-Never+Kept is wrong",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.api_key = cls.KEY
        cls.make_chain("brief")
        groups = "base.group_user,gpt_core.group_gpt_manager"
        cls.manager = new_test_user(cls.env, "key_reader", groups=groups)

    def assertNoKey(self, text):
        for part in (self.KEY, "Never", "xyzw", "0815"):
            self.assertNotIn(part, text)

    def say(self, text, status=401, **options):
        body = json.dumps({"error": {"message": text, "code": "invalid_api_key"}})
        self.server.faults.order(self.Fault("raw", status=status, body=body, **options))

    def test_requests(self):
        for protocol in ("responses", "chat"):
            self.provider.protocol = protocol
            for text in self.FORMS:
                with self.subTest(text, protocol=protocol):
                    self.server.reset()
                    self.say(text)
                    request = self.env["gpt.service"].complete("brief", {"text": "x"})
                    self.assertEqual(request.error_code, "wrong_key")
                    self.env.flush_all()
                    self.assertTrue(request.sudo().error_message)
                    self.assertNoKey(json.dumps(request.sudo().read(), default=str))

    def test_messages_on_the_screen(self):
        for action in ("action_test_connection", "action_fetch_models"):
            for text in self.FORMS:
                with self.subTest(text, action=action):
                    self.server.reset()
                    self.say(text, path="/v1/models")
                    with self.assertRaises(UserError) as caught:
                        getattr(self.provider.with_user(self.manager), action)()
                    self.assertNoKey(str(caught.exception))

    def test_a_key_in_another_header(self):
        self.provider.authentication = "api_key"
        self.say("the header api-key was {key}")
        request = self.env["gpt.service"].complete("brief", {"text": "x"})
        self.assertNoKey(request.sudo().error_message)

    def test_a_key_with_something_around_it(self):
        self.provider.api_key = f"  {self.KEY}\n"
        self.assertEqual(self.provider.api_key, self.KEY)
        copied = self.env["gpt.provider"].create({"name": "b", "api_key": "sk-1\r\n"})
        self.assertEqual(copied.api_key, "sk-1")
        for key in ("sk-\n1", "sk-ñ", "sk 1"):
            with self.assertRaises(ValidationError) as caught:
                self.provider.api_key = key
            self.assertNotIn(key, str(caught.exception))
