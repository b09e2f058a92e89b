# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import LeadCase, answer


@tagged("post_install", "-at_install")
class TestBatch(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", groups="sales_team.group_sale_salesman"
        )

    def setUp(self):
        super().setUp()
        self.leads = self.env["crm.lead"].concat(
            *(self.make_lead(name=f"L{n}", user_id=self.seller.id) for n in range(4))
        )

    def batch(self, leads=None):
        leads = (leads or self.leads).with_user(self.seller)
        action = leads.action_gpt_enrich_selection()
        return (
            self.env["gpt.lead.batch"].with_user(self.seller).browse(action["res_id"])
        )

    def test_estimate(self):
        batch = self.batch()
        self.assertFalse(self.jobs(), "nothing is asked before it is confirmed")
        self.assertEqual(batch.lead_count, 4)
        self.assertEqual(batch.model_id, self.model)
        self.assertGreater(batch.expected_cost, 0)
        single = self.batch(self.leads[0])
        # Each is rounded to four places.
        self.assertAlmostEqual(
            batch.expected_cost, 4 * single.expected_cost, delta=4 * 0.00005
        )

    def test_estimate_is_of_the_right_size(self):
        batch = self.batch()
        batch.action_start()
        self.server.answer_with(answer(), times=4)
        self.perform()
        self.perform()
        real = sum(self.leads.gpt_run_ids.request_id.mapped("total_tokens"))
        self.assertLess(abs(batch.expected_tokens - real), real / 2)

    def test_progress(self):
        batch = self.batch()
        batch.action_start()
        self.assertTrue(batch.is_running)
        self.assertEqual(batch.progress, 0)
        self.perform(self.jobs())  # leaves the jobs
        self.server.answer_with(answer(), times=2)
        self.server.faults.order(self.Fault("wrong_key", times=1))
        self.perform(self.jobs(self.leads[0]))
        self.perform(self.jobs(self.leads[1]))
        self.assertEqual((batch.ended_count, batch.progress), (2, 50))
        self.assertEqual((batch.done_count, batch.failed_count), (1, 1))
        self.assertGreater(batch.cost, 0)
        self.server.answer_with(answer(), times=2)
        self.perform(self.jobs())
        self.assertEqual(batch.progress, 100)
        self.assertFalse(batch.is_running)

    def test_cancel(self):
        batch = self.batch()
        batch.action_start()
        self.perform(self.jobs())
        self.server.answer_with(answer())
        self.perform(self.jobs(self.leads[0]))
        batch.action_cancel()
        self.perform(self.jobs())
        self.assertEqual(self.asked(), 1)
        self.assertFalse(batch.is_running)
        self.assertEqual(self.leads.mapped("gpt_state"), ["done", *["cancelled"] * 3])

    def test_cancel_before_the_jobs_are_left(self):
        batch = self.batch()
        batch.action_start()
        batch.action_cancel()
        self.perform(self.jobs())
        self.perform(self.jobs())
        self.assertFalse(self.asked())
        self.assertFalse(self.leads.gpt_run_ids)

    def test_what_says_nothing_new_costs_nothing(self):
        self.enrich(self.leads[0], answer())
        batch = self.batch()
        batch.action_start()
        self.perform(self.jobs())
        self.server.answer_with(answer(), times=3)
        self.perform(self.jobs())
        self.assertEqual(self.asked(), 4)
        self.assertEqual((batch.done_count, batch.unchanged_count), (3, 1))
        self.assertEqual(batch.progress, 100)

    def test_left_out(self):
        self.leads[0].action_set_lost()
        batch = self.batch()
        self.assertEqual((batch.lead_count, batch.skipped_count), (3, 1))
        with self.assertRaises(UserError):
            self.leads[0].action_gpt_enrich_selection()

    def test_one_that_waits_already_is_taken_along(self):
        self.leads[0].city = "Mérida"
        self.commit()
        self.assertEqual(self.leads[0].gpt_state, "queued")
        batch = self.batch()
        batch.action_start()
        self.perform(self.jobs().filtered(lambda j: j.method_name == "_queue_job"))
        self.assertEqual(len(batch.sudo().run_ids), 4)
        self.server.answer_with(answer(), times=4)
        self.perform(self.jobs())
        self.assertEqual(batch.progress, 100)
        self.assertEqual(self.asked(), 4)

    def test_deleted_meanwhile(self):
        batch = self.batch()
        batch.action_start()
        self.perform(self.jobs())
        self.leads[0].unlink()
        self.server.answer_with(answer(), times=3)
        self.perform(self.jobs())
        self.assertFalse(batch.is_running)

    def test_only_own(self):
        batch = self.batch()
        other = new_test_user(
            self.env, "other", groups="sales_team.group_sale_salesman"
        )
        with self.assertRaises(AccessError):
            batch.with_user(other).action_start()
        with self.assertRaises(AccessError):
            self.leads.with_user(other).action_gpt_enrich_selection()
        boss = new_test_user(self.env, "boss", groups="sales_team.group_sale_manager")
        with self.assertRaises(UserError):
            batch.with_user(boss).action_start()
        batch.action_start()
        with self.assertRaises(UserError):
            batch.action_start()
