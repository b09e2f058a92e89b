# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who answers where and when, and what the visitor reads first."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestModes(LivechatGptCase):
    def test_always(self):
        self.make_operator()
        self.assertTrue(self.open_chat().gpt_session_ids)

    def test_only_without_operators(self):
        self.agent.mode = "no_operator"
        operator = self.make_operator()
        channel = self.open_chat()
        self.assertFalse(channel.gpt_session_ids)
        self.assertEqual(channel.livechat_operator_id, operator.partner_id)
        self.set_available(operator, False)
        self.assertTrue(self.open_chat().gpt_session_ids)

    def _calendar(self, is_working):
        """Return working hours that are now, or not."""
        now = fields.Datetime.now()
        day = now if is_working else now + timedelta(days=2)
        return self.env["resource.calendar"].create(
            {
                "name": "Hours",
                "tz": "UTC",
                "attendance_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "name": "All day",
                            "dayofweek": str(day.weekday()),
                            "hour_from": 0,
                            "hour_to": 24,
                            "day_period": "morning",
                        }
                    ),
                ],
            }
        )

    def test_outside_working_hours(self):
        operator = self.make_operator()
        self.agent.write(
            {"mode": "outside_hours", "calendar_id": self._calendar(True).id}
        )
        channel = self.open_chat()
        self.assertFalse(channel.gpt_session_ids)
        self.assertEqual(channel.livechat_operator_id, operator.partner_id)
        self.agent.calendar_id = self._calendar(False)
        self.assertTrue(self.open_chat().gpt_session_ids)
        self.assertIn("We are back on", self.own_text("nobody"))

    def test_outside_hours_needs_hours(self):
        with self.assertRaises(ValidationError):
            self.agent.mode = "outside_hours"

    def test_assistant_of_a_page(self):
        other = self.env["gpt.agent"].create({"name": "Diego"})
        self.livechat.rule_ids = [
            Command.create({"regex_url": "/shop", "gpt_agent_id": other.id})
        ]
        agents = []
        for page in ("/shop/cart", "/"):
            self.opener.headers["Referer"] = self.base_url() + page
            agents.append(self.open_chat().gpt_session_ids.agent_id)
        self.assertEqual(agents, [other, self.agent])

    def test_an_assistant_only_on_one_page(self):
        self.livechat.write(
            {
                "gpt_agent_id": False,
                "rule_ids": [
                    Command.create({"regex_url": "/x", "gpt_agent_id": self.agent.id})
                ],
            }
        )
        self.assertFalse(self.open_chat())
        self.opener.headers["Referer"] = self.base_url() + "/x"
        self.assertTrue(self.open_chat().gpt_session_ids)

    def test_an_archived_assistant_does_not_answer(self):
        self.agent.active = False
        self.assertFalse(self.open_chat())

    def test_welcome(self):
        self.agent.write(
            {
                "greeting": "¡Hola! Soy Sofía.",
                "suggestion_ids": [
                    Command.create({"name": "¿Cuánto cuesta el envío?"}),
                    Command.create({"name": "¿Qué horario tienen?"}),
                ],
            }
        )
        message = self.livechat._get_channel_infos()["default_message"]
        self.assertIn("¡Hola! Soy Sofía.", message)
        self.assertIn("2. ¿Qué horario tienen?", message)
        self.assertIn("/asesor", message)
        self.agent.says_way_out = False
        message = self.livechat._get_channel_infos()["default_message"]
        self.assertNotIn("/asesor", message)

    def test_a_suggestion_by_its_number(self):
        self.agent.suggestion_ids = [
            Command.create({"name": "¿Cuánto cuesta el envío?"})
        ]
        channel = self.open_chat()
        self.model_says("150 pesos.")
        self.visitor_writes(channel, "1.")
        self.run_jobs()
        user = self.last_sent()["input"][1]["content"]
        self.assertIn("<question>¿Cuánto cuesta el envío?</question>", user)

    def test_suggestions_are_in_the_language_of_the_page(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.agent.suggestion_ids = [Command.create({"name": "How much is it?"})]
        self.agent.suggestion_ids.with_context(lang="es_ES").name = "¿Cuánto cuesta?"
        for lang, own, other in (
            ("es_ES", "1. ¿Cuánto cuesta?", "How much"),
            ("en_US", "1. How much is it?", "¿Cuánto"),
        ):
            page = self.livechat.with_context(lang=lang)
            message = page._get_channel_infos()["default_message"]
            self.assertIn(own, message)
            self.assertNotIn(other, message)
            channel = self.open_chat()
            channel.gpt_session_ids.lang = lang
            self.model_says("150.")
            self.visitor_writes(channel, "1")
            self.run_jobs()
            user = self.last_sent()["input"][1]["content"]
            self.assertIn(f"<question>{own[3:]}</question>", user)

    def test_a_suggestion_is_the_open_question(self):
        self.make_operator()
        self.agent.suggestion_ids = [Command.create({"name": "¿Cuánto cuesta?"})]
        channel = self.open_chat()
        self.visitor_writes(channel, "1")
        self.visitor_writes(channel, "/asesor")
        self.run_jobs()
        session = channel.gpt_session_ids
        self.assertEqual(self.last_question(session), "¿Cuánto cuesta?")

    def test_how_long_to_wait_for_more(self):
        channel = self.open_chat()
        for seconds in (1, 7, 0):
            self.agent.debounce_seconds = seconds
            self.visitor_writes(channel, "Hola")
            job = self.jobs()[-1]
            if seconds:
                waits = (job.eta - job.date_created).total_seconds()
                self.assertAlmostEqual(waits, seconds, delta=1)
            else:
                self.assertFalse(job.eta)

    def test_too_many_suggestions(self):
        with self.assertRaises(ValidationError):
            self.agent.suggestion_ids = [
                Command.create({"name": f"¿{n}?"}) for n in range(5)
            ]

    def test_the_mark(self):
        self.assertEqual(self.agent.partner_id.name, "Sofía (AI)")
        self.agent.ai_mark = "asistente virtual"
        self.assertEqual(self.agent.partner_id.name, "Sofía (asistente virtual)")
        self.agent.write({"name": "Luz", "ai_mark": False})
        self.assertEqual(self.agent.partner_id.name, "Luz")
