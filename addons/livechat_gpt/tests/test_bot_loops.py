# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bot against bot: whatever else writes in a chat is not answered."""

from odoo import Command
from odoo.tests import tagged

from .common import LivechatGptCase

COMMENT = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


@tagged("post_install", "-at_install")
class TestLoops(LivechatGptCase):
    def setUp(self):
        super().setUp()
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids

    def assert_unmoved(self, said=0):
        self.run_jobs()
        self.assertFalse(self.jobs())
        self.assertEqual(len(self.answers(self.channel)), said)
        self.assertEqual(self.gpt_session.state, "bot")

    def test_odoobot(self):
        root = self.env.ref("base.partner_root")
        self.channel.message_post(body="¿Hola?", author_id=root.id, **COMMENT)
        self.assert_unmoved()

    def test_a_chatbot_script(self):
        script = self.env["chatbot.script"].create({"title": "Script"})
        self.channel._chatbot_post_message(script, "<p>¿Hola?</p>")
        self.assert_unmoved()

    def test_a_chatbot_script_whose_face_is_a_user(self):
        script = self.env["chatbot.script"].create({"title": "Script"})
        self.env["res.users"].create(
            {
                "login": "script",
                "partner_id": script.operator_partner_id.id,
                "groups_id" if "groups_id" in self.env["res.users"]._fields
                else "group_ids": [Command.link(self.env.ref("base.group_user").id)],
            }
        )  # fmt: skip
        self.channel._chatbot_post_message(script, "<p>Yo me encargo</p>")
        self.assert_unmoved()

    def test_a_second_assistant(self):
        other = self.env["gpt.agent"].create({"name": "Diego"})
        self.channel._add_members(partners=other.partner_id)
        self.channel.message_post(
            body="¿Hola?", author_id=other.partner_id.id, **COMMENT
        )
        self.assert_unmoved()

    def test_two_assistants_with_sessions_in_one_chat(self):
        other = self.env["gpt.agent"].create({"name": "Diego"})
        self.channel._add_members(partners=other.partner_id)
        self.env["gpt.livechat.session"].create(
            {
                "channel_id": self.channel.id,
                "agent_id": other.id,
                "company_id": self.env.company.id,
            }
        )
        self.visitor_writes(self.channel, "Hola")
        for _round in range(5):
            self.run_jobs()
        asked = self.server.journal.entries("/v1/responses")
        self.assertLessEqual(len(asked), 2, "each answers the visitor, never the other")
        self.assertFalse(self.jobs())

    def test_its_own_messages(self):
        self.channel.message_post(
            body="/asesor", author_id=self.agent.partner_id.id, **COMMENT
        )
        self.assert_unmoved(said=1)

    def test_a_mail_alias(self):
        self.channel.message_post(
            body="Out of office",
            author_id=False,
            email_from="robot@example.com",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.guest_posts(self.channel, "Out of office", message_type="email")
        self.assert_unmoved()

    def test_an_assistant_in_two_chats(self):
        other_chat = self.open_chat()
        self.model_says("Aquí.")
        self.visitor_writes(other_chat, "Hola")
        self.run_jobs()
        self.assertEqual(self.answers(other_chat), ["Aquí."])
        self.assert_unmoved()

    def test_a_log_note_of_an_employee(self):
        operator = self.make_operator()
        self.channel._add_members(users=operator)
        self.channel.message_post(
            body="nota", author_id=operator.partner_id.id, subtype_xmlid="mail.mt_note"
        )
        self.assertNotEqual(self.gpt_session.state, "human")
