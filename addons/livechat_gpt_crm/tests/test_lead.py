# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.livechat_gpt.tests.common import LivechatGptCase

# The method of leads by which the addon that enriches them is known.
ENRICHED = "_gpt_missing_names"


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
        self.visitor_writes(self.channel, "/asesor ¿instalan?")
        self.visitor_writes(self.channel, "ana@example.com")
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

    def wants(self, *names):
        """Have these fields of leads be wanted, and no other.

        Which are, says the addon that enriches leads, if there is one.
        """
        inputs = self.env.get("gpt.lead.input")
        if inputs is None:
            self.enrich_leads(names)
            return
        inputs.search([]).is_wanted = False
        for name in names:
            field = self.env["ir.model.fields"]._get("crm.lead", name)
            row = inputs.search([("field_id", "=", field.id)])
            row = row or inputs.create({"field_id": field.id})
            row.is_wanted = True

    def enrich_leads(self, names):
        """Have leads say what they lack, as they do where they are enriched."""

        def missing_names(lead):
            return [name for name in names if not lead[name]]

        enriched = patch.object(
            self.registry["crm.lead"], ENRICHED, missing_names, create=True
        )
        enriched.start()
        self.addCleanup(enriched.stop)

    def test_nothing_is_asked_where_leads_are_not_enriched(self):
        if hasattr(self.env["crm.lead"], ENRICHED):
            self.wants()
        self.say("/asesor")
        self.say("ana@example.com")
        self.assertTrue(self.gpt_session.lead_id)
        self.assertFalse(self.gpt_session.facts_asked)

    def test_what_the_lead_lacks_is_asked_one_at_a_time(self):
        self.wants("contact_name", "phone", "city", "expected_revenue")
        self.agent.max_lead_facts = 3
        self.say("¿Instalan en Mérida?", answer="Sí.")
        self.assertEqual(self.answers(self.channel), ["Sí."], "there is no lead yet")
        self.say("/asesor")
        self.say("ana@example.com")
        self.say("Soy <b>Ana</b> y mi tel. es 55 1234 5678", answer="Gracias, Ana.")
        self.say("¿Y cuándo?", action="ask", answer="¿Qué día prefiere?")
        self.say("El lunes", answer="Anotado. " * 110)
        self.say("Hasta luego", answer="Hasta luego.")
        *_earlier, thanks, name, plain, _preview, last = self.answers(self.channel)
        (long,) = (
            message.body.striptags()
            for message in self.channel.message_ids
            if "Anotado. Anotado" in message.body
        )
        self.assertIn("May I have your name", thanks)
        self.assertEqual(name, "Gracias, Ana. Which city are you in?")
        self.assertEqual(plain, "¿Qué día prefiere?", "one question is enough")
        self.assertTrue(long.endswith("What budget do you have in mind?"), long)
        self.assertLess(len(long), 900)
        self.assertEqual(last, "Hasta luego.", "three, and no more")
        lead = self.gpt_session.lead_id
        self.assertIn("Visitor: Soy Ana", str(lead.description))
        self.assertEqual(str(lead.description).count("Soy"), 1)
        self.assertIn("Visitor: El lunes", str(lead.description))
        self.assertEqual(lead.phone.replace(" ", ""), "+525512345678")
        self.assertFalse(lead.contact_name, "nothing is guessed from what he says")

    def test_who_has_said_his_name_is_not_asked(self):
        self.wants("contact_name", "city")
        self.agent.max_lead_facts = 3
        self.say("/asesor")
        self.say("Me llamo Ana, ana@example.com")
        self.assertIn("Which city", self.answers(self.channel)[-1])

    def test_nothing_is_asked_that_is_known_or_not_wished(self):
        self.wants("contact_name")
        self.agent.max_lead_facts = 0
        self.say("/asesor")
        self.say("ana@example.com")
        self.assertNotIn("your name", self.answers(self.channel)[-1])
        self.agent.max_lead_facts = 3
        self.gpt_session.lead_id.contact_name = "Ana"
        self.say("¿Instalan?", answer="Sí.")
        self.assertEqual(self.answers(self.channel)[-1], "Sí.")

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
