# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people make of the values of their leads becomes proposals of examples."""

import json

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import VALUES, LeadCase, answer

RFC = "GODE561231GR8"


@tagged("post_install", "-at_install")
class TestExamples(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller_ex", groups="sales_team.group_sale_salesman"
        )
        cls.chain = cls.env["gpt.lead.chain"]._chain()

    def enriched(self, given=None, **values):
        lead = self.make_lead(user_id=self.seller.id, **values)
        self.enrich(lead, given or answer())
        self.request = lead.gpt_run_ids.request_id[:1]
        self.assertEqual(self.request.state, "done")
        return lead

    def row(self, lead, name):
        return self.values_of(lead, name).with_user(self.seller)

    def proposing(self):
        return self.env["queue.job"].search(
            [
                ("state", "=", "pending"),
                ("method_name", "=", "_propose_lead_example_job"),
            ]
        )

    def propose(self):
        """Run the jobs that propose; return the examples of the last answer."""
        self.perform(self.proposing())
        return self.env["gpt.example"].search([("request_id", "=", self.request.id)])

    def test_accepted(self):
        lead = self.enriched()
        self.assertFalse(self.proposing(), "nobody has decided anything yet")
        self.row(lead, "x_next_step").action_accept()
        self.row(lead, "x_gpt_summary").action_accept()
        self.assertEqual(len(self.proposing()), 1, "one look for all decisions")
        example = self.propose()
        self.assertEqual(example.source, "lead")
        self.assertEqual(example.kind, "structured")
        self.assertEqual(example.state, "proposed")
        self.assertEqual(example.chain_id, self.chain)
        self.assertEqual(example.company_id, self.request.company_id)
        asked, answered = example.messages
        self.assertIn("abrimos cafetería", asked["content"])
        self.assertNotIn("Lucía Canul", str(example.messages))
        self.assertNotIn("lucia@cafekaab.example", str(example.messages))
        self.assertEqual(json.loads(answered["content"]), self.request.masked_data)

    def test_edited(self):
        lead = self.enriched()
        mine = f"Llamar a Lucía Canul, RFC {RFC}."
        lead.with_user(self.seller).write({"x_next_step": mine, "x_priority": "1"})
        example = self.propose()
        self.assertEqual(example.kind, "preference")
        preferred, rejected = (
            json.loads(example.preferred),
            json.loads(example.rejected),
        )
        self.assertEqual(preferred["next_step"], "Llamar a [[NAME_1]], RFC [[RFC_1]].")
        self.assertEqual(preferred["priority"], "medium")
        self.assertEqual(rejected["next_step"], VALUES["next_step"])
        self.assertEqual(rejected["priority"], VALUES["priority"])
        self.assertEqual(preferred["summary"], rejected["summary"])
        self.assertEqual([m["role"] for m in example.messages], ["user"])

    def test_rejected(self):
        lead = self.enriched()
        self.row(lead, "x_priority")._reject("wrong", False)
        example = self.propose()
        preferred = json.loads(example.preferred)
        self.assertFalse(preferred["priority"])
        self.assertFalse(preferred["priority_quote"])
        self.assertEqual(preferred["next_step"], VALUES["next_step"])
        self.assertEqual(json.loads(example.rejected), self.request.masked_data)

    def test_a_decision_taken_back(self):
        lead = self.enriched()
        row = self.row(lead, "x_priority")
        row._reject("wrong", False)
        example = self.propose()
        self.assertEqual(example.kind, "preference")
        row.action_take_back()
        changed = self.propose()
        self.assertEqual(changed, example)
        self.assertEqual(changed.kind, "structured")
        self.assertFalse(changed.preferred)

    def test_a_decided_example_stays(self):
        lead = self.enriched()
        self.row(lead, "x_next_step").action_accept()
        example = self.propose()
        example.state = "approved"
        lead.with_user(self.seller).x_next_step = "Otra cosa muy distinta."
        self.assertEqual(self.propose(), example)
        self.assertEqual(example.kind, "structured")

    def test_who_may_not_change_the_lead_proposes_nothing(self):
        lead = self.enriched()
        stranger = new_test_user(
            self.env, "stranger_ex", groups="sales_team.group_sale_salesman"
        )
        with self.assertRaises(AccessError):
            self.values_of(lead, "x_priority").with_user(stranger).action_accept()
        self.assertFalse(self.proposing())
        for user in (stranger, self.seller):
            with self.assertRaises(AccessError):
                self.env["gpt.example"].with_user(user).search([])

    def test_a_chain_that_is_not_to_propose(self):
        self.chain.proposes_examples = False
        lead = self.enriched()
        self.row(lead, "x_next_step").action_accept()
        self.assertEqual(self.row(lead, "x_next_step").state, "accepted")
        self.assertFalse(self.proposing())

    def test_a_fault_of_ours_takes_no_decision_away(self):
        lead = self.enriched()
        self.break_table("queue.job")
        with mute_logger("odoo.sql_db"), self.assertLogs("odoo.addons.gpt_core"):
            self.row(lead, "x_next_step").action_accept()
        self.assertEqual(self.row(lead, "x_next_step").state, "accepted")

    def test_a_lead_is_not_shown_its_own_example(self):
        lead = self.enriched()
        self.row(lead, "x_next_step").action_accept()
        example = self.propose()
        example.state = "approved"
        self.chain.few_shot_count = 1
        self.chain.few_shot_tokens = 5000
        self.chain.action_publish()
        lead.function = "Gerente"
        self.enrich(lead, answer())
        self.assertFalse(lead.gpt_run_ids.request_id.shown_example_ids)
        other = self.make_lead(name="Otra cafetería nueva")
        self.enrich(other, answer())
        self.assertEqual(other.gpt_run_ids.request_id.shown_example_ids, example)
