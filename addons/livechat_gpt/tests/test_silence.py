# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whoever does not answer, a person or a model: the visitor is not left alone."""

import json
from contextlib import nullcontext

from odoo.exceptions import UserError
from odoo.tests import common as odoo_tests
from odoo.tests import tagged

from ..compat import is_open
from .common import LivechatGptCase


class SilenceCase(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.write({"answer_timeout": 30, "summary_chain_id": False})
        cls.ana = cls.make_operator("gpt_ana", available=False)
        cls.ben = cls.make_operator("gpt_ben", available=False)

    def setUp(self):
        super().setUp()
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids

    def visitor(self, text):
        return self.written_now(self.visitor_writes(self.channel, text))

    def person(self, user, text="Un momento"):
        return self.written_now(self.operator_writes(user, self.channel, text))

    def later(self, seconds):
        """Let time pass, and the clock look."""
        self.time_passes(self.channel, seconds)
        self.process_due()

    def assert_said(self, *names):
        """Assert what the assistant said last, by the names of its texts."""
        session = self.gpt_session._in_visitor_lang()
        texts = [self.own_text(name, session.env.lang) for name in names]
        messages = session.channel_id._gpt_messages().filtered(
            lambda m: m.author_id == self.agent.partner_id
        )
        said = [message._gpt_text() for message in messages[-len(names) :]]
        self.assertEqual([" ".join(text.split()) for text in said], texts)

    def assert_state(self, state, operator=None):
        expected = (state, operator or self.env["res.users"])
        has_it = state == "human" or self.gpt_session.person_called
        user = self.gpt_session.operator_id if has_it else self.env["res.users"]
        self.assertEqual((self.gpt_session.state, user), expected)

    def asked(self):
        """Return how often the model was asked for an answer."""
        sent = self.server.journal.entries("/v1/responses")
        return len([entry for entry in sent if "<question>" in str(entry.body)])

    def summaries_for(self, user):
        """Return how many hand-off summaries were shown to an employee."""
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([])
        mine = [
            row
            for row in rows
            if json.loads(row.channel)[1:3] == ["res.partner", user.partner_id.id]
        ]
        shown = [row.message for row in mine if "transient_message" in row.message]
        return len([message for message in shown if "Reason" in message])


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


@tagged("post_install", "-at_install")
class TestSlowModels(SilenceCase):
    def run_with_threads(self):
        # 19.0 lets no other thread look into the database of a test, but for this.
        lock = getattr(odoo_tests, "release_test_lock", nullcontext)
        with lock():
            self.run_jobs()

    def think_for_too_long(self):
        """Have the model take longer than the visitor is to wait."""
        self.visitor("¿Cuánto cuesta el envío?")
        self.time_passes(self.channel, 31)
        self.model_says("150 pesos.")
        self.server.delay = 2
        self.run_with_threads()
        self.server.delay = 0

    def test_a_person_is_called(self):
        self.set_available(self.ana)
        self.think_for_too_long()
        self.assert_state("waiting", self.ana)
        self.assertEqual(self.gpt_session.handoff_reason, "timeout")
        self.assertEqual(self.answers(self.channel)[-1], "150 pesos.", "all the same")
        self.assertEqual(len(self.answers(self.channel)), 2)
        self.assertIn("longer", self.answers(self.channel)[0])

    def test_nobody_is_there(self):
        self.think_for_too_long()
        said = self.answers(self.channel)
        self.assertEqual(said[1:], ["150 pesos."])
        self.assertIn("longer", said[0])
        self.assertIn("e-mail", said[0])
        self.assertTrue(self.gpt_session.told_on)

    def test_in_time(self):
        self.visitor("¿Cuánto cuesta el envío?")
        self.model_says("150 pesos.")
        self.server.delay = 1
        self.run_with_threads()
        self.server.delay = 0
        self.assertEqual(self.answers(self.channel), ["150 pesos."])

    def refuse(self, retry_after):
        """Have the provider refuse for so long; return the job that waits."""
        self.visitor("¿Cuánto cuesta el envío?")
        self.server.faults.order(
            self.Fault("rate_limit", times=99, retry_after=retry_after)
        )
        (job,) = self.jobs()
        self.assertEqual(self.run_job(job), retry_after)
        self.server.faults.clear()
        return job

    def test_refused_for_longer_than_the_visitor_waits(self):
        self.set_available(self.ana)
        job = self.refuse(90)
        self.assert_said("slow_calling")
        self.assert_state("waiting", self.ana)
        self.model_says("150 pesos.")
        self.run_job(job)
        self.assertEqual(self.answers(self.channel)[1:], ["150 pesos."])
        self.assert_state("waiting", self.ana)

    def test_a_person_came_meanwhile(self):
        self.set_available(self.ana)
        job = self.refuse(90)
        self.person(self.ana, "Son 150 pesos")
        self.model_says("150 pesos.")
        before = self.asked()
        self.run_job(job)
        self.assert_said("slow_calling")
        self.assertEqual(self.asked(), before, "nor is it paid for")

    def test_a_person_joined_meanwhile(self):
        self.set_available(self.ana)
        job = self.refuse(90)
        self.set_available(self.ben)
        self.channel.add_members(partner_ids=self.ben.partner_id.ids)
        self.model_says("150 pesos.")
        self.run_job(job)
        self.assert_said("slow_calling")

    def test_refused_for_a_moment(self):
        job = self.refuse(5)
        self.assertFalse(self.answers(self.channel))
        self.model_says("150 pesos.")
        self.run_job(job)
        self.assertEqual(self.answers(self.channel), ["150 pesos."])

    def test_nobody_is_there_and_it_fails_in_the_end(self):
        job = self.refuse(90)
        self.assert_said("slow")
        self.server.faults.order(self.Fault("wrong_key", times=9))
        self.run_job(job)
        self.assert_said("slow", "failed_noted")
        self.assertEqual(self.gpt_session.contact_state, "asked")

    def test_it_fails_in_the_end_and_a_person_was_called(self):
        self.set_available(self.ana)
        job = self.refuse(90)
        self.server.faults.order(self.Fault("wrong_key", times=9))
        self.run_job(job)
        self.assert_said("slow_calling")
        self.assert_state("waiting", self.ana)

    def test_the_contact_is_left_meanwhile(self):
        job = self.refuse(90)
        self.visitor("ana@example.com")
        self.run_job(self.jobs() - job)
        self.assert_said("slow", "thanks")

    def test_no_job_runner(self):
        self.set_available(self.ana)
        self.visitor("¿Cuánto cuesta el envío?")
        self.later(20)
        self.assertFalse(self.answers(self.channel))
        self.later(20)
        self.assert_said("slow_calling")
        self.assert_state("waiting", self.ana)
        self.assertEqual(len(self.jobs()), 1, "its job is there, and is not doubled")
        self.later(60)
        self.assertEqual(len(self.jobs()), 1)
        self.model_says("150 pesos.")
        self.run_jobs()  # the runner is back
        self.assertEqual(self.answers(self.channel)[1:], ["150 pesos."])
        self.assertEqual(self.asked(), 1)

    def test_a_job_that_was_lost(self):
        self.visitor("¿Cuánto cuesta el envío?")
        self.jobs().unlink()
        self.later(40)
        self.assert_said("slow")
        self.later(60)
        self.assertEqual(len(self.jobs()), 1)
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(self.channel)[1:], ["150 pesos."])
        self.assertEqual(self.asked(), 1)

    def test_patience_that_was_asked_for(self):
        """Who writes too fast was told to wait a minute, and is not handed over."""
        self.agent.max_messages_minute = 2
        for _message in range(3):
            self.visitor("¿Cuánto cuesta el envío?")
        self.run_jobs()
        self.assert_said("throttled")
        self.later(50)
        self.assert_said("throttled")
        self.assert_state("bot")

    def test_a_wait_that_was_set(self):
        self.agent.debounce_seconds = 60
        self.visitor("¿Cuánto cuesta el envío?")
        self.later(80)
        self.assertFalse(self.answers(self.channel))
        self.later(20)
        self.assert_said("slow")

    def test_turned_off(self):
        self.agent.answer_timeout = 0
        self.visitor("¿Cuánto cuesta el envío?")
        self.later(3600)
        self.assertFalse(self.answers(self.channel))


@tagged("post_install", "-at_install")
class TestDeletedAndEdited(SilenceCase):
    def edit(self, message, body=""):
        self.channel.sudo()._message_update_content(
            message, body=body, attachment_ids=[]
        )
        self.env.flush_all()

    def thinking(self, *texts):
        """Have the model think about what the visitor writes."""
        self.messages = [self.visitor(text) for text in texts]
        jobs = self.jobs()
        for job in jobs[:-1]:
            self.run_job(job)
        self.model_says("Contestado.", times=9)
        return jobs[-1], *self.begin(jobs[-1])

    def last_question(self):
        return self.last_sent()["input"][1]["content"].partition("<question>")[2]

    def test_deleted(self):
        self.edit(self.visitor("¿Cuánto cuesta el envío?"))
        self.run_jobs()
        self.later(600)
        self.run_jobs()
        self.assertFalse(self.asked())
        self.assertFalse(self.answers(self.channel))

    def test_one_of_two_deleted(self):
        self.visitor("¿Cuánto cuesta el envío?")
        self.edit(self.visitor("¿Y el horario?"))
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["150 pesos."])
        self.assertNotIn("horario", self.last_question())

    def test_deleted_while_the_model_thinks(self):
        begun = self.thinking("¿Cuánto cuesta el envío?")
        self.edit(self.messages[0])
        self.finish(*begun)
        self.run_jobs()
        self.assertFalse(self.answers(self.channel))
        self.assertEqual(self.asked(), 1)

    def test_one_of_two_deleted_while_the_model_thinks(self):
        begun = self.thinking("¿Cuánto cuesta el envío?", "¿Y el horario?")
        self.edit(self.messages[1])
        self.finish(*begun)
        self.assertFalse(self.answers(self.channel))
        begun[0].state = "done"
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["Contestado."])
        self.assertNotIn("horario", self.last_question())

    def test_edited(self):
        self.edit(self.visitor("¿Cuánto cuesta el envío?"), "¿Cuál es el horario?")
        self.model_says("De 9 a 18.")
        self.run_jobs()
        self.assertIn("horario", self.last_question())
        self.assertNotIn("cuesta", self.last_question())

    def test_edited_while_the_model_thinks(self):
        begun = self.thinking("¿Cuánto cuesta el envío?")
        self.edit(self.messages[0], "¿Cuál es el horario?")
        self.finish(*begun)
        self.assertFalse(self.answers(self.channel))
        begun[0].state = "done"
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["Contestado."])
        self.assertIn("horario", self.last_question())

    def test_edited_after_the_answer(self):
        message = self.visitor("¿Cuánto cuesta el envío?")
        self.model_says("150 pesos.")
        self.run_jobs()
        self.edit(message, "¿Cuál es el horario?")
        self.later(600)
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["150 pesos."])

    def test_nothing_to_see(self):
        for text in ("\u200b", " \u2060 ", "\u3164"):
            self.visitor(text)
        self.run_jobs()
        self.later(600)
        self.run_jobs()
        self.assertFalse(self.asked())
        self.assertFalse(self.answers(self.channel))

    def test_an_answer_with_nothing_to_see(self):
        self.set_available(self.ana)
        for answer in ("\u200b", "\u2060\ufeff \n"):
            self.visitor("¿Cuánto cuesta el envío?")
            self.model_says(answer)
            self.run_jobs()
            self.assert_said("failed_calling")
            self.assertEqual(self.gpt_session.handoff_reason, "error")
            self.gpt_session.with_user(self.ana).action_give_back()
        empty = self.channel._gpt_messages().filtered(lambda m: not m.preview.strip())
        self.assertFalse(empty)
