# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A manager writes the answer that would have been right."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import GptCommon

RFC = "GODE561231GR8"


@tagged("post_install", "-at_install")
class TestCorrection(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("corrected")
        cls.manager = new_test_user(
            cls.env, "manages", groups="base.group_user,gpt_core.group_gpt_manager"
        )

    def ask(self, chain=None, text=f"Mi RFC es {RFC}. ¿Cuánto cuesta?"):
        return self.env["gpt.service"].complete(chain or self.chain, {"text": text})

    def correct(self, request, answer, user=None):
        action = request.with_user(user or self.manager).action_correct()
        correction = (
            self.env[action["res_model"]]
            .with_user(user or self.manager)
            .with_context(**action["context"])
            .create({})
        )
        if answer is not None:
            correction.answer = answer
        saved = correction.action_save()
        return self.env["gpt.example"].browse(saved["res_id"])

    def assert_nothing_proposed(self, request):
        examples = self.env["gpt.example"]
        self.assertFalse(examples.search([("request_id", "=", request.id)]))

    def test_a_text(self):
        self.server.answer_with("Con [[RFC_1]] son 80.")
        request = self.ask()
        example = self.correct(
            request, f"Con [[RFC_1]] son 90; {RFC} escribe a ana@example.com."
        )
        self.assertEqual(example.kind, "preference")
        self.assertEqual(example.state, "proposed")
        self.assertEqual(example.source, "corrected")
        self.assertEqual(example.chain_id, self.chain)
        self.assertEqual(example.request_id, request)
        self.assertEqual(
            example.messages,
            [
                {
                    "role": "user",
                    "content": "<text>Mi RFC es [[RFC_1]]. ¿Cuánto cuesta?</text>",
                }
            ],
        )
        self.assertEqual(example.rejected, "Con [[RFC_1]] son 80.")
        self.assertEqual(
            example.preferred, "Con [[RFC_1]] son 90; [[RFC_1]] escribe a [[EMAIL_1]]."
        )

    def test_twice_is_one_proposal_until_it_is_decided(self):
        request = self.ask()
        first = self.correct(request, "Son 90.")
        second = self.correct(request, "Son 95.")
        self.assertEqual(first, second)
        self.assertEqual(first.preferred, "Son 95.")
        first.state = "approved"
        self.assertEqual(self.correct(request, "Son 99."), first)
        self.assertEqual(first.preferred, "Son 95.")

    def test_fields(self):
        outputs = (
            {"name": "total", "ttype": "integer", "required": True},
            {"name": "note", "ttype": "text"},
        )
        chain = self.make_chain("corrected_fields", outputs=outputs)
        self.server.answer_with({"total": 80, "note": "Con [[RFC_1]]"})
        request = self.ask(chain)
        for wrong in ("no JSON", '{"total": "many"}', '{"note": "a"}', "[]", " "):
            with self.assertRaises(UserError):
                self.correct(request, wrong)
        right = {"total": 5512345678, "note": f"Con {RFC}"}
        example = self.correct(request, json.dumps(right))
        masked = right | {"note": "Con [[RFC_1]]"}
        self.assertEqual(json.loads(example.preferred), masked)
        self.assertEqual(json.loads(example.rejected)["total"], 80)

    def test_nothing_to_correct(self):
        self.server.answer_with("Son 90.")
        request = self.ask()
        with self.assertRaises(UserError):
            self.correct(request, None)
        request.prompt = False
        with self.assertRaises(UserError):
            self.correct(request, "Son 95.")
        self.assert_nothing_proposed(request)

    def test_a_chain_that_proposes_nothing_by_itself(self):
        self.chain.proposes_examples = False
        self.assertTrue(self.correct(self.ask(), "Son 95."))

    def test_a_chain_that_masks_nothing(self):
        open_chain = self.make_chain("corrected_open", publish=False)
        open_chain.mask_pii = False
        open_chain.action_publish()
        self.server.answer_with(f"Con {RFC} son 80.")
        example = self.correct(self.ask(open_chain), f"Con {RFC} son 90.")
        self.assertEqual(example.rejected, "Con [[RFC_1]] son 80.")
        self.assertEqual(example.preferred, "Con [[RFC_1]] son 90.")
        self.assertNotIn(RFC, str(example.messages))

    def test_answers_chosen_in_the_ledger(self):
        self.server.answer_with("Son 90.")
        self.server.answer_with("Con [[RFC_1]] son 95.")
        one, other = self.ask(text="¿Cuánto es?"), self.ask()
        failed = self.env["gpt.request"].create({"state": "failed"})
        chosen = (one + other + failed).with_user(self.manager)
        action = chosen.action_propose_examples()
        examples = self.env["gpt.example"].search(action["domain"], order="id")
        self.assertEqual(examples.request_id, one + other)
        self.assertEqual(set(examples.mapped("state")), {"proposed"})
        self.assertEqual(set(examples.mapped("source")), {"ledger"})
        answers = [example.messages[-1]["content"] for example in examples]
        self.assertCountEqual(answers, ["Son 90.", "Con [[RFC_1]] son 95."])
        again = chosen.action_propose_examples()
        self.assertEqual(self.env["gpt.example"].search(again["domain"]), examples)
        with self.assertRaises(UserError):
            failed.with_user(self.manager).action_propose_examples()
        employee = new_test_user(self.env, "asks_too", groups="base.group_user")
        own = self.env["gpt.service"].with_user(employee)
        request = own.complete(self.chain, {"text": "¿Cuánto?"})
        with self.assertRaises(AccessError):
            request.action_propose_examples()

    def test_only_managers_of_the_company(self):
        request = self.ask()
        employee = new_test_user(self.env, "works", groups="base.group_user")
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "manages_other",
            groups="base.group_user,gpt_core.group_gpt_manager",
            company_id=other.id,
            company_ids=[other.id],
        )
        portal = new_test_user(self.env, "portal_user", groups="base.group_portal")
        for user in (employee, stranger, portal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.correct(request, "Son 95.", user)
        self.assert_nothing_proposed(request)
