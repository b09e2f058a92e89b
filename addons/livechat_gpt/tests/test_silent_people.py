# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People who were called and say nothing, leave or go offline."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..compat import is_open
from .silence import SilenceCase


@tagged("post_install", "-at_install")
class TestSilentPeople(SilenceCase):
    def setUp(self):
        super().setUp()
        self.set_available(self.ana)

    def handed_over(self):
        """Have the visitor get a person, who asks for a moment."""
        self.visitor("/asesor")
        self.run_jobs()
        self.person(self.ana)
        self.assert_state("human", self.ana)

    def test_a_person_who_goes_offline(self):
        self.handed_over()
        self.set_available(self.ana, False)
        self.visitor("¿Cuánto cuesta el envío?")
        self.later(60)
        self.assert_state("human", self.ana)
        self.later(40)
        self.assert_state("waiting")
        self.assert_said("busy")
        self.assertEqual(self.channel.livechat_operator_id, self.agent.partner_id)
        self.assertTrue(self.gpt_session.told_on, "colleagues are told")
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(self.channel)[-1], "150 pesos.")

    def test_a_colleague_is_called_instead(self):
        self.handed_over()
        self.set_available(self.ben)
        self.set_available(self.ana, False)
        self.visitor("¿Cuánto cuesta el envío?")
        self.later(100)
        self.assert_state("waiting", self.ben)
        self.assert_said("calling_next")
        self.assertEqual(self.channel.livechat_operator_id, self.ben.partner_id)
        self.assertEqual(self.summaries_for(self.ben), 1)
        self.run_jobs()
        self.assertFalse(self.asked(), "a person has the chat")

    def test_a_page_that_is_loaded_again(self):
        self.handed_over()
        self.set_available(self.ana, False)
        self.set_available(self.ana)
        self.later(100)
        self.visitor("¿Cuánto cuesta el envío?")
        self.later(100)
        self.assert_state("human", self.ana)

    def test_online_and_silent(self):
        self.handed_over()
        self.visitor("¿Cuánto cuesta el envío?")
        self.later(100)
        self.assert_state("human", self.ana)
        self.later(30)
        self.assert_state("waiting")
        self.assert_said("busy")
        self.assertEqual(self.gpt_session.silent_user_ids, self.ana)

    def test_a_visitor_who_writes_on_and_on(self):
        self.handed_over()
        for _minute in range(4):
            self.visitor("¿Hola, cuánto cuesta el envío?")
            self.later(70)
        self.assert_state("waiting")

    def test_nobody_is_called_because_of_a_thank_you(self):
        self.handed_over()
        self.set_available(self.ben)
        self.visitor("Muchas gracias")
        self.later(600)
        self.assert_state("human", self.ana)
        self.visitor("👍")
        self.later(600)
        self.assert_state("human", self.ana)

    def test_gone_after_the_answer(self):
        self.handed_over()
        self.set_available(self.ana, False)
        self.later(100)
        self.assert_state("bot")
        self.assert_said("back")
        self.assertFalse(self.gpt_session.told_on)

    def test_taken_over_a_moment_ago(self):
        """Who takes over a chat that has waited long has as long as anybody."""
        self.visitor("¿Cuánto cuesta el envío?")
        self.time_passes(self.channel, 600)
        self.gpt_session.with_user(self.ana).action_take_over()
        self.process_due()
        self.assert_state("human", self.ana)
        self.later(130)
        self.assert_state("waiting")

    def test_the_visitor_does_not_take_over(self):
        """Nobody would answer an employee who tries the chat alone."""
        self.authenticate("gpt_ana", "gpt_ana")
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids
        self.visitor("¿Cuánto cuesta el envío?")
        with self.assertRaisesRegex(UserError, "You are the visitor"):
            self.gpt_session.with_user(self.ana).action_take_over()
        self.assert_state("bot")

    def test_settings(self):
        self.agent.write({"person_timeout": 0, "offline_timeout": 0})
        self.handed_over()
        self.visitor("¿Cuánto cuesta el envío?")
        self.set_available(self.ana, False)
        self.later(3600)
        self.assert_state("human", self.ana)
        self.agent.offline_timeout = 600
        self.process_due()
        self.assert_state("waiting")

    def test_idle(self):
        self.handed_over()
        self.later(25 * 3600)
        self.assertEqual(self.gpt_session.state, "closed")
        self.assertFalse(is_open(self.channel))

    def test_called_in_vain(self):
        """Who does not answer is not called again, unless the visitor asks for it."""
        self.visitor("/asesor")
        self.run_jobs()
        self.assert_state("waiting", self.ana)
        self.later(130)
        self.assert_state("waiting")
        self.later(60)
        self.assert_state("waiting")
        self.visitor("/asesor")
        self.run_jobs()
        self.assert_state("waiting", self.ana)

    def test_called_in_vain_and_back_again(self):
        self.visitor("/asesor")
        self.run_jobs()
        self.set_available(self.ana, False)
        self.later(130)
        self.assert_state("waiting")
        self.process_due()
        self.set_available(self.ana)
        self.process_due()
        self.assert_state("waiting", self.ana)

    def test_never_writes_while_a_colleague_is_online(self):
        self.visitor("/asesor")
        self.run_jobs()
        self.set_available(self.ben)
        self.later(100)
        self.assert_state("waiting", self.ana)
        self.later(30)
        self.assert_state("waiting", self.ben)
        self.assert_said("calling", "calling_next")
        self.later(130)
        self.assert_state("waiting")
        self.assert_said("calling", "calling_next", "busy")
        self.assertTrue(self.gpt_session.told_on)

    def test_leaves_without_a_word(self):
        self.visitor("/asesor")
        self.run_jobs()
        self.set_available(self.ben)
        self.channel.with_user(self.ana).action_unfollow()
        self.assert_state("waiting", self.ben)
        self.assert_said("calling", "calling_next")
        self.assertIn(self.ben.partner_id, self.channel.channel_member_ids.partner_id)

    def test_leaves_and_nobody_is_there(self):
        self.visitor("/asesor")
        self.run_jobs()
        self.channel.with_user(self.ana).action_unfollow()
        self.assert_state("waiting")
        self.assert_said("calling", "busy")
        self.assertTrue(is_open(self.channel))

    def invites(self):
        self.handed_over()
        self.set_available(self.ben)
        self.channel.with_user(self.ana).add_members(
            partner_ids=self.ben.partner_id.ids
        )
        self.assert_state("human", self.ana)
        self.assertEqual(self.summaries_for(self.ben), 1, "they read what it is about")

    def test_invites_a_colleague_and_leaves(self):
        self.invites()
        self.channel.with_user(self.ana).action_unfollow()
        self.assert_state("waiting", self.ben)
        self.assert_said("calling_next")
        self.assertEqual(self.channel.livechat_operator_id, self.ben.partner_id)
        self.assertEqual(self.summaries_for(self.ben), 2)
        self.set_available(self.ana, False)
        self.later(130)
        self.assert_state("waiting")
        self.assert_said("busy")

    def test_invites_a_colleague_who_writes(self):
        self.invites()
        self.person(self.ben, "Yo sigo")
        before = self.answers(self.channel)
        self.channel.with_user(self.ana).action_unfollow()
        self.assert_state("human", self.ben)
        self.assertEqual(self.channel.livechat_operator_id, self.ben.partner_id)
        self.assertEqual(self.answers(self.channel), before)

    def test_invites_a_colleague_and_goes_offline(self):
        self.invites()
        self.set_available(self.ana, False)
        self.later(100)
        self.assert_state("waiting", self.ben)

    def test_a_colleague_stays_with_a_visitor_who_thanked(self):
        """Nobody waits: nothing is announced, and nobody is given up."""
        self.invites()
        self.visitor("Muchas gracias")
        before = self.answers(self.channel)
        self.set_available(self.ana, False)
        for _minutes in range(3):
            self.later(130)
        self.assert_state("human", self.ben)
        self.assertEqual(self.channel.livechat_operator_id, self.ben.partner_id)
        self.assertEqual(self.answers(self.channel), before)
        self.visitor("¿Y cuánto tarda?")
        self.later(130)
        self.assert_state("waiting")
        self.assert_said("busy")

    def test_another_one_joins_who_was_not_called(self):
        self.visitor("/asesor")
        self.run_jobs()
        self.set_available(self.ben)
        self.channel.add_members(partner_ids=self.ben.partner_id.ids)
        self.assert_state("waiting", self.ana)
        self.person(self.ben)
        self.assert_state("human", self.ben)
        self.assertEqual(self.channel.livechat_operator_id, self.ben.partner_id)
