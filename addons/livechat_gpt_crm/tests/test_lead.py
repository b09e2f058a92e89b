# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.livechat_gpt.tests.common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestLead(LivechatGptCase):
    def setUp(self):
        super().setUp()
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids

    def say(self, text, **answer):
        if answer:
            self.model_says(**answer)
        self.visitor_writes(self.channel, text)
        self.run_jobs()

    def test_a_contact_makes_a_lead(self):
        self.say("¿Instalan en Mérida?", answer="Sí.")
        self.say("/asesor")
        self.assertFalse(self.gpt_session.lead_id, "nobody can be reached yet")
        self.say("Soy <b>Ana</b>, ana@example.com")
        lead = self.gpt_session.lead_id
        self.assertEqual(lead.email_from, "ana@example.com")
        self.assertIn("¿Instalan en Mérida?", lead.name)
        self.assertIn("Assistant: Sí.", lead.description)
        self.assertNotIn("<b>", lead.description)
        self.assertEqual(
            lead.source_id, self.env.ref("crm_livechat.utm_source_livechat")
        )
        self.assertFalse(lead.user_id)

    def test_one_lead_per_chat(self):
        self.say("/asesor")
        self.say("ana@example.com")
        self.say("/asesor")
        self.say("mi correo es otro@example.com", answer="Bien.")
        leads = self.env["crm.lead"].search([("email_from", "=", "ana@example.com")])
        self.assertEqual(leads, self.gpt_session.lead_id)

    def test_the_summary_is_added(self):
        self.server.answer_with(
            {
                "summary": "Quiere instalación <i>hoy</i>.",
                "facts": [],
                "open_question": None,
                "reply": None,
            },
            match="<conversation>",
        )
        self.visitor_writes(self.channel, "/asesor")
        (job,) = self.jobs()
        self.run_job(job)
        self.visitor_writes(self.channel, "ana@example.com")
        self.run_job(self.jobs())
        self.run_jobs()
        notes = self.gpt_session.lead_id.message_ids.mapped("body")
        self.assertTrue(any("Quiere instalación &lt;i&gt;hoy" in n for n in notes))

    def test_a_signed_in_visitor_is_not_asked(self):
        portal = new_test_user(
            self.env, "gpt_portal", groups="base.group_portal", email="p@example.com"
        )
        self.authenticate("gpt_portal", "gpt_portal")
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids
        self.say("/asesor")
        self.assertEqual(self.gpt_session.lead_id.partner_id, portal.partner_id)
        self.assertNotIn("e-mail", self.answers(self.channel)[-1])

    def test_the_button_is_for_salespeople(self):
        self.say("¿Instalan en Mérida?", answer="Sí.")
        operator = self.make_operator(available=False)
        with self.assertRaises(AccessError):
            self.gpt_session.with_user(operator).action_make_lead()
        with self.assertRaises(AccessError):
            self.gpt_session.with_user(operator).read(["lead_id"])
        salesperson = new_test_user(
            self.env,
            "gpt_sales",
            groups="sales_team.group_sale_salesman,im_livechat.im_livechat_group_user",
        )
        action = self.gpt_session.with_user(salesperson).action_make_lead()
        self.assertEqual(action["res_id"], self.gpt_session.lead_id.id)
        self.assertEqual(self.gpt_session.lead_id.user_id, salesperson)
