# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

from .common import GptCommon

# What may succeed when it is tried again; nothing else is. What took too long was tried
# again by the SDK, and may have to be paid for each time.
PASSING = {"rate_limit", "server_error", "connection", "empty_answer"}


@tagged("post_install", "-at_install")
class TestDelay(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")
        cls.user = new_test_user(cls.env, "delaying", groups="base.group_user")

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def delay(self, **kwargs):
        service = self.env["gpt.service"].with_user(self.user)
        return service.delay_complete("brief", {"text": "Hola"}, **kwargs)

    def perform(self, request):
        self.env.flush_all()
        job = Job.load(self.env, request.job_uuid)
        try:
            job.perform()
        finally:
            self.env.invalidate_all()
        return job

    def test_only_a_job(self):
        request = self.delay(record=self.user.partner_id)
        self.assertEqual(request.state, "pending")
        self.assertEqual(request.user_id, self.user)
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        job = Job.load(self.env, request.job_uuid)
        self.assertEqual(job.args, ())
        self.assertEqual(job.channel, "root.gpt.batch")
        self.assertEqual(job.user_id, self.env.ref("base.user_root").id)

    def test_it_is_run(self):
        self.server.answer_with("Listo.")
        request = self.delay()
        self.perform(request)
        self.assertEqual((request.state, request.answer), ("done", "Listo."))
        self.assertEqual(request.user_id, self.user)
        self.assertFalse(request.sudo().pending_values)
        self.assertTrue(request.applied_at)
        self.perform(request)
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 1)

    def test_the_answer_is_handed_over_once(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Greet",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "gpt_chain",
                "gpt_chain_id": self.chain.id,
            }
        )
        contact = self.env["res.partner"].create({"name": "Ana"})
        request = self.env["gpt.service"].delay_complete(
            "brief", {"text": "Hola"}, record=contact
        )
        request.action_id = action
        notes = len(contact.message_ids)
        for _run in range(2):  # as a job that was killed when it was nearly done
            self.perform(request)
        self.assertEqual(len(contact.message_ids), notes + 1)

    def test_no_delay_from_a_context_has_no_effect(self):
        service = self.env["gpt.service"].with_context(queue_job__no_delay=True)
        request = service.delay_complete("brief", {"text": "Hola"})
        self.assertEqual(request.state, "pending")

    def test_failure(self):
        self.server.faults.order(self.Fault("wrong_key"))
        request = self.delay()
        self.perform(request)
        self.assertEqual(request.error_code, "wrong_key")

    def test_retry(self):
        self.server.faults.order(self.Fault("overloaded", retry_after=3))
        request = self.delay()
        waited = None
        try:  # not assertRaises, which undoes what was stored
            self.perform(request)
        except RetryableJobError as error:
            waited = error.seconds
        self.assertEqual(waited, 3)
        self.perform(request)
        self.assertEqual((request.state, request.attempts), ("done", 2))
        self.assertFalse(request.error_code)

    def test_a_slow_model_is_called_as_often_as_the_provider_allows(self):
        self.provider.write({"timeout": 0.5, "max_retries": 1})
        self.server.faults.order(self.Fault("slow", seconds=3, times=None))
        request = self.delay()
        self.assertEqual(self.tries(request), 1)
        called = self.server.journal.entries("/v1/responses")
        self.assertEqual(len(called), 2)
        self.assertEqual((request.state, request.error_code), ("failed", "timeout"))
        self.assertEqual((request.attempts, request.provider_calls), (1, 2))
        self.assertEqual(request.unanswered_calls, 2)
        # As many tokens as the settings allow, twice.
        self.assertGreater(request.possible_cost, 2 * 321 * 0.6 / 1e6)
        self.assertLess(request.possible_cost, 2 * 400 * 0.6 / 1e6)
        self.assertEqual(request.cost, 0)

    def test_all_calls_of_a_job_are_counted(self):
        self.provider.max_retries = 1
        fault = self.Fault("overloaded", retry_after=0.05, times=3)
        self.server.faults.order(fault)
        request = self.delay()
        self.assertEqual(self.tries(request), 2)
        self.assertEqual((request.state, request.attempts), ("done", 2))
        self.assertEqual(request.provider_calls, 4)
        self.assertFalse(request.unanswered_calls)
        self.assertFalse(request.possible_cost)

    def test_each_failure_in_a_job(self):
        """Tried again as often as its kind says, in one row, with no error logged."""
        from ..engine.retry_rule import MAX_ATTEMPTS
        from .test_service import TestFailures

        self.provider.timeout = 1
        for fault, code in TestFailures.EXPECTED.items():
            # Only a structured answer can be of the wrong form.
            if code in ("invalid_output", "truncated"):
                continue
            with self.subTest(fault), self.assertNoLogs(level="WARNING"):
                self.server.reset()
                self.server.faults.order(self.Fault(fault, times=None))
                request = self.delay()
                rows = self.env["gpt.request"].search_count([])
                tries = self.tries(request)
                self.assertEqual(tries, MAX_ATTEMPTS if code in PASSING else 1)
                self.assertEqual((request.state, request.error_code), ("failed", code))
                self.assertEqual(request.attempts, tries)
                self.assertEqual(self.env["gpt.request"].search_count([]), rows)

    def tries(self, request):
        """Perform the job of ``request`` until it is over; return how often."""
        for number in range(1, 10):
            try:
                self.perform(request)
            except RetryableJobError:
                continue
            return number

    def test_retry_by_hand(self):
        self.server.faults.order(self.Fault("wrong_key"))
        request = self.delay()
        self.perform(request)
        self.assertTrue(request.can_retry)
        first_job = request.job_uuid
        request.with_user(self.user).action_retry()
        self.assertEqual(request.state, "pending")
        self.assertNotEqual(request.job_uuid, first_job)
        self.perform(request)
        self.assertEqual(request.state, "done")
        self.assertFalse(request.can_retry)
        self.assertFalse(request.error_code)

    def test_complete_in_a_job_is_paid_once(self):
        service = self.env["gpt.service"].with_context(job_uuid="a-job")
        first = service.complete("brief", {"text": "Hola"})
        again = service.complete("brief", {"text": "Hola"})
        other = service.complete("brief", {"text": "Adiós"})
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 2)
