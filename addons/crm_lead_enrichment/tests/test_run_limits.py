# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import TEXT, LeadCase, answer


@tagged("post_install", "-at_install")
class TestRunLimits(LeadCase):
    """Strangers fill in forms and write mails: what that costs has an end."""

    def setUp(self):
        super().setUp()
        self.company = self.env.company
        self.company.write({"gpt_lead_max_sender_day": 2, "gpt_lead_max_day": 4})

    def come_in(self, *addresses):
        """Return leads that came in, each in a transaction of its own."""
        leads = self.env["crm.lead"]
        for number, address in enumerate(addresses):
            leads += self.env["crm.lead"].create(
                {
                    "name": f"Lead {number}",
                    "email_from": address,
                    "description": TEXT,
                }
            )
            self.commit()
        return leads

    def states(self, leads):
        return [lead.gpt_state for lead in leads]

    def test_of_an_address(self):
        leads = self.come_in(*["ana@gmail.com"] * 3, "beto@gmail.com")
        self.assertEqual(self.states(leads), ["queued", "queued", "limited", "queued"])
        self.assertIn("sender", leads[2].gpt_problem)
        self.assertFalse(self.jobs(leads[2]))

    def test_of_a_domain(self):
        leads = self.come_in(*(f"p{number}@cafekaab.mx" for number in range(4)))
        self.assertEqual(self.states(leads), ["queued"] * 2 + ["limited"] * 2)

    def test_of_all(self):
        leads = self.come_in(*(f"ana@example{number}.com" for number in range(6)))
        self.assertEqual(self.states(leads), ["queued"] * 4 + ["limited"] * 2)
        self.assertNotIn("sender", leads[5].gpt_problem)

    def test_without_an_address(self):
        leads = self.come_in(*[False] * 6)
        self.assertEqual(self.states(leads), ["queued"] * 4 + ["limited"] * 2)

    def test_many_at_once(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {n}", "email_from": "ana@gmail.com"} for n in range(10)]
        )
        self.commit()
        self.assertEqual(self.states(leads).count("queued"), 2)

    def test_messages_of_one_lead(self):
        """A thread is no way around it, and says once that it waits."""
        lead = self.come_in("ana@gmail.com")
        for number in range(6):
            self.jobs(lead).unlink()
            self.env.invalidate_all()
            lead.gpt_run_ids.filtered(lambda r: r.state == "queued").state = "done"
            lead.message_post(
                body=f"Otra pregunta {number}",
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
            self.commit()
        self.env.invalidate_all()
        self.assertEqual(
            sorted(lead.gpt_run_ids.mapped("state")), ["done", "done", "limited"]
        )

    def test_by_hand_it_is_enriched_all_the_same(self):
        lead = self.come_in(*["ana@gmail.com"] * 3)[2]
        self.enrich(lead, answer())
        self.assertEqual(lead.gpt_state, "done")
        self.assertFalse(lead.gpt_problem)

    def test_what_people_ask_for_does_not_count(self):
        first = self.come_in("ana@gmail.com")
        self.take_jobs(first)
        first.gpt_run_ids.unlink()
        self.enrich(first, answer())
        self.assertEqual(
            self.states(self.come_in(*["ana@gmail.com"] * 3)),
            ["queued", "queued", "limited"],
        )

    def test_a_day_later(self):
        self.come_in(*["ana@gmail.com"] * 2)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gpt_lead_run SET create_date = create_date - INTERVAL '25 hours'"
        )
        self.env.invalidate_all()
        self.assertEqual(self.states(self.come_in("ana@gmail.com")), ["queued"])

    def test_of_another_company(self):
        self.come_in(*["ana@gmail.com"] * 2)
        other = self.env["res.company"].create({"name": "Otra"})
        lead = self.come_in("ana@gmail.com")
        self.assertEqual(lead.gpt_state, "limited")
        lead = self.env["crm.lead"].create(
            {
                "name": "Otra",
                "email_from": "ana@gmail.com",
                "company_id": other.id,
                "description": TEXT,
            }
        )
        self.commit()
        self.assertNotEqual(lead.gpt_state, "limited")

    def test_no_limit(self):
        self.company.write({"gpt_lead_max_sender_day": 0, "gpt_lead_max_day": 0})
        leads = self.come_in(*["ana@gmail.com"] * 6)
        self.assertEqual(set(self.states(leads)), {"queued"})
        with self.assertRaises(ValidationError):
            self.company.gpt_lead_max_day = -1

    def test_what_is_shipped(self):
        company = self.env["res.company"].create({"name": "Nueva"})
        self.assertGreater(company.gpt_lead_max_sender_day, 10)
        self.assertGreater(company.gpt_lead_max_day, company.gpt_lead_max_sender_day)
