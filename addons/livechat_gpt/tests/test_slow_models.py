# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Models and job runners that take longer than the visitor waits."""

from contextlib import nullcontext

from odoo.tests import common as odoo_tests
from odoo.tests import tagged

from .silence import SilenceCase


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
        self.assert_said("slow", "thanks")
        self.assertEqual(self.jobs(), job, "a contact needs no job")

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
