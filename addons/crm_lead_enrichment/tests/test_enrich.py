# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import FIVE, LeadCase, answer


@tagged("post_install", "-at_install")
class TestEnrich(LeadCase):
    def test_five_fields(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        self.assertEqual(
            lead.x_gpt_summary, "Una cafetería quiere dos máquinas para el 15 de enero."
        )
        self.assertEqual(lead.x_priority, "3")
        self.assertEqual(
            lead.x_next_step, "Llamar por la tarde y cotizar dos máquinas."
        )
        self.assertEqual(lead.x_confidence, 0.9)
        # The model named two; the others are empty as well.
        self.assertTrue(lead.x_missing_fields.startswith("phone, partner_name, "))
        self.assertNotIn("email_from", lead.x_missing_fields)
        self.assertEqual(lead.gpt_state, "done")
        self.assertTrue(all(name in lead._fields for name in FIVE))

    def test_labels_of_missing_fields(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        shown = lead.gpt_missing_labels
        self.assertEqual(shown[0], {"name": "phone", "label": "Phone"})
        lead.phone = "+52 999 555 0118"
        self.assertNotIn("phone", lead.x_missing_fields)
        self.assertNotIn("phone", [item["name"] for item in lead.gpt_missing_labels])

    def test_what_should_be_known(self):
        """Other addons ask customers for these, one at a time."""
        lead = self.make_lead(phone=False, partner_name="Café Kaab")
        names = lead._gpt_missing_names()
        self.assertEqual(names[0], "phone", "in the order of the list")
        self.assertFalse({"email_from", "partner_name", "contact_name"} & set(names))
        preferred = ("expected_revenue", "email_from", "no_such_field")
        self.assertEqual(
            lead._gpt_missing_names(preferred)[:2], [preferred[0], "phone"]
        )
        item = self.env["gpt.lead.input"].search([("field_name", "=", "phone")])
        item.is_wanted = False
        self.assertNotIn("phone", lead._gpt_missing_names())
        lead.expected_revenue = 10
        self.assertNotIn("expected_revenue", lead._gpt_missing_names())

    def test_ledger(self):
        salesperson = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman"
        )
        lead = self.make_lead(user_id=salesperson.id)
        self.enrich(lead, answer(), user=salesperson)
        request = lead.gpt_run_ids.request_id
        self.assertEqual(request.lead_run_id, lead.gpt_run_ids, "it names who asked")
        self.assertEqual((request.res_model, request.res_id), ("crm.lead", lead.id))
        self.assertEqual(request.state, "done")
        self.assertEqual(request.user_id, salesperson)
        self.assertTrue(request.applied_at)
        self.assertTrue(request.job_uuid)
        self.assertGreater(request.cost, 0)
        seen = lead.with_user(salesperson).gpt_cost
        self.assertAlmostEqual(seen, request.cost, places=4)

    def test_what_is_sent(self):
        lead = self.make_lead(phone="+52 999 555 0118")
        self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"SECRET", "res_model": "crm.lead", "res_id": lead}
        )
        self.enrich(lead, answer())
        sent = str(self.last_sent())
        self.assertIn("nos urge cotizar", sent)
        self.assertIn("partner_name: Company Name", sent)
        for hidden in ("lucia@", "555 0118", "Lucía Canul", "SECRET"):
            self.assertNotIn(hidden, sent)
        names = self.last_sent()["text"]["format"]["schema"]["properties"]
        self.assertIn("priority_quote", names)
        self.assertNotIn("confidence_quote", names)

    def test_only_chosen_fields(self):
        inputs = self.env["gpt.lead.input"]
        inputs.search([("field_name", "=", "description")]).active = False
        self.enrich(self.make_lead(), answer())
        self.assertNotIn("nos urge", str(self.last_sent()))

    def test_internal_notes_by_setting(self):
        lead = self.make_lead()
        lead.message_post(
            body="Es amigo del jefe",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        self.enrich(lead, answer())
        self.assertNotIn("amigo del jefe", str(self.last_sent()))
        self.env.company.gpt_lead_read_notes = True
        self.enrich(lead, answer())
        self.assertIn("amigo del jefe", str(self.last_sent()))

    def test_note_with_before_and_after(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        lead.message_post(
            body="Ya no es urgente.",
            author_id=self.customer().id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        low = answer({"priority": "Ya no es urgente"}, priority="low")
        self.enrich(lead, low)
        note = lead.message_ids[0]
        self.assertIn("Very high", note.body)
        self.assertIn("Low", note.body)
        self.assertEqual(note.author_id, self.env.ref("base.partner_root"))
        # What did not change is not told again.
        self.assertNotIn("Llamar por la tarde", note.body)
        self.assertTrue(note.subtype_id.internal)

    def test_answer_is_escaped(self):
        lead = self.make_lead()
        self.enrich(lead, answer(summary="<script>alert(1)</script> dos máquinas"))
        self.assertIn("<script>", lead.x_gpt_summary)
        self.assertNotIn("<script>", lead.message_ids[0].body)

    def test_states(self):
        lead = self.make_lead()
        lead.action_gpt_enrich()
        self.assertEqual(lead.gpt_state, "queued")
        states = []
        self.server.answer_with(
            lambda body: states.append(self._state_elsewhere(lead)) or answer()
        )
        self.perform(self.jobs(lead))
        self.assertEqual(states, ["running"], "shown while the model thinks")
        self.assertEqual(lead.gpt_state, "done")

    def _state_elsewhere(self, lead):
        # The server's thread must not use this test's cursor while nobody else does:
        # the job waits for the answer, so nobody does.
        self.env.cr.execute(
            "SELECT state FROM gpt_lead_run WHERE lead_id = %s", [lead.id]
        )
        return self.env.cr.fetchone()[0]

    def test_failure_and_retry(self):
        lead = self.make_lead()
        self.server.faults.order(self.Fault("wrong_key"))
        self.enrich(lead)
        self.assertEqual(lead.gpt_state, "failed")
        self.assertIn("does not accept the API key", lead.gpt_problem)
        self.assertFalse(lead.x_gpt_summary)
        self.enrich(lead, answer())
        self.assertEqual(lead.gpt_state, "done")
        self.assertFalse(lead.gpt_problem)

    def test_tried_again_by_itself(self):
        lead = self.make_lead()
        self.server.faults.order(self.Fault("overloaded", retry_after=3))
        lead.action_gpt_enrich()
        jobs = self.jobs(lead)
        self.assertEqual(self.perform(jobs), 3)
        self.assertEqual(lead.gpt_state, "running")
        self.server.answer_with(answer())
        self.assertIsNone(self.perform(jobs))
        self.assertEqual((lead.gpt_state, lead.x_priority), ("done", "3"))
        self.assertEqual(len(lead.gpt_run_ids.request_id), 1)
        self.assertEqual(lead.gpt_run_ids.request_id.attempts, 2)

    def test_paid_answer_is_not_paid_again(self):
        lead = self.make_lead()
        self.server.answer_with(answer())
        lead.action_gpt_enrich()
        jobs = self.jobs(lead)
        self.perform(jobs)
        jobs.write({"state": "pending"})
        # As a killed worker leaves it: stored, but not applied.
        lead.gpt_run_ids.state = "running"
        lead.gpt_run_ids.request_id.applied_at = False
        self.perform(jobs)
        self.assertEqual(self.asked(), 1)
        self.assertEqual(lead.gpt_state, "done")

    def test_not_set_up(self):
        lead = self.make_lead()
        self.provider.api_key = False
        self.enrich(lead)
        self.assertEqual(lead.gpt_state, "failed")
        self.assertIn("No provider with an API key", lead.gpt_problem)

    def test_chain_that_is_gone(self):
        lead = self.make_lead()
        self.env.ref("crm_lead_enrichment.chain_lead_enrichment").code = "another"
        self.enrich(lead)
        self.assertEqual(lead.gpt_state, "failed")
        self.assertTrue(lead.gpt_problem)

    def test_lost_job(self):
        """The core tells the lead when it finds that nothing works on it any more."""
        lead = self.make_lead()
        self.server.faults.order(self.Fault("overloaded", retry_after=3))
        lead.action_gpt_enrich()
        self.perform(self.jobs(lead))
        self.assertEqual(lead.gpt_state, "running")
        other = self.make_lead(name="Otra")
        other.action_gpt_enrich()
        request = lead.gpt_run_ids.request_id
        request.write({"state": "failed", "error_code": "interrupted"})
        request._gpt_failed(request)
        (lead | other).invalidate_recordset()
        self.assertEqual(lead.gpt_state, "failed")
        self.assertEqual(other.gpt_state, "queued", "that is another's affair")

    def recover(self, *leads):
        """Run the cron that looks for lost jobs, two hours later."""
        self.env.flush_all()
        runs = self.env["gpt.lead.run"].search(
            [("lead_id", "in", [lead.id for lead in leads])]
        )
        self.env.cr.execute(
            "UPDATE gpt_lead_run SET write_date = write_date - INTERVAL '2 hours'"
            " WHERE id IN %s",
            [tuple(runs.ids)],
        )
        self.env.invalidate_all()
        self.env["gpt.request.recovery"]._cron_recover()
        self.env.invalidate_all()

    def test_job_lost_before_it_asked(self):
        """The job runner gave the job up, or somebody deleted it: nobody waits on."""
        for loss in ("failed", "cancelled", "deleted"):
            with self.subTest(loss):
                lead = self.make_lead(name=loss)
                lead.action_gpt_enrich()
                jobs = self.jobs(lead)
                if loss == "deleted":
                    jobs.unlink()
                else:
                    jobs.state = loss
                self.recover(lead)
                self.assertEqual(lead.gpt_state, "failed")
                self.assertIn("server was stopped", lead.gpt_problem)
                self.enrich(lead, answer())
                self.assertEqual(lead.gpt_state, "done")

    def test_job_that_is_there_is_no_loss(self):
        waiting, again, fresh = (self.make_lead(name=name) for name in "ABC")
        waiting.action_gpt_enrich()
        # Waited for by itself first; then somebody asked: of two jobs one is left.
        self.env["gpt.lead.run"]._queue(again, "change", delay=30)
        again.action_gpt_enrich()
        self.jobs(again)[0].state = "cancelled"
        self.recover(waiting, again)
        self.assertEqual((waiting | again).mapped("gpt_state"), ["queued"] * 2)
        fresh.action_gpt_enrich()
        self.jobs(fresh).unlink()
        self.env["gpt.request.recovery"]._cron_recover()
        self.assertEqual(fresh.gpt_state, "queued", "it has just begun")

    def test_refused_by_hand(self):
        lead = self.make_lead()
        lead.action_set_lost()
        with self.assertRaises(UserError):
            lead.action_gpt_enrich()
