# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..compat import direct_message
from .discuss_common import MODULE, DiscussCase


@tagged("post_install", "-at_install")
class TestDiscussAnswers(DiscussCase):
    """When the assistant answers, whom, and what it is asked."""

    def test_every_message_of_its_own_channel(self):
        self.home.add_members(partner_ids=self.ana.partner_id.ids)
        (said,) = self.ask("¿Cuánto cuesta el envío?", channel=self.home)
        self.assertIn("Cuesta 450 pesos.", said.body)
        self.assertEqual(said.author_id, self.bot)
        self.assertFalse(self.bot.with_context(active_test=False).user_ids)

    def test_a_channel_only_when_mentioned(self):
        self.assertFalse(self.ask("¿Cuánto cuesta el envío?"))
        self.assertEqual(len(self.ask(self.mention())), 1)
        self.assertEqual(len(self.ask("@ChatGPT ¿y a Mérida?")), 1)

    def test_a_reply_to_it(self):
        said = self.ask(self.mention())
        self.assertEqual(len(self.ask("¿Y a Mérida?", parent_id=said.id)), 1)

    def test_a_mention_of_everybody_is_none(self):
        everybody = self.channel.channel_member_ids.partner_id.ids
        self.assertFalse(self.ask("@everyone hay pastel", partner_ids=everybody))
        self.assertFalse(self.ask("hay pastel", partner_ids=everybody))
        self.assertFalse(self.ask("@here hay pastel", partner_ids=[self.bot.id]))

    def test_never(self):
        self.membership.answers = "never"
        self.assertFalse(self.ask(self.mention()))

    def test_chosen_people_only(self):
        self.membership.write(
            {"waker": "chosen", "waker_ids": [(6, 0, self.beto.partner_id.ids)]}
        )
        self.assertFalse(self.ask(self.mention()))
        self.assertEqual(len(self.ask(self.mention(), user=self.beto)), 1)

    def test_a_direct_message(self):
        chats = self.env["discuss.channel"].with_user(self.ana)
        chat = direct_message(chats, self.bot).sudo()
        self.assertIn(chat, self.agent.channel_ids)
        (said,) = self.ask("Hola", channel=chat)
        self.assertIn("450", said.body)

    def test_writing_to_it_and_adding_it(self):
        other = self.env["discuss.channel"].create({"name": "otro"})
        other.add_members(partner_ids=self.ana.partner_id.ids)
        invites = self.env["gpt.discuss.invite"].with_user(self.ana)
        opened = invites.create({"agent": str(self.agent.id)}).action_write()
        chat = self.env["discuss.channel"].browse(
            int(opened["context"]["active_id"].rpartition("_")[2])
        )
        people = chat.channel_member_ids.partner_id
        self.assertEqual(people, self.ana.partner_id | self.bot)
        invite = invites.create({"agent": str(self.agent.id), "channel_id": other.id})
        invite.action_add()
        self.assertIn(other, self.agent.channel_ids)

    def test_it_is_found_where_people_are_invited(self):
        other = self.env["discuss.channel"].create({"name": "otro"})
        other.add_members(partner_ids=self.ana.partner_id.ids)
        partners = self.env["res.partner"].with_user(self.ana)
        found = partners.search_for_channel_invite("chatgpt", other.id)
        self.assertEqual(found["count"], 1)
        self.assertIn(self.bot.name, str(found))
        here = partners.search_for_channel_invite("chatgpt", self.channel.id)
        self.assertEqual(here["count"], 0)

    def test_who_may_not_write_to_it(self):
        self.agent.discuss_open = False
        chats = self.env["discuss.channel"].with_user(self.ana)
        with self.assertRaises(UserError):
            direct_message(chats, self.bot)

    def test_it_remembers_the_thread(self):
        self.post("La mesa pesa treinta kilos.", user=self.beto)
        self.ask(self.mention("¿cuánto pesa la mesa?"))
        sent = str(self.last_sent())
        self.assertIn("La mesa pesa treinta kilos.", sent)
        self.assertNotIn("Beto", sent, "names are masked")

    def test_what_has_no_room_is_summed_up_once(self):
        values = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        for number in range(60):
            self.channel.message_post(
                body=f"Dato {number}: valor {number * 7}",
                author_id=self.beto.partner_id.id,
                **values,
            )
        self.server.reset()
        self.server.answer_with("Resumen: el dato 1 vale 7.")
        self.server.answer_with({"action": "answer", "cited": [], "answer": "7"})
        self.assertEqual(len(self.ask(self.mention("¿cuánto vale el dato 1?"))), 1)
        history = self.env["gpt.discuss.history"].search([])
        self.assertIn("el dato 1 vale 7", history.text)
        sent = str(self.last_sent())
        self.assertIn("el dato 1 vale 7", sent)
        self.assertIn("Dato 59", sent)
        self.assertNotIn("Dato 20:", sent)
        calls = len(self.server.journal.entries("/v1/responses"))
        self.assertEqual(calls, 2)
        self.answer("otra")
        self.ask(self.mention("¿y el 2?"))
        calls = len(self.server.journal.entries("/v1/responses"))
        self.assertEqual(calls, 1, "nothing has fallen out since")
        self.assertIn("el dato 1 vale 7", str(self.last_sent()))

    def test_a_burst_is_answered_once(self):
        self.post(self.mention("hola"))
        self.post(self.mention("¿cuánto cuesta?"))
        self.run_jobs()
        self.assertEqual(len(self.said()), 1)
        self.assertIn("hola", str(self.last_sent()))
        self.assertEqual(self.waiting().mapped("state"), ["answered", "answered"])

    def test_what_was_changed_meanwhile_is_not_answered(self):
        message = self.post(self.mention())
        self.membership.answers = "never"
        self.run_jobs()
        self.assertFalse(self.said())
        self.assertEqual(self.waiting(message).state, "dropped")

    def test_html_of_a_model_is_text(self):
        self.answer("<img src=x onerror=alert(1)> listo")
        (said,) = self.ask(self.mention())
        self.assertNotIn("<img", said.body)

    def test_an_answer_is_cut(self):
        self.answer("Una frase más larga que otras. " * 100)
        (said,) = self.ask(self.mention())
        self.assertLess(len(said._gpt_text()), 900)

    def test_a_failure_is_told(self):
        self.server.faults.order(self.Fault("wrong_key"))
        (said,) = self.ask(self.mention())
        self.assertTrue(said._gpt_text())
        self.assertEqual(self.waiting()[-1:].state, "failed")

    def test_removing_the_bot_ends_it(self):
        self.channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.bot
        ).unlink()
        self.assertFalse(self.membership.exists())
        self.assertFalse(self.ask(self.mention()))

    def queries(self, channel):
        """Return how many queries a message takes there, once caches are warm."""
        self.post("antes", channel=channel)
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.post("hola", channel=channel)
        return self.cr.sql_log_count - before

    # pylint: disable=missing-return  # what calls super is no method of this class
    def test_a_message_elsewhere_costs_no_query(self):
        other = self.env["discuss.channel"].create({"name": "otro"})
        other.add_members(partner_ids=self.ana.partner_id.ids)
        self.queries(other)
        with_hook = self.queries(other)
        core = self.env.registry["discuss.channel"]
        name = "_message_post_after_hook"
        own = next(
            cls
            for cls in core.__mro__
            if MODULE in cls.__module__ and name in vars(cls)
        )
        hook = vars(own)[name]

        def without(self, message, msg_vals):
            """Do as if the addon had no hook at all."""
            return super(own, self)._message_post_after_hook(message, msg_vals)

        setattr(own, name, without)
        self.addCleanup(setattr, own, name, hook)
        self.assertEqual(with_hook, self.queries(other))
        self.assertFalse(self.jobs())
