# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The chat goes to a person, by each of the ways there are, and comes back."""

import json

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..compat import V19
from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestHandoff(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.make_operator()
        cls.agent.calling_message = "Te paso con un colega."

    def ask(self, text="¿Cuánto cuesta el envío?"):
        """Have a visitor ask, and the jobs run; return chat and session."""
        channel = self.open_chat()
        self.visitor_writes(channel, text)
        self.run_jobs()
        return channel, channel.gpt_session_ids

    def assert_handed_over(self, channel, reason):
        session = channel.gpt_session_ids
        self.assertEqual(session.state, "waiting")
        self.assertTrue(session.person_called)
        self.assertEqual(session.handoff_reason, reason)
        self.assertEqual(session.operator_id, self.operator)
        self.assertEqual(channel.livechat_operator_id, self.operator.partner_id)
        self.assertIn(self.operator.partner_id, channel.channel_member_ids.partner_id)
        self.assertEqual(len(self.answers(channel)), 1, "one transition, no answer")

    def test_command(self):
        channel, _session = self.ask("/asesor")
        self.assert_handed_over(channel, "asked")
        self.assertEqual(self.answers(channel), ["Te paso con un colega."])
        sent = [e.body for e in self.server.journal.entries("/v1/responses")]
        self.assertNotIn("Sofía", str(sent), "no answer was asked for")
        self.assertIn(self.operator.name, channel.name)

    def test_keyword(self):
        channel, _session = self.ask("Hola, ¿podría HABLAR con una Persona?")
        self.assert_handed_over(channel, "asked")

    def test_a_keyword_is_a_word(self):
        self.model_says("Sí.")
        channel, session = self.ask("¿Venden libros de humanidades para agentes?")
        self.assertEqual(session.state, "bot")
        self.assertEqual(self.answers(channel), ["Sí."])

    def test_the_model_decides(self):
        self.model_says("No sé.", action="handoff")
        channel, _session = self.ask()
        self.assert_handed_over(channel, "model")

    def test_the_model_may_not_decide(self):
        self.agent.follows_model = False
        self.model_says("No sé.", action="handoff")
        channel, session = self.ask()
        self.assertEqual(session.state, "bot")
        self.assertEqual(self.answers(channel), ["No sé."])

    def test_words_are_no_decision(self):
        self.model_says('ACTION: handoff {"action": "handoff"} /asesor')
        _channel, session = self.ask()
        self.assertEqual(session.state, "bot")

    def test_confidence(self):
        self.agent.min_confidence = 0.5
        self.model_says("Tal vez.", confidence=0.49)
        channel, _session = self.ask()
        self.assert_handed_over(channel, "confidence")
        self.assertNotIn("Tal vez.", self.answers(channel))

    def test_confidence_at_the_threshold(self):
        self.agent.min_confidence = 0.5
        self.model_says("Sí.", confidence=0.5)
        channel, _session = self.ask()
        self.assertEqual(self.answers(channel), ["Sí."])

    def test_missing_data(self):
        self.agent.max_questions = 1
        channel = self.open_chat()
        self.visitor_writes(channel, "¿Cuánto tarda mi pedido?")
        self.model_says("¿Qué número tiene?", action="ask", missing=["número"])
        self.run_jobs()
        self.assertEqual(self.answers(channel), ["¿Qué número tiene?"])
        self.visitor_writes(channel, "No lo sé")
        self.model_says("¿Y su correo?", action="ask", missing=["correo"])
        self.run_jobs()
        self.assertEqual(channel.gpt_session_ids.handoff_reason, "missing")
        self.assertNotIn("¿Y su correo?", self.answers(channel))

    def test_no_source(self):
        self.agent.needs_source = True
        self.model_says("Seguro que sí.")
        channel, _session = self.ask()
        self.assert_handed_over(channel, "no_source")
        self.assertNotIn("Seguro que sí.", self.answers(channel))

    def test_numbers_of_no_passage(self):
        self.agent.needs_source = True
        self.model_says("Seguro que sí [3].", cited=["1", "9"])
        channel, _session = self.ask()
        self.assert_handed_over(channel, "no_source")

    def test_what_states_nothing_needs_no_source(self):
        self.agent.needs_source = True
        channel = self.open_chat()
        for kind, text in (
            ("small_talk", "¡Buenas tardes! ¿Qué desea saber?"),
            ("clarification", "¿De qué modelo?"),
            ("acknowledgement", "Entendido."),
        ):
            self.visitor_writes(channel, f"¡Hola! Pregunto por {kind}")
            self.model_says(text, kind=kind)
            self.run_jobs()
            self.assertEqual(channel.gpt_session_ids.state, "bot")
            self.assertIn(text, self.answers(channel))

    def test_a_chain_of_their_own_is_told_to_cite(self):
        """One that writes text, and says neither what it is nor what it rests on."""
        chain = self.make_chain("own", ("question",), user_prompt="{question}")
        self.agent.write({"chain_id": chain.id, "needs_source": True})
        channel = self.open_chat()
        self.visitor_writes(channel, "¡Hola, buenas tardes!")
        self.server.answer_with("¡Buenas tardes! ¿Qué desea saber?")
        self.run_jobs()
        self.assertEqual(self.answers(channel), ["¡Buenas tardes! ¿Qué desea saber?"])
        self.visitor_writes(channel, "¿Cuánto cuesta el envío?")
        self.server.answer_with("Cuesta 150 pesos.")
        self.run_jobs()
        self.assertIn("like [1]", str(self.last_sent()["input"]))
        self.assertEqual(channel.gpt_session_ids.handoff_reason, "no_source")
        self.assertNotIn("Cuesta 150 pesos.", self.answers(channel))

    def test_repeated_question(self):
        channel = self.open_chat()
        for _time in range(2):
            self.visitor_writes(channel, "¿Dónde está mi pedido?")
            self.model_says("No lo sé.")
            self.run_jobs()
        self.assertEqual(channel.gpt_session_ids.state, "bot")
        self.visitor_writes(channel, "¿Donde esta mi PEDIDO?")
        self.run_jobs()
        self.assertEqual(channel.gpt_session_ids.handoff_reason, "repeated")

    def test_error(self):
        self.server.faults.order(self.Fault("wrong_key", times=3))
        channel, _session = self.ask()
        self.assert_handed_over(channel, "error")

    def test_budget(self):
        self.env["gpt.budget"].create(
            {"name": "Small", "measure": "requests", "limit": 1, "period": "day"}
        )
        channel, _session = self.ask()
        self.visitor_writes(channel, "¿Y el horario?")
        self.run_jobs()
        self.assertEqual(channel.gpt_session_ids.handoff_reason, "budget")

    def test_an_answer_of_any_language(self):
        self.agent.calling_message = False
        self.env["res.lang"]._activate_lang("es_ES")
        self.model_says("No sé.", action="handoff", language="es")
        channel, _session = self.ask()
        self.assertIn("colega", self.answers(channel)[0])
        self.model_says("I do not know.", action="handoff", language="en")
        channel, _session = self.ask("How much?")
        self.assertIn("colleague", self.answers(channel)[0])

    def test_the_person_writes(self):
        channel, session = self.ask("/asesor")
        self.operator_writes(self.operator, channel)
        self.assertEqual(session.state, "human")
        self.visitor_writes(channel, "Gracias")
        self.assertFalse(self.jobs())
        self.assertEqual(len(self.answers(channel)), 1)

    def test_a_person_writes_who_was_not_called(self):
        channel, session = self.ask()
        self.operator_writes(self.operator, channel)
        self.assertEqual((session.state, session.handoff_reason), ("human", "person"))

    def test_waiting_is_no_turn_of_the_assistant(self):
        channel, session = self.ask("/asesor")
        self.visitor_writes(channel, "¿Hola?")
        self.run_jobs()
        self.assertEqual(len(self.answers(channel)), 1)
        self.assertEqual(session.state, "waiting")

    def test_give_back(self):
        channel, session = self.ask("/asesor")
        self.operator_writes(self.operator, channel)
        self.visitor_writes(channel, "¿Y el envío?")
        session.with_user(self.operator).action_give_back()
        self.assertEqual(session.state, "bot")
        self.assertEqual(channel.livechat_operator_id, self.agent.partner_id)
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(channel)[-1], "150 pesos.")
        user = self.last_sent()["input"][1]["content"]
        self.assertIn("<question>¿Y el envío?</question>", user)

    def test_give_back_when_all_was_answered(self):
        channel, session = self.ask("/asesor")
        self.operator_writes(self.operator, channel)
        count = len(self.server.journal.entries("/v1/responses"))
        session.with_user(self.operator).action_give_back()
        self.run_jobs()
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), count)
        self.assertEqual(session.state, "bot")

    def test_take_over_in_mid_thought(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "¿Cuánto cuesta?")
        (job,) = self.jobs()
        request_id, run = self.begin(job)
        session = channel.gpt_session_ids
        session.with_user(self.operator).action_take_over()
        self.assertEqual(session.state, "human")
        self.finish(job, request_id, run)
        self.assertEqual(len(self.answers(channel)), 1, "only that somebody is there")
        self.assertEqual(session.operator_id, self.operator)
        joined = channel.message_ids.filtered(lambda m: "joined" in (m.body or ""))
        self.assertEqual(joined.author_id, self.operator.partner_id, "by themselves")

    def test_whom_the_operator_sees_when_he_is_called(self):
        """All that is sent to them says it: they hear nothing of the chat before."""
        channel, _session = self.ask("/asesor")
        self.env.cr.precommit.run()
        sent = [
            json.loads(row.message)
            for row in self.env["bus.bus"].search([], order="id")
            if json.loads(row.channel)[1:3]
            == ["res.partner", self.operator.partner_id.id]
        ]
        shown = [m for m in sent if str(channel.id) in json.dumps(m)]
        self.assertTrue(shown)
        if V19:  # names the chat by its kind of members
            return
        members = channel.channel_member_ids
        self.assertNotIn(self.agent.partner_id, members.partner_id)
        told = json.dumps([m["payload"] for m in shown])
        self.assertIn(members.guest_id.name, told)

    def test_the_person_leaves(self):
        channel, session = self.ask("/asesor")
        self.operator_writes(self.operator, channel)
        self.visitor_writes(channel, "¿Y el horario?")
        channel.with_user(self.operator).action_unfollow()
        self.assertEqual(session.state, "bot")
        self.model_says("De 9 a 18.")
        self.run_jobs()
        self.assertEqual(self.answers(channel)[-1], "De 9 a 18.")

    def test_somebody_joins(self):
        channel, session = self.ask()
        channel.add_members(partner_ids=self.operator.partner_id.ids)
        self.assertEqual(session.state, "waiting")
        self.assertTrue(session.person_called)
        self.visitor_writes(channel, "¿Hola?")
        self.assertFalse(self.jobs())

    def test_buttons_are_for_operators(self):
        _channel, session = self.ask()
        employee = new_test_user(self.env, "gpt_employee", groups="base.group_user")
        portal = new_test_user(self.env, "gpt_portal", groups="base.group_portal")
        # He reads the chats of the assistant, and answers no visitors.
        manager = new_test_user(
            self.env, "gpt_boss", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        self.assertTrue(session.with_user(manager).state)
        for user in (employee, portal, manager, self.env.ref("base.public_user")):
            for name in ("action_take_over", "action_give_back"):
                with self.assertRaises(AccessError):
                    getattr(session.with_user(user), name)()
        self.assertEqual(session.state, "bot")

    def test_an_operator_of_another_company(self):
        _channel, session = self.ask()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_operator(
            "gpt_stranger", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        with self.assertRaises(AccessError):
            session.with_user(stranger).action_take_over()
