# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What needs no model needs no job, and waits behind nobody."""

from odoo.tests import tagged

from .silence import SilenceCase


@tagged("post_install", "-at_install")
class TestWithoutAJob(SilenceCase):
    def assert_no_job(self):
        self.assertFalse(self.jobs(), "nothing waits for a worker")

    def nobody_is_there(self):
        """Have the visitor be asked for a contact."""
        self.visitor("/asesor")
        self.assert_said("nobody")
        self.assert_no_job()

    def test_a_command(self):
        self.set_available(self.ana)
        self.visitor("/asesor")
        self.assert_no_job()
        self.assert_state("waiting", self.ana)
        self.assert_said("calling")
        self.assertIn(self.ana.partner_id, self.channel.channel_member_ids.partner_id)
        self.assertEqual(self.gpt_session.handoff_reason, "asked")

    def test_a_keyword(self):
        self.set_available(self.ana)
        self.visitor("Quiero hablar con una persona")
        self.assert_no_job()
        self.assert_state("waiting", self.ana)

    def test_a_command_in_the_words_of_the_assistant(self):
        self.set_available(self.ana)
        self.visitor("/ventas")
        self.assertEqual(len(self.jobs()), 1)
        self.agent.handoff_commands = "ventas"
        self.visitor("/ventas")
        self.assert_state("waiting", self.ana)

    def test_a_contact(self):
        self.nobody_is_there()
        self.visitor("ana@example.com")
        self.assert_no_job()
        self.assert_said("thanks")
        self.assertEqual(self.gpt_session.contact_email, "ana@example.com")

    def test_a_contact_that_cannot_be_right(self):
        self.nobody_is_there()
        self.visitor("ana@@example")
        self.assert_no_job()
        self.assert_said("bad_contact")

    def test_a_contact_and_a_question(self):
        self.nobody_is_there()
        self.visitor("mi correo es ana@example.com, ¿cuánto cuesta el envío a Mérida?")
        self.assert_said("thanks")
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(self.channel)[-1], "150 pesos.")
        self.assertEqual(self.gpt_session.contact_email, "ana@example.com")
        self.assertEqual(self.asked(), 1)

    def test_a_contact_after_a_question(self):
        self.nobody_is_there()
        self.visitor("¿Cuánto cuesta el envío a Mérida?")
        self.visitor("ana@example.com")
        self.assert_said("thanks")
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(self.channel)[-1], "150 pesos.")
        self.assertEqual(self.asked(), 1)

    def test_a_question_after_a_contact(self):
        self.nobody_is_there()
        self.visitor("ana@example.com")
        self.visitor("¿Cuánto cuesta el envío a Mérida?")
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(self.channel)[-1], "150 pesos.")
        self.assertEqual(self.gpt_session.contact_email, "ana@example.com")

    def test_while_the_model_thinks(self):
        self.set_available(self.ana)
        self.visitor("¿Cuánto cuesta el envío?")
        (job,) = self.jobs()
        self.model_says("150 pesos.")
        begun = self.begin(job)
        self.visitor("/asesor")
        self.assert_state("waiting", self.ana)
        self.finish(job, *begun)
        self.assert_said("calling")
        self.assertEqual(len(self.answers(self.channel)), 1, "never two voices")

    def test_behind_a_burst(self):
        """The jobs of what was written before have nothing left to do."""
        self.set_available(self.ana)
        self.visitor("Hola")
        self.visitor("¿Cuánto cuesta el envío?")
        self.visitor("/asesor")
        self.assert_said("calling")
        self.run_jobs()
        self.assertFalse(self.asked())
        self.assertEqual(len(self.answers(self.channel)), 1)

    def test_too_many(self):
        """Commands are no way around the limit of messages."""
        self.agent.max_messages_minute = 2
        for _number in range(4):
            self.visitor("/asesor")
        self.assertEqual(len(self.answers(self.channel)), 2)
        self.assertEqual(len(self.jobs()), 2)

    def test_a_question_has_a_job(self):
        self.visitor("¿Cuánto cuesta el envío?")
        self.assertEqual(len(self.jobs()), 1)
        self.assertFalse(self.answers(self.channel))
