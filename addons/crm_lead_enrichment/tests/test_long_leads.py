# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Of a long lead the model reads the first request, the newest messages, a summary."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..engine.sources import MAX_BLOCK_CHARS
from .common import LeadCase, answer

REQUEST = "Queremos cuarenta uniformes azules para la escuela Benito Juárez. " * 100
SUMMARY = "Pidieron cambiar el color a verde en el mensaje 40."


@tagged("post_install", "-at_install")
class TestLongLeads(LeadCase):
    def long_lead(self, count=500):
        """Return a lead with a first request and many messages, half of them ours."""
        lead = self.make_lead(description=False)
        customer, ours = self.customer(), self.env.user.partner_id
        self.write_messages(lead, [REQUEST], customer, ours)
        texts = [
            f"Mensaje {n}: {n} tallas, {n + 1} telas, {n + 2} botones y {n + 3} hilos."
            for n in range(1, count)
        ]
        self.write_messages(lead, texts, customer, ours)
        self.customer_partner = customer
        return lead

    def write_messages(self, lead, texts, customer, ours):
        comment = self.env.ref("mail.mt_comment").id
        start = fields.Datetime.now() - timedelta(days=30)
        self.env["mail.message"].create(
            [
                {
                    "model": "crm.lead",
                    "res_id": lead.id,
                    "body": f"<p>{text}</p>",
                    "author_id": (ours if number % 2 else customer).id,
                    "message_type": "comment" if number % 2 else "email",
                    "subtype_id": comment,
                    "date": start + timedelta(minutes=number),
                }
                for number, text in enumerate(texts)
            ]
        )

    def sent_of_lead(self):
        """Return the last prompt, of the chain that enriches."""
        return str(self.last_sent()["input"][-1]["content"])

    def history(self, lead):
        return self.env["gpt.lead.history"].search([("lead_id", "=", lead.id)])

    def requests(self):
        return self.env["gpt.request"].search([("chain_id.code", "=", "lead_history")])

    def test_five_hundred_messages(self):
        lead = self.long_lead()
        self.server.answer_with(SUMMARY, times=self.calls(lead))
        self.enrich(lead, answer())
        sent = self.sent_of_lead()
        self.assertEqual(sent.count("escuela Benito Juárez"), 100, "all of the request")
        self.assertIn("Mensaje 499:", sent)
        self.assertIn(SUMMARY, sent)
        self.assertNotIn("Mensaje 40:", sent)
        lead = lead._gpt_localized()
        sources, _messages = lead.env["gpt.lead.reader"]._sources(lead)
        block = self.env["gpt.lead.reader"]._material(lead).values["lead"]
        self.assertGreaterEqual(len(block), MAX_BLOCK_CHARS * 0.9)
        self.assertLessEqual(len(block), MAX_BLOCK_CHARS)
        (summary,) = (s for s in sources if s.kind == "summary")
        self.assertFalse(summary.is_evidence)
        history = self.history(lead)
        requests = self.requests()
        self.assertEqual(len(requests), self.calls_made)
        self.assertEqual(set(requests.mapped("state")), {"done"})
        self.assertTrue(all(requests.mapped("input_tokens")), "budgets count them")
        self.assertIn(str(history.message_count), summary.label)

    def calls(self, lead):
        """Return how many calls the summary of a lead needs, by what it reads."""
        lead = lead._gpt_localized()
        between = lead.env["gpt.lead.reader"]._between(lead)
        history, count = self.env["gpt.lead.history"].new({}), 0
        while True:
            messages, texts = history._next(lead, between)
            if len(texts) < 1_500:
                self.calls_made = count
                return count
            history.last_message_id, count = messages[-1].id, count + 1

    def test_a_summary_is_no_evidence(self):
        lead = self.long_lead()
        self.server.answer_with(SUMMARY, times=self.calls(lead))
        self.enrich(lead, answer({"priority": "cambiar el color a verde"}))
        self.assertEqual(self.values_of(lead, "x_priority").verdict, "not_found")
        self.assertFalse(lead.x_priority)

    def test_it_is_extended(self):
        lead = self.long_lead(300)
        self.server.answer_with(SUMMARY, times=self.calls(lead))
        self.enrich(lead, answer())
        history, count = self.history(lead), len(self.requests())
        before = history.message_count
        # Few more messages are not worth a call.
        self.write_messages(lead, ["¿Sigue en pie?"], self.customer_partner, None)
        self.enrich(lead, answer())
        self.assertEqual(len(self.requests()), count)
        more = ["Tela " * 60] * 15
        ours = self.env.user.partner_id
        self.write_messages(lead, more, self.customer_partner, ours)
        self.server.answer_with("Y hablaron de telas.")
        self.enrich(lead, answer())
        self.assertEqual(len(self.requests()), count + 1)
        self.assertGreater(history.message_count, before)
        self.assertEqual(history.text, "Y hablaron de telas.")
        first = self.server.journal.entries("/v1/responses")[-2]
        self.assertIn(SUMMARY, str(first), "it builds on the one before")

    def test_what_changed_is_summed_up_again(self):
        lead = self.long_lead(300)
        self.server.answer_with(SUMMARY, times=self.calls(lead))
        self.enrich(lead, answer())
        lead = lead._gpt_localized()
        reader = lead.env["gpt.lead.reader"]
        reader._between(lead)[3].body = "<p>Otra cosa</p>"
        sources, _messages = reader._sources(lead)
        (summary,) = (s for s in sources if s.kind == "summary")
        self.assertNotIn(SUMMARY, summary.text)

    def test_without_a_summary(self):
        lead = self.long_lead(300)
        self.server.faults.order(self.Fault("wrong_key", times=1))
        self.enrich(lead, answer())
        self.assertFalse(self.history(lead).text)
        self.assertEqual(set(self.requests().mapped("state")), {"failed"})
        self.assertIn("messages are left out here", self.sent_of_lead())
        self.assertEqual(lead.gpt_run_ids[:1].state, "done")

    def test_what_is_held_costs_nothing(self):
        lead = self.long_lead(300)
        run = self.env["gpt.lead.run"]._queue(lead, "change")
        run.state = "held"
        self.perform(self.jobs(lead))
        self.assertEqual((self.asked(), run.state), (0, "held"))

    def test_imported_leads_wait_for_the_click(self):
        lead = self.long_lead(300)
        self.env["crm.lead"].load([".id", "city"], [[str(lead.id), "Mérida"]])
        self.perform()
        self.assertEqual(self.asked(), 0)
        self.assertTrue(lead.gpt_import_id)

    def test_a_lead_that_was_lost_meanwhile(self):
        lead = self.long_lead(300)
        run = self.env["gpt.lead.run"]._queue(lead, "change")
        lead.active = False
        self.perform(self.jobs(lead))
        self.assertEqual((self.asked(), run.state), (0, "dropped"))

    def test_nothing_new(self):
        lead = self.long_lead(300)
        self.server.faults.order(self.Fault("wrong_key", times=1))
        self.enrich(lead, answer())
        asked = self.asked()
        run = self.env["gpt.lead.run"]._queue(lead, "change")
        self.perform(self.jobs(lead))
        self.assertEqual((self.asked(), run.state), (asked, "unchanged"))

    def test_one_value_again_is_one_call(self):
        lead = self.long_lead(300)
        self.server.faults.order(self.Fault("wrong_key", times=1))
        self.enrich(lead, answer({"next_step": "Queremos cuarenta uniformes"}))
        asked = self.asked()
        self.assertFalse(self.history(lead).text)
        again = {"next_step": "Llamar", "next_step_quote": "cuarenta uniformes azules"}
        self.server.answer_with(again)
        self.values_of(lead, "x_next_step").action_ask_again()
        self.perform(self.jobs(lead))
        self.assertEqual(self.asked(), asked + 1)
        self.assertEqual(lead.gpt_run_ids[:1].only_field, "x_next_step")
        self.assertEqual(lead.gpt_run_ids[:1].state, "done")

    def test_automatic_mails_are_not_summed_up(self):
        lead = self.long_lead(300)
        lead.message_ids.sudo().gpt_automatic = "auto"
        self.enrich(lead, answer())
        self.assertEqual(self.asked(), 1)
        self.assertFalse(self.history(lead))

    def test_a_short_lead_costs_one_call(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        self.assertEqual(self.asked(), 1)
        self.assertFalse(self.history(lead))

    def test_erased_with_the_lead(self):
        lead = self.make_lead()
        values = {"lead_id": lead.id, "company_id": self.env.company.id, "text": "x"}
        self.env["gpt.lead.history"].create(values)
        self.env["gpt.lead.writer"]._erase(lead)
        self.assertFalse(self.history(lead))
