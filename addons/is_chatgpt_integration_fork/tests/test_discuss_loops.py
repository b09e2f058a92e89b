# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .discuss_common import DiscussCase


@tagged("post_install", "-at_install")
class TestDiscussLoops(DiscussCase):
    """Nobody but people are answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["gpt.agent"].create(
            {"name": "Sofía", "chain_id": cls.agent.chain_id.id}
        )
        cls.second.channel_ids |= cls.channel
        cls.channel_memberships = cls.env["gpt.discuss.membership"].search(
            [("channel_id", "=", cls.channel.id)]
        )

    def as_bot(self, bot, body, **values):
        values = {
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
        } | values
        self.channel.message_post(body=body, author_id=bot.id, **values)
        self.env.flush_all()

    def test_two_assistants(self):
        self.channel_memberships.answers = "always"
        self.post("Hola a todos")
        self.assertEqual(len(self.jobs()), 2)
        self.run_jobs()
        self.assertFalse(self.jobs(), "their answers wake nobody")

    def test_an_assistant_that_mentions_another(self):
        self.as_bot(self.bot, self.mention("¿tú qué dices?", self.second.partner_id))
        self.as_bot(self.bot, "@Sofía hola", partner_ids=self.second.partner_id.ids)
        self.assertFalse(self.jobs())

    def test_odoobot(self):
        self.channel_memberships.answers = "always"
        self.as_bot(self.env.ref("base.partner_root"), self.mention())
        self.assertFalse(self.jobs())

    def test_mails_and_notifications(self):
        self.channel_memberships.answers = "always"
        for kind in ("email", "notification", "auto_comment"):
            self.post(self.mention(), message_type=kind)
        self.assertFalse(self.jobs())

    def test_a_quoted_answer(self):
        said = self.ask(self.mention())
        self.as_bot(self.second.partner_id, said.body, parent_id=said.id)
        self.assertFalse(self.jobs())

    def test_one_that_is_mentioned_answers_alone(self):
        self.channel_memberships.answers = "always"
        self.post(self.mention(bot=self.second.partner_id))
        self.assertEqual(len(self.jobs()), 1)
        self.run_jobs()
        self.assertFalse(self.said())
