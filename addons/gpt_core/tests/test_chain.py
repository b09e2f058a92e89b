# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.gpt_chain import GptChain
from .common import GptCommon


@tagged("post_install", "-at_install")
class TestChain(GptCommon):
    def test_unknown_names_are_refused(self):
        for prompt in ("{other}", "{text} {later}", "{answer}"):
            with self.assertRaisesRegex(ValidationError, r"\{text\}"):
                self.make_chain("refused", user_prompt=prompt)

    def test_only_plain_names(self):
        for prompt in (
            "{text.__class__}",
            "{text[0]}",
            "{text!r}",
            "{text:>99999999}",
            "{0}",
            "{}",
            "{text",
            "text}",
        ):
            with self.subTest(prompt), self.assertRaises(ValidationError):
                self.make_chain("refused", user_prompt=prompt)

    def test_braces_as_text(self):
        chain = self.make_chain("json", user_prompt='{{"a": 1}} {text}')
        self.env["gpt.service"].complete(chain, {"text": "x"})
        content = self.last_sent()["input"][1]["content"]
        self.assertEqual(content, '{"a": 1} <text>x</text>')

    def test_a_step_uses_earlier_results(self):
        chain = self.make_chain("two", publish=False)
        chain.step_ids = [
            Command.create(
                {"sequence": 20, "name": "review", "user_prompt": "Check: {answer}"}
            )
        ]
        chain.action_publish()
        self.server.answer_with("First.")
        self.server.answer_with("Second.")
        request = self.env["gpt.service"].complete(chain, {"text": "x"})
        self.assertEqual(request.answer, "Second.")
        content = self.last_sent()["input"][0]["content"]
        self.assertEqual(content, "Check: <answer>First.</answer>")
        with self.assertRaises(ValidationError):
            chain.step_ids[0].user_prompt = "{review}"

    def test_removing_an_input_that_is_used(self):
        chain = self.make_chain("used")
        with self.assertRaisesRegex(ValidationError, "Unknown names: text"):
            chain.write({"input_ids": [Command.clear()]})

    def test_rename_input_and_prompt_together(self):
        chain = self.make_chain("renamed")
        chain.write(
            {
                "input_ids": [Command.update(chain.input_ids.id, {"name": "question"})],
                "step_ids": [
                    Command.update(chain.step_ids.id, {"user_prompt": "{question}"})
                ],
            }
        )
        chain.action_publish()
        self.assertEqual(chain.published_version_id.number, 2)

    def test_publishing_checks_again(self):
        chain = self.make_chain("stale")
        chain.input_ids.name = "question"
        with self.assertRaisesRegex(ValidationError, "Unknown names: text"):
            chain.action_publish()

    def test_names_are_unique(self):
        with self.assertRaisesRegex(ValidationError, "twice"):
            self.make_chain("twice", inputs=("text", "answer"))
        with self.assertRaises(ValidationError):
            self.make_chain("Bad code")
        self.make_chain("same")
        with self.assertRaises(ValidationError):
            self.make_chain("same")

    def test_versions(self):
        chain = self.make_chain("versioned")
        first = chain.published_version_id
        self.assertEqual((first.number, chain.state), (1, "published"))
        chain.action_publish()
        self.assertEqual(chain.published_version_id, first, "nothing changed")
        chain.step_ids.system_prompt = "You are long."
        self.assertEqual(chain.state, "changed")
        chain.action_publish()
        self.assertEqual(chain.published_version_id.number, 2)
        self.assertEqual(chain.state, "published")
        with self.assertRaises(UserError):
            first.snapshot = {}

    def test_copy(self):
        chain = self.make_chain("origin")
        copy = chain.copy()
        self.assertEqual(copy.code, "origin_2")
        self.assertEqual(copy.state, "draft")
        copy.action_publish()
        request = self.env["gpt.service"].complete("origin_2", {"text": "x"})
        self.assertEqual(request.state, "done")

    def test_default_temperature_is_not_frozen_by_the_form(self):
        with Form(self.env["gpt.chain"]) as form:
            form.name = "From the form"
            form.code = "from_form"
            self.assertAlmostEqual(form.temperature, 0.2)
        chain = self.env["gpt.chain"].search([("code", "=", "from_form")])
        self.assertFalse(chain.own_temperature)
        chain.temperature = 0.0
        self.assertTrue(chain.own_temperature, "zero is a temperature")
        with self.assertRaises(ValidationError):
            chain.temperature = 3

    def test_choices(self):
        with self.assertRaises(ValidationError):
            self.make_chain(
                "choice", outputs=({"name": "level", "ttype": "selection"},)
            )

    def test_cases_are_of_an_addon(self):
        """Without one, no button offers them, and publishing asks nobody."""
        chain = self.make_chain("alone", publish=False)
        GptChain._compute_keeps_cases(chain)
        self.assertFalse(chain.keeps_cases)
        self.assertIsNone(GptChain._ask_before_publishing(chain))
        with self.assertRaises(UserError):
            GptChain._new_case(chain, {"text": "x"})
