# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chats are read in the company of the assistant, and by those who are in them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LivechatGptCase

SECRET = "Mi pedido es el 4711"


@tagged("post_install", "-at_install")
class TestCompanies(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.colleague = cls.make_operator("gpt_colleague")
        cls.stranger = cls.make_operator(
            "gpt_stranger",
            company_id=cls.elsewhere.id,
            company_ids=[Command.set(cls.elsewhere.ids)],
        )
        cls.both = cls.make_operator(
            "gpt_both",
            company_ids=[Command.set([cls.env.company.id, cls.elsewhere.id])],
        )

    def setUp(self):
        super().setUp()
        self.chat = self.open_chat()
        self.visitor_writes(self.chat, SECRET)
        self.env.invalidate_all()

    def reads(self, user, **context):
        """Return what a user gets to read of the chat, by all ways."""
        self.env.invalidate_all()
        env = self.env(user=user, context=context)
        about = [("model", "=", "discuss.channel"), ("res_id", "=", self.chat.id)]
        found = [
            env["discuss.channel"].search([("id", "=", self.chat.id)]).mapped("name"),
            env["mail.message"].search(about).mapped("body"),
            env["gpt.livechat.session"].search([]).mapped("transcript"),
            env["discuss.channel.member"]
            .search([("channel_id", "=", self.chat.id)])
            .mapped("display_name"),
        ]
        return [part for part in found if any(part)]

    def test_company_of_the_chat(self):
        self.assertEqual(self.chat.gpt_company_id, self.env.company)

    def test_colleagues_read(self):
        self.assertIn(SECRET, str(self.reads(self.colleague)))

    def test_other_companies_do_not(self):
        self.assertFalse(self.reads(self.stranger))
        for method in ("read", "message_post"):
            with self.assertRaises(AccessError):
                getattr(self.chat.with_user(self.stranger), method)()
        manager = self.env.ref("im_livechat.im_livechat_group_manager")
        self.stranger.write({"groups_id" if "groups_id" in self.stranger else
                             "group_ids": [Command.link(manager.id)]})  # fmt: skip
        self.assertFalse(self.reads(self.stranger))

    def test_companies_that_are_chosen(self):
        self.assertFalse(self.reads(self.both, allowed_company_ids=self.elsewhere.ids))
        self.assertTrue(self.reads(self.both, allowed_company_ids=self.env.company.ids))

    def test_who_is_in_the_chat_reads_it(self):
        """Who was invited, of another company, reads what they were invited to."""
        self.chat._add_members(users=self.stranger)
        self.assertIn(SECRET, str(self.reads(self.stranger)[1]))

    def test_chats_without_an_assistant_are_as_ever(self):
        channel = self.env["discuss.channel"].create(
            {"name": "General", "channel_type": "channel", "group_public_id": False}
        )
        self.assertTrue(channel.with_user(self.stranger).name)
