# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What whoever takes over is told; what visitors think of answers; the report."""

from markupsafe import Markup

from odoo.tests import tagged

from .common import LivechatGptCase

SUMMARY = {
    "summary": "Pregunta por el envío.\nVive en Mérida.",
    "facts": ["Ciudad: Mérida"],
    "open_question": "¿Cuánto tarda?",
    "reply": "¡Hola! Con gusto le ayudo.",
}


@tagged("post_install", "-at_install")
class TestHandoffSummary(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.make_operator()
        cls.summaries = cls.env["gpt.livechat.handoff.summary"]

    def chat(self, *texts):
        channel = self.open_chat()
        for text in texts:
            self.visitor_writes(channel, text)
            self.run_jobs()
        return channel, channel.gpt_session_ids

    def shown(self, session):
        """Return the summary as its reader sees it."""
        lines = str(self.summaries._html(session)).split("<br/>")
        return "\n".join(Markup(line).striptags() for line in lines)

    def test_handoff_summary(self):
        self.server.answer_with(SUMMARY, match="<conversation>\nVisitor")
        channel, session = self.chat("/asesor, envío a Mérida")
        self.run_jobs()
        self.assertEqual(session.handoff_summary, SUMMARY["summary"])
        self.assertEqual(session.handoff_reply, SUMMARY["reply"])
        html = str(self.summaries._html(session))
        for part in ("Mérida", "¿Cuánto tarda?", "Con gusto"):
            self.assertIn(part, html)
        self.assertNotIn("Con gusto", str(channel.message_ids.mapped("body")))

    def test_summary_is_text(self):
        nasty = "<script>alert(1)</script>"
        self.server.answer_with(
            SUMMARY | {"summary": nasty, "reply": nasty},
            match="<conversation>\nVisitor",
        )
        _channel, session = self.chat("/asesor " + nasty)
        self.assertNotIn("<script", str(self.summaries._html(session)))

    def test_without_a_model_there_is_a_summary(self):
        self.server.faults.order(self.Fault("wrong_key", times=9))
        channel, session = self.chat("¿Cuánto cuesta el envío?")
        self.assertEqual(session.state, "waiting")
        self.assertIn("¿Cuánto cuesta el envío?", str(self.summaries._html(session)))
        self.assertEqual(len(self.answers(channel)), 1)

    def test_the_open_question_is_one(self):
        self.agent.summary_chain_id = False
        _channel, session = self.chat(
            "Hola",
            "¿Cuánto cuesta el envío?",
            "gracias",
            "Quiero un agente, por favor",
            "/asesor",
        )
        self.assertEqual(self.last_question(session), "¿Cuánto cuesta el envío?")
        self.assertIn("¿Cuánto cuesta el envío?", self.shown(session))
        for said in ("Hola", "gracias", "agente", "/asesor"):
            self.assertNotIn(said, self.shown(session))

    def test_the_open_question_is_none_of_the_ways_to_reach_him(self):
        self.set_available(self.operator, False)
        _channel, session = self.chat(
            "Busco una cafetera", "/asesor", "Soy Ana Paz López, ana@example.com"
        )
        self.assertEqual(session.contact_email, "ana@example.com")
        self.assertEqual(self.last_question(session), "Busco una cafetera")

    def test_what_is_asked_with_the_command(self):
        _channel, session = self.chat("/asesor, ¿envían a Mérida?")
        self.assertEqual(self.last_question(session), "¿envían a Mérida?")

    def test_a_long_question_is_cut(self):
        _channel, session = self.chat("¿Cuánto cuesta el envío? " * 100)
        self.assertLess(len(self.last_question(session)), 401)

    def test_nothing_to_sum_up(self):
        """Handed over before anything was asked: no model, and no empty headings."""
        _channel, session = self.chat("Hola", "/asesor")
        asked = self.server.journal.entries("/v1/responses")
        self.assertEqual(len(asked), 1, "the greeting was answered")
        self.assertFalse(self.all_jobs())
        self.assertEqual(self.shown(session), "Reason: The visitor asked for a person")

    def test_a_summary_that_says_nothing_is_left_out(self):
        self.server.answer_with(
            {
                "summary": "/asesor",
                "facts": ["", "  "],
                "open_question": "Quiere un asesor.",
                "reply": " ",
            },
            match="<conversation>\nVisitor",
        )
        _channel, session = self.chat("/asesor, ¿envían a Mérida?")
        self.run_jobs()
        self.assertFalse(session.handoff_summary)
        self.assertEqual(session.handoff_question, "¿envían a Mérida?")
        self.assertEqual(
            self.shown(session),
            "Reason: The visitor asked for a person\nOpen question: ¿envían a Mérida?",
        )

    def test_the_model_is_down(self):
        self.server.faults.order(self.Fault("wrong_key", times=9))
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        self.run_jobs()
        self.assertEqual(
            self.shown(session),
            "Reason: The model gave no answer\nOpen question: ¿Cuánto cuesta el envío?",
        )

    def test_a_summary_that_tells_nothing_is_not_shown(self):
        session = self.open_chat().gpt_session_ids
        self.assertEqual(self.summaries._html(session), "")
        self.env.cr.precommit.run()
        count = self.env["bus.bus"].search_count([])
        self.summaries._send(session, self.operator.partner_id)
        self.env.cr.precommit.run()
        self.assertEqual(self.env["bus.bus"].search_count([]), count)

    def test_a_person_who_comes_of_his_own_accord(self):
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        session.with_user(self.operator).action_take_over()
        self.assertEqual(session.handoff_reason, "person")
        self.env.flush_all()
        row = self.env["gpt.livechat.report"].search([("id", "=", session.id)])
        self.assertEqual((row.resolved, row.handoffs), (0, 1))

    def test_no_summary_chain(self):
        self.agent.summary_chain_id = False
        _channel, session = self.chat("/asesor")
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        self.assertEqual(session.operator_id, self.operator)

    def react(self, message, content, action="add"):
        self.make_jsonrpc_request(
            "/mail/message/reaction",
            {"message_id": message.id, "content": content, "action": action},
        )
        self.env.invalidate_all()

    def test_thumbs(self):
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        (answer,) = session.answer_ids
        self.assertEqual(answer.text, "150 pesos.")
        self.react(answer.message_id, "👍")
        self.assertEqual(answer.rating, "up")
        self.react(answer.message_id, "👎🏽")
        self.assertEqual(answer.rating, "down")
        self.react(answer.message_id, "👎🏽", "remove")
        self.assertFalse(answer.rating)
        self.react(answer.message_id, "❤️")
        self.assertFalse(answer.rating)

    def test_thumbs_of_others_do_not_count(self):
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        (answer,) = session.answer_ids
        guest = self.env["mail.guest"].create({"name": "Stranger"})
        nobody = self.env["res.partner"]
        answer.message_id._message_reaction("👍", "add", nobody, guest)
        answer.message_id._message_reaction(
            "👍", "add", self.operator.partner_id, self.env["mail.guest"]
        )
        self.assertFalse(answer.rating)

    def test_report(self):
        self.model_says("150 pesos.")
        _channel, resolved = self.chat("¿Cuánto cuesta el envío?")
        _channel, handed = self.chat("/asesor")
        self.open_chat()  # nobody wrote: it does not count
        self.env.flush_all()
        rows = self.env["gpt.livechat.report"].search(
            [("agent_id", "=", self.agent.id)], order="id"
        )
        self.assertEqual(rows.ids, [resolved.id, handed.id])
        self.assertEqual(rows.mapped("resolved"), [1, 0])
        self.assertEqual(rows[1].handoff_reason, "asked")
        self.assertEqual(rows[0].answers, 1)
        self.assertGreater(rows[0].cost, 0)
        self.assertAlmostEqual(rows[0].cost, resolved.cost)
        self.assertGreater(rows[0].first_answer_seconds, 0)
