# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.tests import tagged

from .committed import CommittedCase

JOBS = 12
LIMIT = 5


@tagged("post_install", "-at_install")
class TestBudgetParallel(CommittedCase):
    """Limits are exact while jobs run side by side, each in transactions of its own."""

    def budget(self, **values):
        with self.transaction() as env:
            env["gpt.budget"].create(
                {"name": "Limit", "period": "hour", "company_id": self.company_id}
                | {"measure": "requests", "limit": LIMIT}
                | values
            )

    def delay(self, count):
        """Leave ``count`` jobs, and commit them; return the ids of their requests."""
        with self.transaction() as env:
            service = env["gpt.service"].with_company(self.company_id)
            chain = env["gpt.chain"].browse(self.chain_id)
            return [
                service.delay_complete(chain, {"text": f"Hola {number}"}).id
                for number in range(count)
            ]

    def run_job(self, request_id):
        with self.transaction() as env:
            request = env["gpt.request"].browse(request_id)
            request.with_context(job_uuid=request.job_uuid)._complete_job()

    def run_side_by_side(self, request_ids, workers=None):
        """Run jobs, as many at once as there are ``workers``; all without a number."""
        workers = workers or len(request_ids)
        begin = threading.Barrier(workers)
        waiting = iter(request_ids)
        lock = threading.Lock()

        def run(_worker):
            begin.wait(timeout=60)
            while True:
                with lock:
                    request_id = next(waiting, None)
                if request_id is None:
                    return
                self.run_job(request_id)

        # While tests run, the main thread holds the lock of the registries.
        unlocked = patch.object(Registry, "_lock", threading.RLock())
        with unlocked, ThreadPoolExecutor(workers) as pool:
            list(pool.map(run, range(workers)))

    def ended(self):
        """Return how many requests ended, by their error."""
        with self.transaction() as env:
            return dict(Counter(row.error_code for row in self.rows(env)))

    def test_parallel_jobs_do_not_exceed_the_limit(self):
        self.budget()
        # They are asked for so long that all of them are there before one is answered.
        self.server.faults.order(self.Fault("slow", seconds=1, times=None))
        self.run_side_by_side(self.delay(JOBS))
        self.assertEqual(self.ended(), {False: LIMIT, "budget": JOBS - LIMIT})
        self.assertEqual(self.asked(), LIMIT)

    def test_a_hundred_jobs_make_as_many_paid_requests_as_the_limit_has(self):
        """A worker has several cursors: so many at once as the pool has room for."""
        self.budget()
        self.server.faults.order(self.Fault("slow", seconds=1, times=None))
        self.run_side_by_side(self.delay(100), workers=16)
        self.assertEqual(self.ended(), {False: LIMIT, "budget": 100 - LIMIT})
        self.assertEqual(self.asked(), LIMIT)

    def test_what_may_have_been_paid_for_is_spent(self):
        """The provider worked, and its answer came too late: it may send a bill."""
        self.server.faults.order(self.Fault("slow", seconds=3))
        with self.transaction() as env:
            env["gpt.provider"].browse(self.provider_id).timeout = 0.5
        try:
            (request_id,) = self.delay(1)
            self.run_job(request_id)
        finally:
            with self.transaction() as env:
                env["gpt.provider"].browse(self.provider_id).timeout = 20
        with self.transaction() as env:
            request = self.rows(env)
            self.assertEqual((request.error_code, request.cost), ("timeout", 0))
            self.assertGreater(request.possible_cost, 0)
            possible = request.possible_cost
        # Both ways to be let in: far from a limit, and close to one.
        self.budget(measure="cost", limit=possible)
        (request_id,) = self.delay(1)
        self.run_job(request_id)
        self.assertEqual(self.ended(), {"timeout": 1, "budget": 1})
        with self.transaction() as env:
            budget = env["gpt.budget"].search([("company_id", "=", self.company_id)])
            self.assertEqual(budget.share, 100)
            budget.limit = 1000
            scope = budget._scope(self.rows(env)[:1])
            amounts = env["gpt.reservation"]._spent_and_under_way(scope)
            self.assertAlmostEqual(amounts["cost"], possible)

    def begin(self, env, request_id):
        """Do a job's first part in the transaction of ``env``; return its problem."""
        request = env["gpt.request"].browse(request_id)
        _id, run = request._gpt_request_and_run("_prepare_delayed", ())
        return run.problem.code if run.problem else None

    def test_nobody_waits_far_from_the_limit(self):
        self.budget(limit=1000)
        first, second = self.delay(2)
        self.assertFalse(self.is_let_in_at_once(first, limit=99))
        self.assertTrue(self.is_let_in_at_once(first, limit=1000))
        with self.transaction() as env:
            self.assertIsNone(self.begin(env, first))
        # It counts from its first moment on all the same, beside the 100 to come.
        self.assertFalse(self.is_let_in_at_once(second, limit=100))
        self.assertTrue(self.is_let_in_at_once(second, limit=102))

    def is_let_in_at_once(self, request_id, limit):
        with self.transaction() as env:
            request = env["gpt.request"].browse(request_id)
            budgets = env["gpt.budget"].search([("company_id", "=", self.company_id)])
            budgets.write({"limit": limit, "warn_at": 0})
            amounts = {"cost": 0.0, "tokens": 0, "requests": 1}
            reservation = env["gpt.reservation"]._values(request, amounts)
            terms = [budget._terms() for budget in budgets]
            return budgets._admit_far_from_limits(request, terms, amounts, reservation)

    def test_what_began_and_is_not_committed_yet_counts(self):
        self.budget(limit=2)
        with ExitStack() as stack:
            problems = [
                self.begin(stack.enter_context(self.transaction()), request_id)
                for request_id in self.delay(3)
            ]
        self.assertEqual(problems, [None, None, "budget"])

    def test_what_is_committed_while_it_is_counted_counts(self):
        self.budget(limit=2)
        (request_id,) = self.delay(1)
        with self.transaction() as counting:
            with self.transaction() as env:
                self.assertIsNone(self.begin(env, request_id))
                # From here on it sees what was committed by now.
                rows = self.rows(counting)
                scope = (
                    rows.env["gpt.budget"]
                    .search(
                        [("company_id", "=", self.company_id), ("name", "=", "Limit")]
                    )
                    ._scope(rows)
                )
            amount, _own = counting["gpt.reservation"]._under_way(scope, 0, 0)
            self.assertEqual(amount, 1)

    def test_what_was_refused_is_not_spent(self):
        """A window that slides does not stay full of what it refused."""
        self.budget(limit=2)
        for request_id in self.delay(6):
            self.run_job(request_id)
        self.assertEqual(self.ended(), {False: 2, "budget": 4})
        with self.transaction() as env:
            # An hour passes for what was answered, and not for what was refused.
            rows = self.rows(env).filtered(lambda row: row.state == "done")
            env.cr.execute(
                "UPDATE gpt_request SET create_date = create_date - INTERVAL '2 hours' "
                "WHERE id = ANY(%s)",
                [rows.ids],
            )
        for request_id in self.delay(3):
            self.run_job(request_id)
        self.assertEqual(self.ended(), {False: 4, "budget": 5})

    def test_another_try_is_no_other_request(self):
        self.budget(limit=1)
        self.server.faults.order(self.Fault("server_error"))
        (request_id,) = self.delay(1)
        with self.assertRaises(Exception) as caught:
            self.run_job(request_id)
        self.assertEqual(type(caught.exception).__name__, "RetryableJobError")
        self.run_job(request_id)
        self.assertEqual(self.ended(), {False: 1})
        (request_id,) = self.delay(1)
        self.run_job(request_id)
        self.assertEqual(self.ended(), {False: 1, "budget": 1})

    def test_what_could_not_be_made_is_not_spent(self):
        self.budget(limit=1)
        with self.transaction() as env:
            env["gpt.provider"].browse(self.provider_id).api_key = False
        try:
            for request_id in self.delay(2):
                self.run_job(request_id)
        finally:
            with self.transaction() as env:
                env["gpt.provider"].browse(self.provider_id).api_key = "sk-test"
        self.assertEqual(self.ended(), {"not_configured": 2})
        for request_id in self.delay(1):
            self.run_job(request_id)
        self.assertEqual(self.ended(), {"not_configured": 2, False: 1})

    def test_an_endpoint_that_counts_nothing_reaches_the_limit(self):
        for measure in ("tokens", "cost"):
            with self.subTest(measure):
                self._forget()
                self.server.reset()
                self.server.faults.order(self.Fault("no_usage", times=None))
                (request_id,) = self.delay(1)
                self.run_job(request_id)
                with self.transaction() as env:
                    request = self.rows(env)
                    self.assertTrue(request.is_estimated)
                    self.assertGreater(request.input_tokens, 0)
                    self.assertGreater(request.output_tokens, 0)
                    self.assertGreater(request.cost, 0)
                    spent = {"tokens": request.total_tokens, "cost": request.cost}
                self.budget(measure=measure, limit=spent[measure])
                (request_id,) = self.delay(1)
                self.run_job(request_id)
                self.assertEqual(self.ended(), {False: 1, "budget": 1})

    def test_what_the_provider_counted_is_not_called_an_estimate(self):
        (request_id,) = self.delay(1)
        self.run_job(request_id)
        with self.transaction() as env:
            self.assertFalse(self.rows(env).is_estimated)
            self.assertEqual(self.rows(env).provider_calls, 1)
