# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .committed import CommittedCase


class Undone(Exception):
    """Raised to have a transaction rolled back."""


@tagged("post_install", "-at_install")
class TestStoredAnswer(CommittedCase):
    """What was paid for is neither paid again nor lost, whatever becomes of the
    transaction that asked."""

    def undone(self, text="Hola"):
        try:
            with self.transaction() as env:
                self.answer = self.complete(env, text).answer
                raise Undone
        except Undone:
            return

    def settle(self):
        with self.transaction() as env:
            # Those of test cases whose transactions are always undone.
            mine = self.stored(env)
            (env["gpt.stored.answer"].search([]) - mine).unlink()
            env["gpt.stored.answer"]._cron_settle()

    def stored(self, env):
        return env["gpt.stored.answer"].search([("company_id", "=", self.company_id)])

    def test_an_undone_answer_is_used_by_the_next_try(self):
        self.undone()
        with self.transaction() as env:
            self.assertFalse(self.rows(env))
            request = self.complete(env)
            self.assertEqual(request.state, "done")
            self.assertEqual(request.answer, self.answer)
            self.assertGreater(request.cost, 0)
        self.assertEqual(self.asked(), 1)
        with self.transaction() as env:
            self.assertEqual(len(self.rows(env)), 1)
            self.assertFalse(self.stored(env))

    def test_but_only_once(self):
        self.undone()
        for _number in range(2):
            with self.transaction() as env:
                self.complete(env)
        self.assertEqual(self.asked(), 2)

    def test_and_only_for_the_same_question(self):
        self.undone()
        with self.transaction() as env:
            self.complete(env, "Adiós")
        self.assertEqual(self.asked(), 2)

    def test_a_failure_is_not_used_again(self):
        self.server.faults.order(self.Fault("refusal"))
        self.undone()
        with self.transaction() as env:
            self.assertEqual(self.complete(env).state, "done")
        self.assertEqual(self.asked(), 2)

    def test_an_undone_answer_is_booked(self):
        self.undone()
        self.settle()
        with self.transaction() as env:
            request = self.rows(env)
            self.assertEqual(request.state, "done")
            self.assertEqual(request.answer, self.answer)
            self.assertEqual(request.chain_id.id, self.chain_id)
            self.assertGreater(request.cost, 0)
            self.assertFalse(self.stored(env))

    def test_a_booked_answer_is_not_booked_twice(self):
        with self.transaction() as env:
            self.complete(env)
        self.settle()
        with self.transaction() as env:
            self.assertEqual(len(self.rows(env)), 1)
            self.assertFalse(self.stored(env))

    def test_a_running_transaction_keeps_its_answer(self):
        with self.transaction() as env:
            first = self.complete(env)
            with self.transaction() as other:
                self.assertNotEqual(self.complete(other), first)
            self.settle()
        self.assertEqual(self.asked(), 2)
        with self.transaction() as env:
            self.assertEqual(len(self.rows(env)), 2)

    def test_what_is_committed_while_it_is_settled_is_booked_once(self):
        with self.transaction() as settling:
            with self.transaction() as env:
                self.complete(env)
                # From here on it sees what was committed by now.
                stored = self.stored(settling)
                self.assertEqual(len(stored), 1)
            self.assertFalse(stored._of_undone())
            stored._cron_settle()
        with self.transaction() as env:
            self.assertEqual(len(self.rows(env)), 1)

    def test_a_serialization_conflict_is_not_paid_for(self):
        tries = []

        def work():
            provider = env["gpt.provider"].browse(self.provider_id)
            tries.append(provider.sequence)
            self.complete(env)
            if len(tries) == 1:
                with self.transaction() as other:
                    other["gpt.provider"].browse(self.provider_id).sequence += 1
            provider.sequence += 1
            env.flush_all()

        with self.transaction() as env, mute_logger("odoo.sql_db"):
            retrying(work, env)
        self.assertEqual(len(tries), 2, "there was a conflict")
        self.assertEqual(self.asked(), 1)
        with self.transaction() as env:
            self.assertEqual(len(self.rows(env)), 1)

    def budget(self, **values):
        with self.transaction() as env:
            env["gpt.budget"].create(
                {"name": "Limit", "period": "day", "company_id": self.company_id}
                | values
            )

    def test_budgets_count_what_nobody_else_sees_yet(self):
        self.budget(measure="requests", limit=2)
        with self.transaction() as first, self.transaction() as second:
            self.assertEqual(self.complete(first, "1").state, "done")
            self.assertEqual(self.complete(second, "2").state, "done")
            with self.transaction() as third:
                self.assertEqual(self.complete(third, "3").error_code, "budget")
            self.assertEqual(self.complete(first, "4").error_code, "budget")

    def test_budgets_do_not_count_what_was_undone(self):
        self.budget(measure="requests", limit=1)
        self.undone()
        with self.transaction() as env:
            self.assertEqual(self.complete(env, "Adiós").state, "done")
