# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a visitor takes back or changes, and what has nothing to see."""

from odoo.tests import tagged

from .silence import SilenceCase


@tagged("post_install", "-at_install")
class TestDeletedAndEdited(SilenceCase):
    def edit(self, message, body=""):
        self.channel.sudo()._message_update_content(
            message, body=body, attachment_ids=[]
        )
        self.env.flush_all()

    def thinking(self, *texts):
        """Have the model think about what the visitor writes."""
        self.messages = [self.visitor(text) for text in texts]
        jobs = self.jobs()
        for job in jobs[:-1]:
            self.run_job(job)
        self.model_says("Contestado.", times=9)
        return jobs[-1], *self.begin(jobs[-1])

    def last_question(self):
        return self.last_sent()["input"][1]["content"].partition("<question>")[2]

    def test_deleted(self):
        self.edit(self.visitor("¿Cuánto cuesta el envío?"))
        self.run_jobs()
        self.later(600)
        self.run_jobs()
        self.assertFalse(self.asked())
        self.assertFalse(self.answers(self.channel))

    def test_one_of_two_deleted(self):
        self.visitor("¿Cuánto cuesta el envío?")
        self.edit(self.visitor("¿Y el horario?"))
        self.model_says("150 pesos.")
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["150 pesos."])
        self.assertNotIn("horario", self.last_question())

    def test_deleted_while_the_model_thinks(self):
        begun = self.thinking("¿Cuánto cuesta el envío?")
        self.edit(self.messages[0])
        self.finish(*begun)
        self.run_jobs()
        self.assertFalse(self.answers(self.channel))
        self.assertEqual(self.asked(), 1)

    def test_one_of_two_deleted_while_the_model_thinks(self):
        begun = self.thinking("¿Cuánto cuesta el envío?", "¿Y el horario?")
        self.edit(self.messages[1])
        self.finish(*begun)
        self.assertFalse(self.answers(self.channel))
        begun[0].state = "done"
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["Contestado."])
        self.assertNotIn("horario", self.last_question())

    def test_edited(self):
        self.edit(self.visitor("¿Cuánto cuesta el envío?"), "¿Cuál es el horario?")
        self.model_says("De 9 a 18.")
        self.run_jobs()
        self.assertIn("horario", self.last_question())
        self.assertNotIn("cuesta", self.last_question())

    def test_edited_while_the_model_thinks(self):
        begun = self.thinking("¿Cuánto cuesta el envío?")
        self.edit(self.messages[0], "¿Cuál es el horario?")
        self.finish(*begun)
        self.assertFalse(self.answers(self.channel))
        begun[0].state = "done"
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["Contestado."])
        self.assertIn("horario", self.last_question())

    def test_edited_after_the_answer(self):
        message = self.visitor("¿Cuánto cuesta el envío?")
        self.model_says("150 pesos.")
        self.run_jobs()
        self.edit(message, "¿Cuál es el horario?")
        self.later(600)
        self.run_jobs()
        self.assertEqual(self.answers(self.channel), ["150 pesos."])

    def test_nothing_to_see(self):
        for text in ("\u200b", " \u2060 ", "\u3164"):
            self.visitor(text)
        self.run_jobs()
        self.later(600)
        self.run_jobs()
        self.assertFalse(self.asked())
        self.assertFalse(self.answers(self.channel))

    def test_an_answer_with_nothing_to_see(self):
        self.set_available(self.ana)
        for answer in ("\u200b", "\u2060\ufeff \n"):
            self.visitor("¿Cuánto cuesta el envío?")
            self.model_says(answer)
            self.run_jobs()
            self.assert_said("failed_calling")
            self.assertEqual(self.gpt_session.handoff_reason, "error")
            self.gpt_session.with_user(self.ana).action_give_back()
        empty = self.channel._gpt_messages().filtered(lambda m: not m.preview.strip())
        self.assertFalse(empty)
