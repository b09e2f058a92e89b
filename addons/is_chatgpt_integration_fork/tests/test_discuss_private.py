# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user, tagged

from ..compat import direct_message
from .discuss_common import DiscussCase


@tagged("post_install", "-at_install")
class TestDiscussPrivate(DiscussCase):
    """Who reads a channel, and what only the asker is told."""

    def readers(self, channel=None):
        return self.env["gpt.discuss.readers"]._readers(channel or self.channel)

    def test_everybody_of_the_group_reads_a_channel(self):
        late = new_test_user(self.env, "late", groups="base.group_user")
        self.assertIn(late, self.readers())
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        self.assertNotIn(portal, self.readers())
        self.assertNotIn(self.env.ref("base.public_user"), self.readers())

    def test_a_guest_is_a_visitor(self):
        guest = self.env["mail.guest"].create({"name": "Visitor"})
        group = self.env["discuss.channel"].create(
            {"name": "grupo", "channel_type": "group"}
        )
        group.add_members(partner_ids=self.ana.partner_id.ids, guest_ids=guest.ids)
        self.assertIn(self.env.ref("base.public_user"), self.readers(group))
        self.assertNotIn(self.beto, self.readers(group))

    def offer(self):
        self.answer("No lo sé.", "unknown")
        (said,) = self.ask(self.mention("¿cuál es el margen?"))
        self.assertIn("private", said.body)
        return said

    def test_a_private_answer(self):
        said = self.offer()
        self.answer("El margen es del 12 %.")
        self.assertFalse(self.ask("private", parent_id=said.id))
        chats = self.env["discuss.channel"].with_user(self.ana)
        chat = direct_message(chats, self.bot).sudo()
        self.assertIn("12 %", self.said(chat).body)
        self.assertEqual(
            chat.channel_member_ids.partner_id, self.ana.partner_id | self.bot
        )
        self.assertIn("margen", str(self.last_sent()))
        # Whoever comes later is not told it in the channel.
        self.assertNotIn("12 %", "".join(self.said().mapped("body")))

    def test_the_offer_is_for_who_asked(self):
        said = self.offer()
        self.answer("Hola.")
        self.ask("private", parent_id=said.id, user=self.beto)
        chats = self.env["discuss.channel"].with_user(self.beto)
        self.assertFalse(self.said(direct_message(chats, self.bot).sudo()))

    def test_whoever_joins_meanwhile_has_it_asked_again(self):
        group = self.env["discuss.channel"].create(
            {"name": "grupo", "channel_type": "group"}
        )
        group.add_members(partner_ids=(self.ana.partner_id | self.bot).ids)
        message = self.post(self.mention(), channel=group)
        question = self.waiting(message)
        known = question._gpt_readers()
        group.add_members(partner_ids=self.beto.partner_id.ids)
        self.assertEqual(question._gpt_readers() - known, self.beto)
        job = self.env["gpt.discuss.answer.job"]
        payload = {"readers": known.ids, "asked": job._fingerprint(question)}
        self.assertTrue(job._is_outdated(question, payload))
