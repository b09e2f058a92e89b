# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What happens to the lead while the model thinks."""

import os
import threading
import time
from contextlib import ExitStack

from odoo.tests import tagged

from odoo.addons.gpt_core.engine.processes.cpu_slots import cpu_slot

from .common import FIVE, LeadCase, answer


@tagged("post_install", "-at_install")
class TestWhileRunning(LeadCase):
    def run_while(self, lead, change, given=None):
        """Enrich the lead; ``change`` happens after the model was asked."""
        self.server.answer_with(self.while_thinking(change, given))
        lead.action_gpt_enrich()
        jobs = self.jobs(lead)
        self.perform(jobs)
        return self.env["queue.job"].search([("uuid", "in", jobs.mapped("uuid"))])

    def test_a_person_wins(self):
        lead = self.make_lead()
        self.run_while(lead, lambda: lead.write({"x_next_step": "Visitarlos el lunes"}))
        self.assertEqual(lead.x_next_step, "Visitarlos el lunes")
        self.assertEqual(lead.x_priority, "3", "the others are filled")
        row = self.values_of(lead, "x_next_step")
        self.assertEqual(row.state, "suggested")
        self.assertIn("Llamar", row.value_text)

    def test_a_person_who_empties_wins(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        lead.city = "Mérida"
        self.run_while(
            lead,
            lambda: lead.write({"x_next_step": False}),
            answer(next_step="Visitar."),
        )
        self.assertFalse(lead.x_next_step)
        self.assertEqual(self.values_of(lead, "x_next_step").state, "suggested")

    def test_a_person_who_takes_his_own_away_wins(self):
        lead = self.make_lead(x_next_step="Mandar catálogo")
        self.run_while(lead, lambda: lead.write({"x_next_step": False}))
        self.assertFalse(lead.x_next_step)
        self.assertEqual(self.values_of(lead, "x_next_step").state, "suggested")

    def test_taken_back(self):
        lead = self.make_lead()
        self.run_while(lead, lambda: lead.gpt_run_ids.write({"state": "cancelled"}))
        self.assertFalse(any(lead[name] for name in FIVE))
        self.assertFalse(self.values_of(lead))
        self.assertEqual(lead.gpt_state, "cancelled")

    def test_answers_wait_for_a_cpu_slot(self):
        lead = self.make_lead()
        self.server.answer_with(answer())
        lead.action_gpt_enrich()
        done, others = [], ExitStack()
        for number in range(os.cpu_count()):
            others.enter_context(cpu_slot(number))

        def end_the_others():
            # The model is asked in the meantime: nobody waits for a slot to ask.
            self.server.journal.wait_for(1, completed=True)
            time.sleep(0.3)
            done.append("others")
            others.close()

        thread = threading.Thread(target=end_the_others)
        thread.start()
        self.perform(self.jobs(lead))
        done.append("lead")
        thread.join()
        self.assertEqual(done, ["others", "lead"])
        self.assertEqual(lead.x_priority, "3")

    def test_a_message_that_came_later_proves_nothing(self):
        """The model cannot have read it; it is read by the run that it starts."""
        lead = self.make_lead()

        def write():
            lead.message_post(
                body="Compramos mañana mismo",
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )

        self.run_while(lead, write, answer({"priority": "Compramos mañana mismo"}))
        self.assertFalse(lead.x_priority)
        self.assertEqual(self.values_of(lead, "x_priority").verdict, "not_found")
        self.assertEqual(len(self.jobs(lead)), 1)

    def test_deleted(self):
        lead = self.make_lead()
        job = self.run_while(lead, lead.unlink)
        self.assertEqual(job.state, "done")
        self.assertFalse(lead.exists())
        self.assertEqual(self.env["gpt.request"].search([], limit=1).state, "done")

    def test_deleted_before(self):
        lead = self.make_lead()
        lead.action_gpt_enrich()
        jobs = self.jobs(lead)
        lead.unlink()
        self.perform(jobs)
        self.assertEqual(jobs.state, "done")
        self.assertFalse(self.asked())

    def test_archived(self):
        lead = self.make_lead()
        self.run_while(lead, lead.action_archive)
        self.assert_left_alone(lead)

    def test_lost(self):
        lead = self.make_lead()
        self.run_while(lead, lead.action_set_lost)
        self.assert_left_alone(lead)
        self.assertEqual(lead.probability, 0)

    def test_won(self):
        lead = self.make_lead(type="opportunity")
        self.run_while(lead, lead.action_set_won)
        self.assert_left_alone(lead)

    def assert_left_alone(self, lead):
        self.assertFalse(any(lead[name] for name in FIVE))
        rows = self.values_of(lead)
        self.assertEqual(set(rows.mapped("state")), {"suggested"}, "but it was paid")

    def test_archived_before(self):
        lead = self.make_lead()
        lead.action_gpt_enrich()
        jobs = self.jobs(lead)
        lead.action_archive()
        self.perform(jobs)
        self.assertFalse(self.asked())
        self.assertEqual(lead.gpt_state, "dropped")

    def test_restored(self):
        lead = self.make_lead()
        self.run_while(lead, lead.action_archive)
        lead.action_unarchive()
        self.perform(self.jobs(lead))
        self.assertEqual(self.asked(), 1, "it was paid already")
        self.values_of(lead, "x_gpt_summary").action_accept()
        self.assertIn("cafetería", lead.x_gpt_summary)

    def test_cancelled_before(self):
        lead = self.make_lead()
        lead.action_gpt_enrich()
        jobs = self.jobs(lead)
        lead.gpt_run_ids.action_cancel()
        self.perform(jobs)
        self.assertFalse(self.asked())
        self.assertEqual(lead.gpt_state, "cancelled")

    def test_text_taken_away(self):
        lead = self.make_lead()
        self.run_while(lead, lambda: lead.write({"description": "<p>Otra cosa</p>"}))
        # Its evidence is not in the lead any more.
        self.assertFalse(lead.x_priority)
        self.assertEqual(self.values_of(lead, "x_priority").state, "ungrounded")
        self.assertEqual(len(self.jobs(lead)), 1, "and the new text is read")
