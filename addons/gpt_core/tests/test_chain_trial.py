# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import escape

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import GptCommon
from .jobs import perform

RFC = "GODE561231GR8"


class TrialCase(GptCommon):
    """A chain with a draft, and a contact whose data is masked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("tried", publish=False)
        cls.chain.input_ids.name = "comment"
        cls.chain.step_ids.user_prompt = "{comment}"
        cls.manager = new_test_user(
            cls.env, "trying", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Ana Lourdes Ruiz", "comment": f"Ana Lourdes Ruiz, RFC {RFC}"}
        )

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def open(self, **values):
        trial = self.env["gpt.chain.trial"].with_user(self.manager)
        return trial.create({"chain_id": self.chain.id, **values})

    def send(self, trial):
        trial.action_send()
        self.assertTrue(trial.is_running)
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        perform(self.env, trial.request_id)
        self.assertFalse(trial.is_running)
        return trial.request_id


@tagged("post_install", "-at_install")
class TestChainTrial(TrialCase):
    def test_the_draft_is_tried_without_publishing(self):
        self.server.answer_with("Hola.")
        trial = self.open()
        trial.value_ids.value = "¿Qué tal?"
        request = self.send(trial)
        self.assertEqual((request.state, trial.answer), ("done", "Hola."))
        self.assertFalse(self.chain.published_version_id)
        self.assertEqual(request.purpose, "trial")
        self.assertEqual(request.user_id, self.manager)
        self.assertEqual(request.chain_id, self.chain)
        self.assertGreater(request.cost, 0)
        for part in ("¿Qué tal?", "You are brief.", "Hola.", "gpt-4o-mini"):
            self.assertIn(part, trial.trace_html)

    def test_a_version_is_tried(self):
        self.chain.action_publish()
        self.chain.step_ids.system_prompt = "Draft."
        trial = self.open(version_id=self.chain.published_version_id.id)
        request = self.send(trial)
        self.assertEqual(request.chain_version_id, self.chain.published_version_id)
        self.assertEqual(self.last_sent()["input"][0]["content"], "You are brief.")

    def test_values_of_a_record(self):
        form = Form(self.open())
        form.record_ref = f"res.partner,{self.contact.id}"
        with form.value_ids.edit(0) as line:
            self.assertEqual(line.path, "comment", "a field of that name")
            self.assertIn(RFC, line.value)
        trial = form.save()
        self.assertNotIn(RFC, trial.prompt_html)
        self.assertNotIn("Lourdes", trial.prompt_html)
        self.assertIn("[[RFC_1]]", trial.prompt_html)
        self.assertIn(RFC, trial.masked_html, "what was masked is shown")
        self.server.answer_with("Su RFC es [[RFC_1]].")
        self.send(trial)
        self.assertNotIn(RFC, str(self.last_sent()))
        self.assertEqual(trial.answer, f"Su RFC es {RFC}.")
        self.assertIn(RFC, trial.masked_then_html)
        self.assertNotIn(RFC, trial.trace_html)

    def test_empty_inputs_are_warned_of(self):
        self.chain.input_ids = [Command.create({"name": "other"})]
        trial = self.open()
        self.assertEqual(trial.empty_inputs, "comment, other")
        form = Form(trial)
        with form.value_ids.edit(0) as line:
            line.value = "Hola"
        self.assertEqual(form.empty_inputs, "other", "as one types")
        with form.value_ids.edit(1) as line:
            line.value = "  "
        self.assertEqual(form.empty_inputs, "other")
        with form.value_ids.edit(1) as line:
            line.value = "x"
        self.assertFalse(form.empty_inputs)

    def test_nothing_of_the_record_is_not_paid_for(self):
        self.contact.comment = False
        trial = self.open(record_ref=f"res.partner,{self.contact.id}")
        with self.assertRaisesRegex(UserError, "every input is empty"):
            trial.action_send()
        self.assertFalse(trial.request_id)
        trial.value_ids.value = "Hola"
        self.assertEqual(self.send(trial).state, "done")

    def test_typed_over(self):
        form = Form(self.open())
        form.record_ref = f"res.partner,{self.contact.id}"
        with form.value_ids.edit(0) as line:
            line.value = "Otra cosa"
        trial = form.save()
        self.assertIn("Otra cosa", trial.prompt_html)

    def test_the_preview_sends_what_is_sent(self):
        trial = self.open()
        trial.value_ids.value = "Hola"
        self.assertIn("&lt;comment&gt;", trial.prompt_html)
        self.assertFalse(self.server.journal.entries())
        self.send(trial)
        for message in self.last_sent()["input"]:
            self.assertIn(str(escape(message["content"])), trial.prompt_html)

    def test_an_error_is_told_at_once(self):
        self.server.faults.order(self.Fault("rate_limit", retry_after=60))
        trial = self.open()
        request = self.send(trial)
        self.assertEqual(request.error_code, "rate_limit")
        self.assertEqual(trial.error_code, "rate_limit")
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 1)

    def test_structured(self):
        self.chain.step_ids.output_ids.create(
            {"step_id": self.chain.step_ids.id, "name": "urgent", "ttype": "boolean"}
        )
        self.server.answer_with({"urgent": True})
        trial = self.open()
        self.send(trial)
        self.assertIn("urgent", trial.data_html)
        self.assertIn("✓", trial.data_html)

    def test_a_broken_draft(self):
        self.chain.input_ids.name = "renamed"
        trial = self.open()
        self.assertIn("comment", trial.preview_problem)
        with self.assertRaises(ValidationError):
            trial.action_send()

    def test_a_record_that_one_may_not_read(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.contact.company_id = other
        trial = self.open()
        with self.assertRaises(AccessError):
            trial.record_ref = f"res.partner,{self.contact.id}"
            trial.action_send()

    def test_a_field_that_one_may_not_read(self):
        self.assertTrue(self.provider.has_api_key, "the key is in the cache")
        form = Form(self.open(record_ref=f"gpt.provider,{self.provider.id}"))
        with form.value_ids.edit(0) as line:
            line.path = "name"
            self.assertEqual(line.value, "Local")
            line.path = "api_key"
            self.assertTrue(line.path_problem)
            self.assertEqual(line.value, "Local")

    def test_html_is_escaped(self):
        self.server.answer_with("<img src=x onerror=alert(1)>")
        trial = self.open()
        trial.value_ids.value = "<b>bold</b>"
        self.send(trial)
        for html in (trial.prompt_html, trial.trace_html):
            self.assertNotIn("<img", html)
            self.assertNotIn("<b>", html)

    def test_twice_at_once(self):
        trial = self.open()
        trial.action_send()
        with self.assertRaises(UserError):
            trial.action_send()

    def test_erased_with_the_rest(self):
        trial = self.open(record_ref=f"res.partner,{self.contact.id}")
        request = self.send(trial).sudo()
        self.assertTrue(request.trace and request.masked_values)
        self.env.cr.execute(
            "UPDATE gpt_request SET create_date = '2020-01-01' WHERE id = %s",
            [request.id],
        )
        request.invalidate_recordset()
        self.env["gpt.request.retention"]._cron_purge()
        self.assertFalse(request.trace or request.masked_values)
