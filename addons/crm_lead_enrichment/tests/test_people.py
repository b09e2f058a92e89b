# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people typed stays, and what they decide holds."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import LeadCase, answer


@tagged("post_install", "-at_install")
class TestPeople(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", groups="sales_team.group_sale_salesman"
        )

    def row(self, lead, name):
        return self.values_of(lead, name).with_user(self.seller)

    def enriched(self, **values):
        lead = self.make_lead(user_id=self.seller.id, **values)
        self.enrich(lead, answer())
        return lead

    def again(self, lead, **values):
        """Have something new in the lead, and another answer to it."""
        lead.city = f"{lead.city or ''}x"
        self.take_jobs_only(lead)
        self.enrich(lead, answer(**values))

    def take_jobs_only(self, lead):
        self.jobs(lead).unlink()
        lead.gpt_run_ids.filtered(lambda run: run.state == "queued").unlink()

    def test_what_a_person_typed_stays(self):
        lead = self.enriched(x_next_step="Mandar catálogo", x_priority="0")
        self.assertEqual(lead.x_next_step, "Mandar catálogo")
        self.assertEqual(lead.x_priority, "0", "the lowest is a value, too")
        self.assertEqual(self.row(lead, "x_priority").state, "suggested")
        self.assertTrue(lead.x_gpt_summary)

    def test_what_a_person_corrected_stays(self):
        lead = self.enriched()
        lead.with_user(self.seller).x_next_step = "Visitarlos"
        row = self.row(lead, "x_next_step")
        self.assertEqual((row.state, row.decided_by_id), ("edited", self.seller))
        self.again(lead, next_step="Escribirles.")
        self.assertEqual(lead.x_next_step, "Visitarlos")
        self.assertEqual(self.row(lead, "x_next_step").state, "suggested")

    def test_what_a_person_emptied_stays_empty(self):
        lead = self.enriched()
        lead.x_next_step = False
        self.assertEqual(self.row(lead, "x_next_step").state, "edited")
        self.again(lead, next_step="Escribirles.")
        self.assertFalse(lead.x_next_step)
        self.assertEqual(self.row(lead, "x_next_step").state, "suggested")

    def test_who_may_only_read_the_lead_decides_nothing(self):
        lead = self.enriched()
        self.env["ir.rule"].create(
            {
                "name": "Nobody else's",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": "[('user_id', '=', user.id)]",
                "perm_read": False,
            }
        )
        reader = new_test_user(
            self.env, "reader", groups="sales_team.group_sale_salesman_all_leads"
        )
        row = self.row(lead, "x_priority").with_user(reader)
        self.assertEqual(row.value_text, "Very high", "they may read it")
        for decide in (row.action_accept, row.action_undo, row.action_reject):
            with self.assertRaises(AccessError):
                decide()
        self.assertEqual(row.state, "applied")

    def test_ours_is_brought_up_to_date(self):
        lead = self.enriched()
        self.again(lead, next_step="Escribirles.")
        self.assertEqual(lead.x_next_step, "Escribirles.")
        rows = self.env["gpt.lead.value"].search(
            [("lead_id", "=", lead.id), ("field_name", "=", "x_next_step")]
        )
        self.assertEqual(sorted(rows.mapped("state")), ["applied", "superseded"])

    def test_accept(self):
        lead = self.enriched()
        self.row(lead, "x_next_step").action_accept()
        self.again(lead, next_step="Escribirles.")
        self.assertEqual(
            lead.x_next_step, "Llamar por la tarde y cotizar dos máquinas."
        )

    def test_accept_a_suggestion(self):
        lead = self.enriched(x_next_step="Mandar catálogo")
        row = self.row(lead, "x_next_step")
        row.action_accept()
        self.assertIn("Llamar", lead.x_next_step)
        self.assertFalse(self.jobs(lead))
        row.action_undo()
        self.assertEqual(lead.x_next_step, "Mandar catálogo")

    def test_undo(self):
        lead = self.enriched()
        row = self.row(lead, "x_priority")
        row.action_undo()
        self.assertFalse(lead.x_priority)
        self.assertEqual((row.state, row.decided_by_id), ("undone", self.seller))
        self.again(lead)
        self.assertFalse(lead.x_priority, "the same value does not come back")
        self.again(lead, priority="medium")
        self.assertEqual(lead.x_priority, "1", "another one may")

    def test_undo_goes_behind_newer_evidence(self):
        lead = self.enriched()
        self.again(lead)
        self.row(lead, "x_priority").action_undo()
        self.assertFalse(lead.x_priority)

    def test_undo_after_an_edit(self):
        lead = self.enriched()
        row = self.row(lead, "x_next_step")
        lead.with_context(gpt_own_write=True).x_next_step = "Otra cosa"
        with self.assertRaises(UserError):
            row.action_undo()
        self.assertEqual(lead.x_next_step, "Otra cosa")

    def test_reject(self):
        lead = self.enriched()
        row = self.row(lead, "x_priority")
        wizard = self.env["gpt.lead.reject"].with_user(self.seller)
        context = row.action_reject()["context"]
        wizard = wizard.with_context(**context).create(
            {"reason": "wrong", "note": "Solo preguntan precios"}
        )
        wizard.action_confirm()
        self.assertFalse(lead.x_priority)
        self.assertEqual((row.state, row.reason), ("rejected", "wrong"))
        self.assertEqual(row.reason_note, "Solo preguntan precios")
        self.assertEqual(
            row.sudo().run_id.request_id.res_id, lead.id, "an example for later"
        )
        self.again(lead)
        self.assertFalse(lead.x_priority, "what was rejected does not come back")
        self.assertEqual(row.state, "rejected")

    def test_decided_once(self):
        lead = self.enriched()
        row = self.row(lead, "x_priority")
        row.action_undo()
        for decide in (row.action_undo, row.action_accept, row.action_reject):
            with self.assertRaises(UserError):
                decide()

    def test_only_who_may_write_the_lead(self):
        lead = self.enriched()
        other = new_test_user(
            self.env, "other", groups="sales_team.group_sale_salesman"
        )
        row = self.values_of(lead, "x_priority")
        for decide in (row.with_user(other).action_accept,
                       row.with_user(other).action_undo,
                       row.with_user(other).action_reject,
                       lead.with_user(other).action_gpt_enrich):  # fmt: skip
            with self.assertRaises(AccessError):
                decide()
        with self.assertRaises(AccessError):
            row.with_user(self.seller).write({"state": "accepted"})

    def test_missing_data_is_kept_true(self):
        lead = self.enriched()
        lead.with_user(self.seller).phone = "999 555 0118"
        self.assertNotIn("phone", lead.x_missing_fields)
        self.assertEqual(self.row(lead, "x_missing_fields").state, "applied")

    def test_list_of_missing_data_may_become_empty(self):
        self.env["gpt.lead.input"].search([("field_name", "!=", "phone")]).is_wanted = 0
        lead = self.enriched()
        self.assertEqual(lead.x_missing_fields, "phone")
        lead.phone = "999 555 0118"
        self.assertFalse(lead.x_missing_fields)
