# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What leaves by e-mail when a visitor found nobody."""

from datetime import datetime, timedelta

from odoo.tests import new_test_user, tagged

from odoo.addons.mail.tests.common import MailCase

from .common import LivechatGptCase

# All that could tell who the visitor is, or what they said.
PRIVATE = (
    "Juana",
    "Visitor #",
    "juana@example.com",
    "+525512345678",
    "55 1234",
    "envío",
    "RESUMEN",
    "150 pesos",
)


@tagged("post_install", "-at_install")
class TestNotice(MailCase, LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        modules = cls.env["ir.module.module"]
        modules._load_module_terms(["livechat_gpt"], ["es_ES"])
        cls.operator = cls.make_operator(
            available=False,
            email="operator@example.com",
            notification_type="email",
            tz="America/Mexico_City",
        )
        new_test_user(
            cls.env,
            "gpt_juana",
            groups="base.group_portal",
            name="Juana Cruz",
            email="juana@example.com",
            phone="+525512345678",
        )

    def wait_for_a_person(self):
        """Have a visitor whom we know ask, and find nobody; return the session."""
        self.authenticate("gpt_juana", "gpt_juana")
        channel = self.open_chat()
        self.model_says("Son 150 pesos.")
        self.visitor_writes(channel, "Soy Juana, 55 1234 5678. ¿Cuánto es el envío?")
        self.run_jobs()
        session = channel.gpt_session_ids
        self.summed_up(session, summary="RESUMEN", reply="RESUMEN")
        with self.mock_mail_gateway():
            self.visitor_writes(channel, "/asesor")
            self.run_jobs()
        return session

    def the_mail(self):
        (mail,) = self._new_mails
        self.assertEqual(mail.recipient_ids, self.operator.partner_id)
        return mail

    def test_it_says_nothing_of_the_visitor(self):
        session = self.wait_for_a_person()
        mail = self.the_mail()
        for text in (mail.subject, mail.body_html, mail.headers or ""):
            for private in PRIVATE:
                self.assertNotIn(private, text)
        self.assertNotIn("Juana", mail.email_from)
        stored = mail.mail_message_id
        self.assertNotIn(stored.model, ("discuss.channel", "gpt.livechat.session"))
        self.assertFalse(stored.record_name)
        self.assertFalse(stored.attachment_ids)
        self.assertIn(f"/odoo/gpt.livechat.session/{session.id}", mail.body_html)

    def test_what_it_says(self):
        session = self.wait_for_a_person()
        session.wanted_since = datetime(2026, 11, 28, 2, 5)
        session = session.with_context(lang="en_US")
        notices = self.env["gpt.livechat.notice"]
        text = str(notices._body(session, "America/Lima"))
        self.assertIn("since Friday, November 27, 2026, 21:05 GMT-05:00", text)
        self.assertIn("The visitor asked for a person", text)
        mail = self.the_mail()
        self.assertIn("Reason: The visitor asked for a person", mail.body_html)

    def test_it_is_in_the_language_of_who_reads_it(self):
        self.operator.lang = "es_ES"
        self.wait_for_a_person()
        mail = self.the_mail()
        self.assertEqual(
            mail.subject, "Un visitante del sitio web espera que alguien lo atienda"
        )
        self.assertIn("Hay un visitante en espera en el chat en vivo", mail.body_html)
        self.assertIn("Motivo: El visitante pidió una persona", mail.body_html)
        self.assertIn("Abrir el chat", mail.body_html)

    def test_a_live_chat_without_operators(self):
        """The GPT managers are told, and nobody else is while there are operators."""
        manager = new_test_user(
            self.env,
            "gpt_told",
            groups="base.group_user,gpt_core.group_gpt_manager",
            email="manager@example.com",
            notification_type="email",
        )
        self.operator.active = False
        self.wait_for_a_person()
        told = self._new_mails.recipient_ids
        self.assertIn(manager.partner_id, told)
        self.assertNotIn(self.operator.partner_id, told)

    def test_one_mail_however_often_he_asks(self):
        session = self.wait_for_a_person()
        with self.mock_mail_gateway():
            self.visitor_writes(session.channel_id, "/asesor")
            self.run_jobs()
            self.assertFalse(self._new_mails)
            session.told_on -= timedelta(hours=2)
            self.visitor_writes(session.channel_id, "/asesor")
            self.run_jobs()
        self.the_mail()
