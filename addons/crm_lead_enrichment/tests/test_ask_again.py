# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One value is asked for again, and nothing else."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import QUOTES, VALUES, LeadCase, answer

ANOTHER = {
    "next_step": "Mandarles una cotización hoy.",
    "next_step_quote": QUOTES["summary"],
}


@tagged("post_install", "-at_install")
class TestAskAgain(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", groups="sales_team.group_sale_salesman"
        )

    def enriched(self, given=None):
        lead = self.make_lead(user_id=self.seller.id)
        self.enrich(lead, given or answer())
        return lead

    def row(self, lead, name="x_next_step"):
        return self.values_of(lead, name).with_user(self.seller)

    def ask_again(self, lead, given, name="x_next_step"):
        self.server.answer_with(given)
        result = self.row(lead, name).action_ask_again()
        self.perform(self.jobs(lead))
        return result

    def test_one_request_for_this_value_only(self):
        lead = self.enriched()
        self.assertIs(self.ask_again(lead, ANOTHER), True)
        self.assertEqual(self.asked(), 2)
        schema = self.last_sent()["text"]["format"]["schema"]
        self.assertEqual(set(schema["properties"]), {"next_step", "next_step_quote"})
        self.assertEqual(lead.x_next_step, "Mandarles una cotización hoy.")
        self.assertEqual(lead.x_gpt_summary, VALUES["summary"])
        self.assertEqual(lead.x_confidence, 0.9)
        self.assertEqual(lead.gpt_state, "done")

    def test_what_was_refused_comes_as_a_suggestion(self):
        lead = self.enriched()
        self.row(lead)._reject("useless", False)
        self.ask_again(lead, ANOTHER)
        self.assertFalse(lead.x_next_step)
        row = self.row(lead)
        self.assertEqual((row.state, row.value), ("suggested", ANOTHER["next_step"]))
        row.action_accept()
        self.assertEqual(lead.x_next_step, ANOTHER["next_step"])

    def test_nothing_else_to_say(self):
        lead = self.enriched()
        self.ask_again(lead, dict.fromkeys(ANOTHER))
        self.assertEqual(lead.x_next_step, VALUES["next_step"])
        self.assertIn("has no other Next Step", lead.message_ids[0].body)

    def test_it_does_not_count_as_reading_all(self):
        lead = self.enriched()
        lead.message_post(
            body="¿Y la garantía?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.jobs(lead).unlink()
        lead.gpt_run_ids.filtered(lambda run: run.state == "queued").unlink()
        self.ask_again(lead, ANOTHER)
        lead.invalidate_recordset()
        self.assertEqual(lead.gpt_newer_messages, 1)
        self.enrich(lead, answer())
        self.assertEqual(self.asked(), 3)

    def test_a_budget_that_is_used_up(self):
        lead = self.enriched()
        self.env["gpt.budget"].create(
            {
                "name": "One",
                "company_id": self.env.company.id,
                "measure": "requests",
                "limit": 1,
            }
        )
        with self.assertRaisesRegex(UserError, "budget"):
            self.row(lead).action_ask_again()
        self.assertEqual(self.asked(), 1)
        self.assertFalse(self.jobs(lead))

    def test_what_follows_from_all_values_is_not_asked_for(self):
        lead = self.enriched()
        for name in ("x_missing_fields", "x_confidence"):
            with self.assertRaises(UserError):
                self.row(lead, name).action_ask_again()

    def test_while_the_model_works(self):
        lead = self.enriched()
        self.row(lead).action_ask_again()
        notice = self.row(lead).action_ask_again()["params"]["message"]
        self.assertIn("already", notice)
        self.assertEqual(len(self.jobs(lead)), 1)

    def test_an_unchanged_lead_says_what_one_can_do(self):
        lead = self.enriched(answer({"priority": "Compramos mañana mismo"}))
        result = lead.with_user(self.seller).action_gpt_enrich()
        message = result["params"]["message"]
        self.assertIn("Ask Again", message)
        self.assertIn("decision: 1.", message)
        self.assertEqual(self.asked(), 1)

    def test_only_who_may_write_the_lead_asks(self):
        lead = self.enriched()
        lead.company_id = self.env.company
        company = self.env["res.company"].create({"name": "Otra"})
        mate = new_test_user(self.env, "mate", groups="sales_team.group_sale_salesman")
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        for user in (mate, stranger):
            with self.assertRaises(AccessError):
                self.row(lead).with_user(user).action_ask_again()
        self.assertFalse(self.jobs(lead))
