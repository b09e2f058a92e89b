# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Visitors who write too much, too long, or what no model can read."""

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestLimits(LivechatGptCase):
    def test_too_fast(self):
        self.agent.max_messages_minute = 3
        channel = self.open_chat()
        for number in range(8):
            self.visitor_writes(channel, f"pregunta {number}")
        self.model_says("Todo junto.", times=9)
        self.run_jobs()
        (notice,) = self.answers(channel)
        self.assertIn("faster", notice)
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        (catch_up,) = self.jobs()
        self.assertEqual(catch_up.method_name, "_catch_up_job")
        self.assertGreater((catch_up.eta - catch_up.date_created).total_seconds(), 50)
        self.visitor_writes(channel, "pregunta 8")
        self.run_jobs()
        self.assertEqual(self.answers(channel), [notice, "Todo junto."])
        self.assertIn("pregunta 8", self.last_sent()["input"][1]["content"])

    def test_not_too_fast(self):
        """As many as allowed are answered at once, and so is one a minute later."""
        self.agent.max_messages_minute = 3
        channel = self.open_chat()
        for number in range(3):
            self.visitor_writes(channel, f"pregunta {number}")
        self.run_jobs()
        self.assertEqual(len(self.answers(channel)), 1)
        self.env.cr.execute(
            "UPDATE mail_message SET create_date = create_date - interval '61 seconds'"
            " WHERE model = 'discuss.channel' AND res_id = %s",
            [channel.id],
        )
        self.visitor_writes(channel, "pregunta 3")
        self.run_jobs()
        self.assertEqual(len(self.answers(channel)), 2)
        self.assertFalse(self.jobs())

    def test_too_much_in_a_day(self):
        self.agent.max_messages_day = 1
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        self.visitor_writes(channel, "¿Hola?")
        self.run_jobs()
        self.assertEqual(channel.gpt_session_ids.handoff_reason, "limit")
        self.assertFalse(
            [e for e in self.server.journal.entries("/v1/responses")
             if "<question>" in str(e.body)]
        )  # fmt: skip

    def test_the_contact_is_taken_beyond_the_limit(self):
        """They were asked for it because of the limit."""
        self.agent.max_messages_day = 1
        channel = self.open_chat()
        session = channel.gpt_session_ids
        for text in ("Hola", "¿Cuánto cuesta el envío?", "ana@example.com"):
            self.visitor_writes(channel, text)
            self.run_jobs()
        self.assertEqual(session.handoff_reason, "limit")
        self.assertEqual(session.contact_state, "given")
        self.assertEqual(session.contact_email, "ana@example.com")
        self.assertIn("Thank you", self.answers(channel)[-1])

    def test_too_many_chats(self):
        self.agent.max_chats_hour = 2
        self.assertTrue(self.open_chat())
        self.assertTrue(self.open_chat())
        self.assertFalse(self.open_chat(), "nobody else is there")
        self.make_operator()
        self.assertFalse(self.open_chat().gpt_session_ids, "people still are")

    def test_too_many_answers_for_one_address(self):
        """All chats of an address count together; then a person is called."""
        self.agent.max_answers_hour = 3
        channels = [self.open_chat() for _number in range(4)]
        self.model_says("Con gusto.", times=9)
        for channel in channels:
            self.visitor_writes(channel, "¿Cuánto cuesta el envío?")
        self.run_jobs()
        sessions = [channel.gpt_session_ids for channel in channels]
        self.assertEqual(
            [session.handoff_reason for session in sessions], [False] * 3 + ["limit"]
        )
        self.assertTrue(self.answers(channels[3]), "the visitor is told")
        asked = [
            entry
            for entry in self.server.journal.entries("/v1/responses")
            if "<question>" in str(entry.body)
        ]
        self.assertEqual(len(asked), 3)

    def test_an_hour_later(self):
        self.agent.max_answers_hour = 1
        self.model_says("Con gusto.", times=9)
        channel = self.open_chat()
        self.visitor_writes(channel, "¿Cuánto cuesta el envío?")
        self.run_jobs()
        self.env.cr.execute(
            "UPDATE gpt_request SET create_date = create_date - INTERVAL '2 hours'"
        )
        self.env.invalidate_all()
        channel = self.open_chat()
        self.visitor_writes(channel, "¿Y a Mérida?")
        self.run_jobs()
        self.assertFalse(channel.gpt_session_ids.handoff_reason)

    def test_what_is_shipped(self):
        agent = self.env["gpt.agent"].create({"name": "Nuevo"})
        self.assertTrue(0 < agent.max_chats_hour < 32)
        self.assertTrue(0 < agent.max_answers_hour < 200)

    def test_the_address_is_not_kept(self):
        session = self.open_chat().gpt_session_ids
        self.assertTrue(session.visitor_key)
        self.assertNotIn("127.0.0.1", session.visitor_key)

    def test_a_very_long_message(self):
        channel = self.open_chat()
        self.model_says("Es mucho texto.")
        self.visitor_writes(channel, "envío " * 17_000)
        self.run_jobs()
        self.assertEqual(self.answers(channel), ["Es mucho texto."])
        self.assertLess(len(self.last_sent()["input"][1]["content"]), 20_000)

    def test_odd_messages(self):
        channel = self.open_chat()
        for body in ("😀" * 500, "{agent} {facts.__class__}", "${7*7} {{7*7}} %(a)s"):
            before = len(self.answers(channel))
            self.model_says("Bien.")
            self.visitor_writes(channel, body)
            self.run_jobs()
            self.assertGreater(len(self.answers(channel)), before, repr(body))

    def test_messages_with_nothing_to_see(self):
        channel = self.open_chat()
        for body in ("", "\x00", "<p><br></p>", "<script>alert(1)</script>"):
            try:
                with mute_logger("odoo.http", "odoo.sql_db"):
                    self.visitor_writes(channel, body)
            except JsonRpcException:  # what Odoo itself refuses is no message
                continue
            self.run_jobs()
        self.assertFalse(self.answers(channel))
        self.assertFalse(self.server.journal.entries("/v1/responses"))

    def test_a_file_alone(self):
        channel = self.open_chat()
        session = channel.gpt_session_ids
        message = self.visitor_writes(channel, "x")
        message.body = ""
        message.attachment_ids = self.env["ir.attachment"].create(
            {"name": "voz.ogg", "mimetype": "audio/ogg", "datas": "AAAA"}
        )
        self.run_jobs()
        (answer,) = self.answers(channel)
        self.assertIn("/asesor", answer)
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        self.assertEqual(session.state, "bot")

    def test_a_file_with_a_question(self):
        channel = self.open_chat()
        message = self.visitor_writes(channel, "¿Qué es esto?")
        message.attachment_ids = self.env["ir.attachment"].create(
            {"name": "foto.png", "mimetype": "image/png", "datas": "AAAA"}
        )
        self.model_says("No lo puedo ver.")
        self.run_jobs()
        content = self.last_sent()["input"][1]["content"]
        self.assertIn("¿Qué es esto? [file: foto.png]", content)

    def test_answers_are_short(self):
        channel = self.open_chat()
        self.agent.chain_id.write({"max_chars": 0, "max_tokens": 4000})
        self.agent.chain_id.action_publish()
        self.model_says("Una frase de prueba. " * 200)
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        (answer,) = channel.message_ids.filtered(
            lambda m: m.author_id == self.agent.partner_id
        )
        text = answer.body.striptags()
        self.assertLess(len(text), 900)
        self.assertTrue(text.strip().endswith("prueba."), text[-50:])

    def test_markup_and_links(self):
        self.agent.allowed_hosts = "example.com"
        channel = self.open_chat()
        self.model_says(
            "<img src=x onerror=alert(1)> Vea https://www.example.com/a?b=1&c=2, no "
            "https://evil.test/x ni [aquí](javascript:alert(1)) ni "
            "https://example.com.evil.test/ ni https://example.com@evil.test/"
        )
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        (answer,) = channel.message_ids.filtered(
            lambda m: m.author_id == self.agent.partner_id
        )
        self.assertNotIn("<img", answer.body)
        self.assertEqual(answer.body.count("<a "), 1)
        self.assertIn('href="https://www.example.com/a?b=1&amp;c=2"', answer.body)
        self.assertNotIn("evil.test", answer.body)
