# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import TEXT, LeadCase, answer


@tagged("post_install", "-at_install")
class TestMerge(LeadCase):
    def test_the_merged_lead_is_read_again(self):
        first = self.make_lead(type="lead")
        second = self.make_lead(
            type="lead", name="Otra", description="<p>Son diez.</p>"
        )
        self.enrich(first, answer())
        merged = (first | second).merge_opportunity()
        self.assertEqual(len(self.jobs(merged)), 1)
        ten = {"summary": "Son diez"}
        self.server.answer_with(answer(ten, summary="Quieren diez."))
        self.perform(self.jobs(merged))
        self.assertIn("Son diez", str(self.last_sent()))
        self.assertEqual(merged.gpt_state, "done")

    def test_merged_while_the_model_thinks(self):
        first = self.make_lead(type="opportunity")
        second = self.make_lead(type="lead", name="Otra", description=TEXT)
        second.action_gpt_enrich()
        jobs = self.jobs(second)
        self.server.answer_with(
            self.while_thinking(lambda: (first | second).merge_opportunity())
        )
        self.perform(jobs)
        self.assertFalse(second.exists())
        self.assertFalse(first.x_gpt_summary, "an answer about another lead")
        self.assertEqual(len(self.jobs(first)), 1, "the merged lead gets its own")
