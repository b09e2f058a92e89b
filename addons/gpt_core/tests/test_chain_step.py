# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..engine.chain.step_kinds import STEP_KINDS
from .common import GptCommon


@tagged("post_install", "-at_install")
class TestChainStep(GptCommon):
    def sent(self):
        return [entry.body for entry in self.server.journal.entries("/v1/responses")]

    def test_own_temperature_comes_first(self):
        chain = self.make_chain("warm", publish=False)
        chain.temperature = 0.5
        chain.step_ids = [
            Command.create(
                {
                    "sequence": 20,
                    "name": "second",
                    "user_prompt": "{answer}",
                    "temperature": 0.0,
                }
            ),
            Command.create(
                {"sequence": 30, "name": "third", "user_prompt": "{second}"}
            ),
        ]
        chain.action_publish()
        self.env["gpt.service"].complete(chain, {"text": "x"})
        self.assertEqual([body["temperature"] for body in self.sent()], [0.5, 0.0, 0.5])

    def test_kinds_are_those_of_the_engine(self):
        chain = self.make_chain("kinds", publish=False)
        for name, kind in STEP_KINDS.items():
            chain.step_ids.kind = name
            (spec,) = chain._spec_of(chain._snapshot()).steps
            for step in (chain.step_ids, spec):
                self.assertEqual(
                    (step.asks_model, step.gives_answer, step.looks_up),
                    (kind.asks_model, kind.gives_answer, kind.looks_up),
                )
        offered = self.env["gpt.chain.step"]._fields["kind"].get_values(self.env)
        self.assertEqual(offered, list(STEP_KINDS))

    def test_form_shows_what_a_kind_needs(self):
        chain = self.make_chain("shown", publish=False)
        shown = {
            "prompt": ("model_id", "max_chars", "output_ids"),
            "check": ("model_id",),
            "retrieve": ("passages",),
        }
        with Form(chain.step_ids) as form:
            for kind, names in shown.items():
                form.kind = kind
                for name in ("model_id", "max_chars", "output_ids", "passages"):
                    hidden = form._get_modifier(name, "invisible")
                    self.assertEqual(not hidden, name in names, (kind, name))

    def test_created_in_one_go(self):
        # The step says what the settings say, and the chain something else.
        chain = self.env["gpt.chain"].create(
            {
                "name": "One go",
                "code": "one_go",
                "temperature": 1.0,
                "step_ids": [
                    Command.create(
                        {"name": "answer", "user_prompt": "Hi", "temperature": 0.2}
                    )
                ],
            }
        )
        self.assertEqual(chain._snapshot()["steps"][0]["temperature"], 0.2)
        self.assertEqual(chain._snapshot()["temperature"], 1.0)

    def test_created_apart(self):
        chain = self.env["gpt.chain"].create({"name": "Apart", "code": "apart"})
        step = self.env["gpt.chain.step"].create(
            {"chain_id": chain.id, "name": "answer", "user_prompt": "Hi"}
        )
        self.env["gpt.chain.output"].create({"step_id": step.id, "name": "level"})
        self.env["gpt.chain.input"].create({"chain_id": chain.id, "name": "text"})
        step.user_prompt = "{text}"
        chain.action_publish()
        self.assertEqual(chain.published_version_id.snapshot, chain._snapshot())

    def test_limits(self):
        chain = self.make_chain("limited", publish=False)
        for values in ({"temperature": 2.1}, {"max_chars": -1}, {"max_tokens": -1}):
            with self.assertRaises(ValidationError):
                chain.step_ids.write(values)

    def test_a_long_text_is_cut_before_the_next_step(self):
        chain = self.make_chain("short", publish=False, max_chars=30)
        chain.step_ids = [
            Command.create({"sequence": 20, "name": "next", "user_prompt": "{answer}"})
        ]
        chain.action_publish()
        self.server.answer_with("Una frase que cabe aquí. Otra que ya no cabe.")
        self.env["gpt.service"].complete(chain, {"text": "x"})
        content = self.last_sent()["input"][0]["content"]
        self.assertEqual(content, "<answer>Una frase que cabe aquí.</answer>")

    def test_names_of_a_step_that_the_list_does_not_have_yet(self):
        """The web client gives it its place, behind all others, only afterwards."""
        chain = self.make_chain("listed", publish=False)
        chain.step_ids.sequence = 20
        review = {"sequence": 21, "name": "review", "user_prompt": "{answer}"}
        parent = {"id": chain.id, "step_ids": [[0, "virtual_1", review]]}
        Step = self.env["gpt.chain.step"]
        fields = {"chain_id": {}, "sequence": {}, "name": {}, "available_names": {}}
        started = Step.onchange({"chain_id": parent}, [], fields)["value"]
        self.assertEqual(
            started["available_names"], "{text} {answer} {review} {query} {passages}"
        )
        again = Step.onchange(
            {"chain_id": parent, "sequence": 21, "name": "review"}, ["name"], fields
        )["value"]
        self.assertEqual(again["available_names"], "{text} {answer} {query} {passages}")

    def test_names_while_editing(self):
        """A step that is not saved yet knows what it may use, and what is wrong."""
        form = Form(self.env["gpt.chain"])
        form.name = "New"
        form.code = "new_chain"
        with form.input_ids.new() as item:
            item.name = "question"
        with form.step_ids.new() as first:
            first.name = "facts"
            self.assertEqual(first.available_names, "{question} {query} {passages}")
            first.user_prompt = "{question}"
            self.assertFalse(first.prompt_problem)
        with form.step_ids.new() as second:
            second.name = "answer"
            second.user_prompt = "{facts} {nothing}"
            self.assertIn("nothing", second.prompt_problem)
            self.assertIn("{facts}", second.prompt_problem, "what exists is listed")
            second.user_prompt = "{facts}"
            self.assertFalse(second.prompt_problem)
        with form.step_ids.edit(0) as first:
            self.assertNotIn("answer", first.available_names, "not what comes later")
        chain = form.save()
        self.assertEqual(chain.step_ids.mapped("name"), ["facts", "answer"])
