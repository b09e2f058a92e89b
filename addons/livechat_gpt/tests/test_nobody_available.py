# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A person is wanted, and nobody is there."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestNobody(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.make_operator(available=False)
        cls.agent.write(
            {
                "nobody_message": "No hay nadie. ¿Su correo?",
                "thanks_message": "Anotado.",
            }
        )

    def setUp(self):
        super().setUp()
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids
        self.say("/asesor")

    def say(self, text):
        self.visitor_writes(self.channel, text)
        self.run_jobs()
        return self.answers(self.channel)[-1]

    def test_an_honest_message(self):
        self.assertEqual(self.answers(self.channel), ["No hay nadie. ¿Su correo?"])
        self.assertEqual(self.gpt_session.state, "waiting")
        self.assertEqual(self.gpt_session.contact_state, "asked")
        self.assertFalse(self.gpt_session.person_called)

    def test_a_contact_is_taken(self):
        self.assertEqual(self.say("Sí: juan.perez@example.com"), "Anotado.")
        self.assertEqual(self.gpt_session.contact_email, "juan.perez@example.com")
        self.assertEqual(self.gpt_session.contact_state, "given")
        self.assertEqual(self.gpt_session.state, "waiting", "a person is still wanted")

    def test_a_telephone_number_is_taken(self):
        self.env.company.country_id = self.env.ref("base.mx")
        self.assertEqual(self.say("mi cel es 55 1234 5678"), "Anotado.")
        self.assertEqual(self.gpt_session.contact_phone, "+525512345678")

    def test_a_contact_that_cannot_be_right(self):
        self.assertIn("valid", self.say("juan@@example"))
        self.assertEqual(self.say("juan@example.com"), "Anotado.")

    def test_it_is_asked_once(self):
        self.model_says("150 pesos.")
        self.assertEqual(self.say("¿Cuánto cuesta el envío?"), "150 pesos.")
        self.assertEqual(self.gpt_session.state, "bot")
        answer = self.say("/asesor")
        self.assertNotEqual(answer, "No hay nadie. ¿Su correo?")
        self.assertIn("noted", answer)
        self.assertEqual(self.say("juan@example.com"), "Anotado.")

    def test_without_the_model_at_all(self):
        self.server.faults.order(self.Fault("server_error", times=99))
        self.assertEqual(self.say("juan@example.com"), "Anotado.")

    def test_opening_hours_are_told(self):
        self.agent.nobody_message = False
        calendar = self.env.ref("resource.resource_calendar_std")
        self.agent.calendar_id = calendar
        text = self.own_text("nobody")
        if self.agent._is_working_time():
            self.assertNotIn("We are back", text)
        else:
            self.assertIn("We are back on", text)

    def test_picked_up_when_somebody_appears(self):
        self.process_due()
        self.assertFalse(self.gpt_session.person_called)
        self.set_available(self.operator)
        self.process_due()
        self.assertTrue(self.gpt_session.person_called)
        self.assertEqual(self.gpt_session.operator_id, self.operator)
        self.assertEqual(len(self.answers(self.channel)), 2)
        self.process_due()
        self.assertEqual(len(self.answers(self.channel)), 2, "said once")

    def test_picked_up_while_the_assistant_goes_on(self):
        self.model_says("150 pesos.")
        self.say("¿Cuánto cuesta el envío?")
        self.set_available(self.operator)
        self.process_due()
        self.assertEqual(self.gpt_session.state, "waiting")
        self.assertTrue(self.gpt_session.person_called)

    def test_not_picked_up_too_late(self):
        late = fields.Datetime.now() - timedelta(minutes=self.agent.pick_up_minutes + 1)
        self.gpt_session.wanted_since = late
        self.set_available(self.operator)
        self.process_due()
        self.assertFalse(self.gpt_session.person_called)

    def test_a_person_who_says_nothing(self):
        self.set_available(self.operator)
        self.process_due()
        self.process_due()
        self.assertTrue(self.gpt_session.person_called)
        self.time_passes(self.channel, self.agent.person_timeout)
        before = len(self.answers(self.channel))
        self.process_due()
        self.assertFalse(self.gpt_session.person_called)
        self.assertEqual(len(self.answers(self.channel)), before + 1)
        self.model_says("De 9 a 18.")
        self.assertEqual(self.say("¿Qué horario tienen?"), "De 9 a 18.")
        self.process_due()
        self.assertFalse(self.gpt_session.person_called, "and is not called again")
