# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the text says of the lead's own empty fields is offered for them."""

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import LeadCase, answer

SAID = (
    "Mi tel es 999 555 0118 y mi correo compras@kaab.example. Somos Café Kaab, de "
    "Valladolid. Tenemos unos $55,000 y decidimos el 15 de enero de 2027."
)
QUOTES = {
    "phone": "Mi tel es 999 555 0118",
    "email": "mi correo compras@kaab.example",
    "company_name": "Somos Café Kaab",
    "city": "de Valladolid",
    "expected_revenue": "Tenemos unos $55,000",
    "deadline": "decidimos el 15 de enero de 2027",
    "summary": "Somos Café Kaab",
    "priority": "Tenemos unos $55,000",
    "next_step": "Mi tel es 999 555 0118",
}
OFFERED = {
    "phone": "999 555 0118",
    "email": "compras@kaab.example",
    "company_name": "Café Kaab",
    "city": "Valladolid",
    "expected_revenue": 55000.0,
    "deadline": "2027-01-15",
}
FIELDS = {
    "phone": "999 555 0118",
    "email_from": "compras@kaab.example",
    "partner_name": "Café Kaab",
    "city": "Valladolid",
    "expected_revenue": 55000.0,
    "date_deadline": "2027-01-15",
}


@tagged("post_install", "-at_install")
class TestOffers(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", groups="sales_team.group_sale_salesman"
        )

    def offered(self, quotes=None, given=None, **values):
        lead = self.make_lead(
            **{
                "user_id": self.seller.id,
                "description": f"<p>{SAID}</p>",
                "email_from": False,
                **values,
            }
        )
        said = {"missing_fields": ["phone", "country_id"], "summary": "Una cafetería."}
        said |= {"next_step": "Llamar."}
        offers = OFFERED | (given or {})
        self.enrich(lead, answer(QUOTES | (quotes or {}), **said, **offers))
        return lead

    def test_offered_and_not_written(self):
        lead = self.offered()
        self.assertEqual(self.asked(), 1, "it comes with the same request")
        for name, value in FIELDS.items():
            row = self.values_of(lead, name)
            self.assertFalse(lead[name], name)
            self.assertEqual((row.state, row.value), ("suggested", value))
            self.assertTrue(row.quote)
            self.assertIn("empty", row.why)
        self.assertEqual(lead.gpt_suggestion_ids.mapped("field_name"), list(FIELDS))

    def test_what_is_offered_is_not_missing(self):
        lead = self.offered()
        self.assertFalse(set(FIELDS) & set(lead.x_missing_fields.split(", ")))
        self.assertIn("country_id", lead.x_missing_fields)
        row = self.values_of(lead, "phone").with_user(self.seller)
        row._reject("wrong", False)
        self.assertIn("phone", lead.x_missing_fields, "it is missing after all")
        row.action_take_back()
        self.assertNotIn("phone", lead.x_missing_fields)

    def test_one_by_one(self):
        lead = self.offered()
        self.values_of(lead, "phone").with_user(self.seller).action_accept()
        self.assertEqual(lead.phone, "999 555 0118")
        self.assertFalse(lead.city)
        self.assertNotIn("phone", lead.x_missing_fields)

    def test_all_at_once(self):
        lead = self.offered({"city": "Vivimos en Cancún"})
        self.assertTrue(lead.gpt_has_offers)
        lead.with_user(self.seller).action_gpt_accept_offers()
        self.assertFalse(lead.city, "what was held back is decided by itself")
        self.assertEqual(lead.email_from, "compras@kaab.example")
        self.assertEqual(lead.expected_revenue, 55000)
        self.assertEqual(str(lead.date_deadline), "2027-01-15")
        self.assertEqual(lead.partner_name, "Café Kaab")
        lead.invalidate_recordset()
        self.assertFalse(lead.gpt_has_offers)
        self.assertEqual(lead.gpt_suggestion_ids.mapped("field_name"), ["city"])

    def test_a_suggestion_for_a_full_field_is_decided_by_itself(self):
        lead = self.offered(x_next_step="Visitarlos")
        lead.with_user(self.seller).action_gpt_accept_offers()
        self.assertEqual(lead.x_next_step, "Visitarlos")

    def test_only_for_empty_fields(self):
        lead = self.offered(phone="55 1234 5678")
        self.assertFalse(self.values_of(lead, "phone"))
        self.assertEqual(lead.phone, "55 1234 5678")

    def test_an_administrator_has_one_written(self):
        output = self.env.ref("crm_lead_enrichment.output_phone")
        output.offer_only = False
        output.step_id.chain_id.action_publish()
        lead = self.offered()
        self.assertEqual(lead.phone, "999 555 0118")
        self.assertEqual(self.values_of(lead, "phone").state, "applied")
        self.assertFalse(lead.city)

    def test_dates_and_amounts_as_people_write_them(self):
        lead = self.offered()
        self.assertEqual(self.values_of(lead, "date_deadline").value_text, "01/15/2027")
        amount = self.values_of(lead, "expected_revenue").value_text
        self.assertIn("55,000.00", amount)

    def test_held_back_with_its_reason(self):
        lead = self.offered({"priority": "Compramos mañana mismo"})
        self.assertEqual((lead.gpt_state, lead.x_priority), ("done", False))
        row = lead.gpt_suggestion_ids.filtered(lambda r: r.field_name == "x_priority")
        self.assertEqual(row.state, "ungrounded")
        self.assertIn("Quote not found in the lead.", row.why)
        self.assertEqual(lead.gpt_suggestion_count, 1 + len(FIELDS))

    def test_offers_say_nothing_of_confidence(self):
        lead = self.offered(dict.fromkeys(OFFERED, "No está en el texto"))
        self.assertEqual(lead.x_confidence, 0.9)

    def test_the_form_has_them(self):
        lead = self.offered()
        with Form(lead.with_user(self.seller)) as form:
            self.assertEqual(len(form.gpt_suggestion_ids), len(FIELDS))

    def test_who_may_accept(self):
        lead = self.offered()
        company = self.env["res.company"].create({"name": "Otra"})
        lead.company_id = self.env.company
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
                lead.with_user(user).action_gpt_accept_offers()
            with self.assertRaises(AccessError):
                self.values_of(lead, "phone").with_user(user).action_accept()
        self.assertFalse(lead.phone)
