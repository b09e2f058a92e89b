# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCommon

from .common import TEXT, LeadCase, LeadMixin, answer

AUTOMATIC = {
    "auto": "Auto-Submitted: auto-replied",
    "spam": "X-Spam-Flag: YES",
    "bulk": "List-Unsubscribe: <https://news.example/u>",
    "bounce": "Return-Path: <>",
}


@tagged("post_install", "-at_install")
class TestAutomaticMail(LeadMixin, MailCommon):
    """What no person wrote is recognised by its headers, and not paid for."""

    def setUp(self):
        super().setUp()
        self.alias = self.env["mail.alias"].create(
            {
                "alias_name": "ventas-held",
                "alias_model_id": self.env["ir.model"]._get_id("crm.lead"),
            }
        )
        self.number = 0

    def receive(self, *headers, reply_to=None, sender="lucia@cafekaab.example"):
        self.number += 1
        lines = [
            f"From: Lucia <{sender}>",
            f"To: ventas-held@{self.alias.alias_domain_id.name}",
            f"Subject: Cafeteria {self.number}",
            f"Message-Id: <held-{self.number}@cafekaab.example>",
            "Content-Type: text/plain; charset=utf-8",
            *headers,
            *([f"In-Reply-To: {reply_to}"] if reply_to else ()),
        ]
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            lead_id = self.env["mail.thread"].message_process(
                "crm.lead", "\n".join(lines) + f"\n\n{TEXT}\n"
            )
        return self.env["crm.lead"].browse(lead_id)

    def test_each_kind(self):
        for kind, header in AUTOMATIC.items():
            with self.subTest(kind):
                lead = self.receive(header)
                self.assertFalse(self.jobs(lead))
                self.assertEqual(lead.gpt_state, "held")
                run = lead.gpt_run_ids
                self.assertEqual(run.error_code, kind)
                self.assertEqual(run.signs, header.partition(":")[0])
                self.assertIn("Not enriched", lead.gpt_problem)
                self.assertIn(run.signs, lead.gpt_problem)
                self.assertEqual(lead.message_ids[:1].gpt_automatic, kind)

    def test_what_a_person_wrote(self):
        own = self.alias.alias_domain_id.name
        for headers in (
            (),
            ("Auto-Submitted: no",),
            ("X-Spam-Flag: NO", "X-Spam-Status: No, score=-1"),
            ("Auto-Submitted: auto-generated", "Reply-To: ana@cliente.example"),
            (f"List-Id: <ventas.{own}>", "Precedence: list"),
        ):
            with self.subTest(headers):
                lead = self.receive(*headers)
                self.assertEqual(len(self.jobs(lead)), 1)

    def test_enriched_all_the_same(self):
        lead = self.receive(AUTOMATIC["auto"])
        self.commit()
        self.enrich(lead, answer())
        self.assertEqual(lead.gpt_state, "done")
        self.assertEqual(lead.x_priority, "3")

    def test_a_reply_of_a_program(self):
        lead = self.receive()
        self.server.answer_with(answer())
        self.perform(self.jobs(lead))
        first = lead.message_ids.sorted("id")[:1]
        again = self.receive(AUTOMATIC["auto"], reply_to=first.message_id)
        self.assertEqual(again, lead)
        self.assertFalse(self.jobs(lead))
        self.env.invalidate_all()
        self.assertFalse(lead.gpt_is_stale)
        self.receive(reply_to=first.message_id)
        self.assertEqual(len(self.jobs(lead)), 1, "a person's answer is read")
        self.env.invalidate_all()
        self.assertTrue(lead.gpt_is_stale)

    def test_what_a_caller_puts_into_the_context_has_no_effect(self):
        lead = self.env["crm.lead"].with_context(gpt_mail_signs=[["auto", "X"]])
        lead = lead.create({"name": "Nuevo", "description": TEXT})
        self.assertEqual(len(self.jobs(lead)), 1)


@tagged("post_install", "-at_install")
class TestForms(LeadCase):
    """Advertising in a form is recognised by what was typed."""

    AD = (
        "Hello, we bring your website to page one of every search engine within thirty "
        "days, see https://best-{number}.example/ for our price list. "
    )

    def post(self, number, **values):
        defaults = {
            "name": f"Form {number}",
            "contact_name": f"Person {number}",
            "email_from": f"p{number}@example{number}.com",
            "description": TEXT,
        }
        lead = self.env["crm.lead"].create(defaults | values)
        self.commit()
        return lead

    def test_signs(self):
        for values in (
            {"description": "Compre [url=https://x.example]aquí[/url]"},
            {"contact_name": "Gane dinero https://x.example"},
            {"description": " ".join(f"https://x{n}.example/a" for n in range(8))},
        ):
            with self.subTest(values):
                lead = self.post(1, **values)
                self.assertEqual(lead.gpt_state, "held")
                self.assertEqual(lead.gpt_run_ids.error_code, "form")
                self.assertFalse(self.jobs(lead))

    def test_the_same_text_from_several_senders(self):
        leads = [self.post(n, description=self.AD.format(number=n)) for n in range(5)]
        states = [lead.gpt_state for lead in leads]
        self.assertEqual(states, ["queued", "queued", "held", "held", "held"])

    def test_what_many_customers_choose_alike(self):
        text = "Servicio: mantenimiento. Ciudad: Mérida. Plazo: este mes. " * 3
        leads = [self.post(n, description=text) for n in range(5)]
        self.assertEqual({lead.gpt_state for lead in leads}, {"queued"})

    def test_our_own_people(self):
        user = new_test_user(
            self.env, "held_seller", groups="sales_team.group_sale_salesman"
        )
        lead = self.env["crm.lead"].with_user(user)
        lead = lead.create({"name": "A", "contact_name": "https://cliente.example"})
        self.commit()
        self.assertEqual(lead.gpt_state, "queued")

    def test_a_day_of_a_campaign(self):
        """No text is like another: the limits that are shipped are what ends it."""
        company = self.env["res.company"].new({})
        self.env.company.write(
            {
                "gpt_lead_max_day": company.gpt_lead_max_day,
                "gpt_lead_max_sender_day": company.gpt_lead_max_sender_day,
            }
        )
        for number in range(500):
            self.post(number, description=f"{TEXT} {number}")
        self.server.answer_with(answer(), times=500)
        self.perform()
        self.assertEqual(self.asked(), company.gpt_lead_max_day)
        self.assertLess(company.gpt_lead_max_day, 500)
        spent = sum(self.env["gpt.request"].search([]).mapped("cost"))
        self.assertGreater(spent, 0)
        budgets = self.env["gpt.budget"].search(
            [("company_id", "=", self.env.company.id), ("measure", "=", "cost")]
        )
        self.assertLess(spent, max(budgets.mapped("limit")))


@tagged("post_install", "-at_install")
class TestImport(LeadCase):
    """An import waits until whoever imports says what it may cost."""

    def setUp(self):
        super().setUp()
        self.user = new_test_user(
            self.env, "importer", groups="sales_team.group_sale_manager"
        )

    def load(self, count, start=0):
        rows = [
            [f"Lead {n}", f"c{n}@example.com", f"{TEXT} {n}"]
            for n in range(start, start + count)
        ]
        leads = self.env["crm.lead"].with_user(self.user)
        done = leads.load(["name", "email_from", "description"], rows)
        self.commit()
        return leads.browse(done["ids"])

    def batch(self):
        return self.env["gpt.lead.batch"].search([("user_id", "=", self.user.id)])

    def test_nothing_is_asked_by_itself(self):
        leads = self.load(40)
        self.assertFalse(self.jobs())
        self.assertFalse(leads.gpt_run_ids)
        batch = self.batch()
        self.assertEqual((batch.state, batch.lead_count), ("draft", 40))
        self.assertEqual(batch.lead_ids.ids, leads.ids)
        self.assertGreater(batch.expected_cost, 0)
        self.assertIn("40", batch.offer)
        self.assertIn("$0.", batch.offer)
        self.assertEqual(leads[0].gpt_import_id, batch)
        self.assertIn("40 imported leads (about $0.", batch.display_name)
        self.assertFalse(leads[0].with_user(self.env.user).gpt_import_id)

    def test_one_click(self):
        leads = self.load(3)
        self.batch().with_user(self.user).action_start()
        self.perform()
        self.server.answer_with(answer(), times=3)
        self.perform()
        self.assertEqual(self.asked(), 3)
        self.env.invalidate_all()
        self.assertEqual(set(leads.mapped("gpt_state")), {"done"})
        self.assertFalse(leads[0].gpt_import_id)

    def test_piece_by_piece(self):
        self.load(3)
        self.load(4, start=3)
        self.assertEqual(self.batch().lead_count, 7)
        self.batch().with_user(self.user).action_start()
        self.load(2, start=7)
        self.assertEqual(self.batch().mapped("lead_count"), [2, 7])

    def test_whoever_imports_is_told(self):
        sent = self.env["bus.bus"].sudo().search([])
        self.load(3)
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].sudo().search([]) - sent
        self.assertTrue(any("gpt_lead_import" in bus.message for bus in told))

    def test_an_import_that_changes_leads(self):
        lead = self.make_lead()
        self.env["crm.lead"].load([".id", "city"], [[str(lead.id), "Mérida"]])
        self.assertFalse(self.jobs(lead))
        self.assertTrue(lead.gpt_import_id)

    def test_what_a_person_does_with_one_of_them(self):
        lead = self.load(2)[0]
        self.server.answer_with(answer())
        lead.action_gpt_enrich()
        self.perform(self.jobs(lead))
        self.assertEqual(lead.gpt_state, "done")

    def test_switched_off(self):
        self.env.company.gpt_lead_auto = False
        self.load(3)
        self.assertFalse(self.batch())

    def test_against_which_budget(self):
        self.load(3)
        batch = self.batch()
        self.env["gpt.budget"].search([]).unlink()
        batch.invalidate_recordset()
        self.assertFalse(batch.budget_text)
        budget = self.env["gpt.budget"].create(
            {"name": "Month of leads", "limit": 4 * batch.expected_cost}
        )
        batch.invalidate_recordset()
        self.assertIn("Month of leads", batch.budget_text)
        self.assertIn("25", batch.budget_text)
        self.assertFalse(batch.is_over_budget)
        budget.limit = batch.expected_cost / 2
        batch.invalidate_recordset()
        self.assertTrue(batch.is_over_budget)
        self.assertIn("200", batch.budget_text)
