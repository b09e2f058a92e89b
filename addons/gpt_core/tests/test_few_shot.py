# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Approved examples in the prompts of a chain."""

import json

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .common import GptCommon

SHIPPING = ("¿Cuánto cuesta el envío a Puebla?", "El envío cuesta 90 pesos.")
HOURS = ("¿A qué hora abren los domingos?", "De 9 a 14 horas.")
ASKED = "¿Qué cuesta el envío?"


class FewShotCase(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("few_shot", publish=False)
        cls.chain.few_shot_count = 1
        cls.chain.action_publish()

    def example(self, pair=SHIPPING, state="approved", **values):
        defaults = {
            "kind": "chat",
            "chain_id": self.chain.id,
            "messages": [
                {"role": "user", "content": pair[0]},
                {"role": "assistant", "content": pair[1]},
            ],
        }
        example = self.env["gpt.example"].create(defaults | values)
        example.state = state
        return example

    def ask(self, text=ASKED, **options):
        """Return the request, and the texts that were sent after the system prompt."""
        request = self.env["gpt.service"].complete(
            self.chain, {"text": text}, **options
        )
        self.assertEqual(request.state, "done", request.error_message)
        return request

    def sent(self):
        return json.dumps(self.last_sent(), ensure_ascii=False)


@tagged("post_install", "-at_install")
class TestFewShot(FewShotCase):
    def test_the_similar_example_is_sent_and_told_in_the_ledger(self):
        hours, shipping = self.example(HOURS), self.example(SHIPPING)
        request = self.ask()
        self.assertIn(SHIPPING[1], self.sent())
        self.assertNotIn(HOURS[1], self.sent())
        self.assertEqual(request.shown_example_ids, shipping)
        roles = [item["role"] for item in self.last_sent()["input"]]
        self.assertEqual(roles[-3:], ["user", "assistant", "user"])
        request = self.ask("¿Abren el domingo?")
        self.assertEqual(request.shown_example_ids, hours)
        hours.unlink()
        self.env.invalidate_all()
        self.assertFalse(request.shown_example_ids)

    def test_only_approved_ones(self):
        for state in ("proposed", "rejected"):
            self.example(state=state)
        request = self.ask()
        self.assertNotIn(SHIPPING[1], self.sent())
        self.assertFalse(request.shown_example_ids)

    def test_what_changes_on_the_board_counts_at_once(self):
        example = self.example(state="proposed")
        self.assertFalse(self.ask().shown_example_ids)
        example.state = "approved"
        self.assertEqual(self.ask("¿Cuesta mucho el envío?").shown_example_ids, example)
        example.messages = [
            {"role": "user", "content": SHIPPING[0]},
            {"role": "assistant", "content": "Ya es gratis."},
        ]
        self.ask("¿Y el envío?")
        self.assertIn("Ya es gratis.", self.sent())
        example.state = "rejected"
        self.assertFalse(self.ask("¿El envío cuesta?").shown_example_ids)
        example.state = "approved"
        self.assertTrue(self.ask("¿Cuesta el envío hoy?").shown_example_ids)
        example.unlink()
        self.assertFalse(self.ask("¿Cuánto el envío?").shown_example_ids)

    def test_a_thumb_down_is_no_model_to_follow(self):
        self.example(liked="down")
        self.assertFalse(self.ask().shown_example_ids)
        self.example(liked="up")
        self.assertTrue(self.ask("¿Cuesta algo el envío?").shown_example_ids)

    def test_the_preferred_answer_is_shown(self):
        self.example(
            kind="preference",
            messages=[{"role": "user", "content": SHIPPING[0]}],
            preferred="Son 90 pesos.",
            rejected="No sé nada.",
        )
        self.assertTrue(self.ask().shown_example_ids)
        self.assertIn("Son 90 pesos.", self.sent())
        self.assertNotIn("No sé nada.", self.sent())

    def test_examples_of_other_companies_and_chains(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.example(company_id=other.id)
        self.example(chain_id=self.make_chain("another").id)
        self.assertFalse(self.ask().shown_example_ids)
        self.assertNotIn(SHIPPING[1], self.sent())
        user = new_test_user(
            self.env,
            "of_other",
            groups="base.group_user",
            company_id=other.id,
            company_ids=[other.id],
        )
        service = self.env["gpt.service"].with_user(user)
        request = service.complete(self.chain, {"text": ASKED}).sudo()
        self.assertEqual(request.shown_example_ids, theirs)

    def test_who_asks_need_not_read_examples(self):
        example = self.example()
        user = new_test_user(self.env, "asks", groups="base.group_user")
        service = self.env["gpt.service"].with_user(user)
        request = service.complete(self.chain, {"text": ASKED})
        self.assertEqual(request.sudo().shown_example_ids, example)

    def test_what_the_example_was_made_of_is_not_told_its_answer(self):
        conversation = self.env["gpt.conversation"].create({"name": "It"})
        self.example(conversation_id=conversation.id)
        self.assertFalse(self.ask(conversation=conversation).shown_example_ids)
        self.assertTrue(self.ask("¿Cuánto es el envío?").shown_example_ids)

    def test_placeholders_are_nobodys(self):
        self.example(
            ("La factura de [[RFC_1]] a [[EMAIL_1]]", "Va a [[EMAIL_1]], [[NAME_1]].")
        )
        self.server.answer_with("Va a [[EMAIL_90002]], para [[RFC_1]].")
        request = self.ask("Mi factura, RFC GODE561231GR8, a ana@example.com")
        sent = self.sent()
        self.assertNotIn("GODE561231GR8", sent)
        self.assertEqual(sent.count("[[RFC_1]]"), 1)
        self.assertEqual(sent.count("[[EMAIL_1]]"), 1)
        self.assertEqual(request.answer, "Va a, para GODE561231GR8.")
        self.assertNotIn("90002", str(request.placeholders))

    def test_the_limit_of_tokens(self):
        self.example((SHIPPING[0], "Cuesta. " * 600))
        short = self.example()
        self.assertEqual(self.ask().shown_example_ids, short)
        self.chain.few_shot_tokens = 3000
        self.chain.few_shot_count = 2
        self.chain.action_publish()
        self.assertEqual(len(self.ask("¿El envío?").shown_example_ids), 2)

    def test_limits(self):
        for values in (
            {"few_shot_count": -1},
            {"few_shot_tokens": -1},
            {"few_shot_count": 21},
        ):
            with self.assertRaises(ValidationError):
                self.chain.write(values)

    def test_versions_hold_it(self):
        first = self.chain.published_version_id
        self.chain.write({"few_shot_count": 3, "few_shot_tokens": 500})
        self.assertEqual(self.chain.state, "changed")
        self.chain.action_publish()
        second = self.chain.published_version_id
        self.assertEqual(second._spec().few_shot_count, 3)
        self.assertEqual(second._spec().few_shot_tokens, 500)
        shown = self.env["gpt.chain.compare"].create(
            {"chain_id": self.chain.id, "left_id": first.id, "right_id": second.id}
        )
        self.assertIn("Examples Shown", str(shown.difference))
        first.action_restore()
        self.assertEqual(self.chain.few_shot_count, 1)
        self.assertEqual(self.chain.few_shot_tokens, 1000)

    def test_the_preview_shows_them(self):
        self.example()
        preview = self.env["gpt.prompt.preview"]
        text = preview._first_prompt(self.chain, {"text": ASKED})
        self.assertIn(SHIPPING[1], text)
        trial = self.env["gpt.chain.trial"].create({"chain_id": self.chain.id})
        trial.value_ids.value = ASKED
        self.assertIn(SHIPPING[1], trial.prompt_html)
        trial.value_ids.value = "Buenas noches"
        self.assertNotIn(SHIPPING[1], trial.prompt_html)
        self.assertFalse(self.server.journal.entries())

    def test_they_count_in_the_estimate(self):
        estimate = self.env["gpt.request.estimate"]
        selection = self.env["gpt.example.selection"]
        version = self.chain.published_version_id
        spec = version._spec()
        none = self.env["gpt.request"].new({"chain_version_id": version.id})

        def expected():
            few_shot = selection._few_shot(self.chain.id, spec)
            return estimate._expected(spec, none, {"text": ASKED}, few_shot)

        before = expected()
        self.example((SHIPPING[0], "Cuesta. " * 200))
        after = expected()
        self.assertGreater(after["tokens"], before["tokens"] + 300)
        self.assertGreater(after["cost"], before["cost"])

    def test_a_chain_without_examples_asks_the_database_nothing_more(self):
        plain = self.make_chain("plain")
        service = self.env["gpt.service"]

        def statements(chain, text):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            service.complete(chain, {"text": text})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.example()
        for chain in (plain, self.chain):  # what every chain reads once
            statements(chain, "a")
        without = statements(plain, "b")
        # What is shown is remembered, so that even they read nothing more.
        self.assertEqual(statements(self.chain, "b"), without)
        self.env.registry.clear_cache()
        statements(plain, "c")
        again = statements(plain, "d")
        self.assertEqual(again, without)
        self.assertGreater(statements(self.chain, "c"), without)
