# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What whoever takes over is told; what visitors think of answers; the report."""

from odoo.tests import tagged

from .common import LivechatGptCase

CARD = {
    "summary": "Pregunta por el envío.\nVive en Mérida.",
    "facts": ["Ciudad: Mérida"],
    "open_question": "¿Cuánto tarda?",
    "reply": "¡Hola! Con gusto le ayudo.",
}


@tagged("post_install", "-at_install")
class TestCard(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.make_operator()

    def chat(self, *texts):
        channel = self.open_chat()
        for text in texts:
            self.visitor_writes(channel, text)
            self.run_jobs()
        return channel, channel.gpt_session_ids

    def test_card(self):
        self.server.answer_with(CARD, match="<conversation>\nVisitor")
        channel, session = self.chat("/asesor, envío a Mérida")
        self.run_jobs()
        self.assertEqual(session.card_summary, CARD["summary"])
        self.assertEqual(session.card_reply, CARD["reply"])
        html = str(session._card_html())
        for part in ("Mérida", "¿Cuánto tarda?", "Con gusto"):
            self.assertIn(part, html)
        self.assertNotIn("Con gusto", str(channel.message_ids.mapped("body")))

    def test_card_is_text(self):
        nasty = "<script>alert(1)</script>"
        self.server.answer_with(
            CARD | {"summary": nasty, "reply": nasty}, match="<conversation>\nVisitor"
        )
        _channel, session = self.chat("/asesor " + nasty)
        self.assertNotIn("<script", str(session._card_html()))

    def test_without_a_model_there_is_a_card(self):
        self.server.faults.order(self.Fault("wrong_key", times=9))
        channel, session = self.chat("¿Cuánto cuesta el envío?")
        self.assertEqual(session.state, "waiting")
        self.assertIn("¿Cuánto cuesta el envío?", str(session._card_html()))
        self.assertEqual(len(self.answers(channel)), 1)

    def test_no_card_chain(self):
        self.agent.card_chain_id = False
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
