# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import FIVE, LeadCase, answer


@tagged("post_install", "-at_install")
class TestSecurity(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", groups="sales_team.group_sale_salesman"
        )
        cls.other = new_test_user(
            cls.env, "other", groups="sales_team.group_sale_salesman"
        )
        cls.manager = new_test_user(
            cls.env, "boss", groups="sales_team.group_sale_manager"
        )
        cls.employee = new_test_user(cls.env, "employee", groups="base.group_user")
        cls.portal = new_test_user(cls.env, "portal", groups="base.group_portal")
        cls.visitor = cls.env.ref("base.public_user")

    def setUp(self):
        super().setUp()
        self.lead = self.make_lead(user_id=self.seller.id)
        self.enrich(self.lead, answer())
        self.row = self.values_of(self.lead, "x_priority")

    def found(self, model, user):
        return self.env[model].with_user(user).search([("lead_id", "=", self.lead.id)])

    def test_gpt_manager_chooses_what_is_read(self):
        """One who gives no access rights picks fields of the lead all the same."""
        picker = new_test_user(
            self.env, "picker", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        env = self.env(user=picker)
        domain = [("model", "=", "crm.lead"), ("name", "=", "color")]
        ((field_id, label),) = env["ir.model.fields"].name_search("", domain)
        item = env["gpt.lead.input"].create({"field_id": field_id})
        self.assertEqual(item.field_name, "color")
        self.assertIn(item.name, label)

    def test_own_lead(self):
        for model in ("gpt.lead.value", "gpt.lead.run", "gpt.lead.outcome"):
            self.assertTrue(self.found(model, self.seller), model)
        self.assertIn("presupuesto", self.row.with_user(self.seller).quote)

    def test_lead_of_a_colleague(self):
        for model in ("gpt.lead.value", "gpt.lead.run", "gpt.lead.outcome"):
            self.assertFalse(self.found(model, self.other), model)
            counted = (
                self.env[model]
                .with_user(self.other)
                ._read_group([("lead_id", "=", self.lead.id)], [], ["__count"])
            )
            self.assertEqual(counted, [(0,)], model)
        with self.assertRaises(AccessError):
            self.row.with_user(self.other).read(["quote"])
        self.assertFalse(
            self.env["crm.lead"].with_user(self.other).gpt_states([self.lead.id])
        )

    def test_rights_follow_the_lead(self):
        self.assertFalse(self.found("gpt.lead.value", self.other))
        self.lead.user_id = self.other
        self.assertTrue(self.found("gpt.lead.value", self.other))
        self.assertFalse(self.found("gpt.lead.value", self.seller))

    def test_rights_follow_a_rule_that_a_company_adds(self):
        self.assertTrue(self.found("gpt.lead.value", self.manager))
        self.env["ir.rule"].create(
            {
                "name": "Nobody sees these",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": "[('name', '!=', 'Cafetería nueva')]",
            }
        )
        self.assertFalse(self.found("gpt.lead.value", self.manager))

    def test_who_sees_nothing_at_all(self):
        for user in (self.employee, self.portal, self.visitor):
            for model in (
                "gpt.lead.value",
                "gpt.lead.run",
                "gpt.lead.batch",
                "gpt.lead.input",
                "gpt.lead.outcome",
            ):
                with self.assertRaises(AccessError, msg=f"{user.login} {model}"):
                    self.env[model].with_user(user).search([])

    def test_fields_are_for_employees(self):
        names = self.env["crm.lead"].with_user(self.portal)._fields
        for name in (*FIVE, "gpt_state", "gpt_value_ids"):
            self.assertEqual(names[name].groups, "base.group_user", name)

    def test_nobody_writes_directly(self):
        for user in (self.seller, self.manager):
            for record in (self.row, self.lead.gpt_run_ids):
                with self.assertRaises(AccessError):
                    record.with_user(user).write({"state": "done"})
                with self.assertRaises(AccessError):
                    record.with_user(user).unlink()

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Otra"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.lead.company_id = self.env.company
        for model in ("gpt.lead.value", "gpt.lead.run", "gpt.lead.outcome"):
            self.assertFalse(self.found(model, stranger), model)

    def test_company_that_is_not_chosen(self):
        company = self.env["res.company"].create({"name": "Otra"})
        self.lead.company_id = self.env.company
        self.manager.company_ids |= company
        values = self.env["gpt.lead.value"].with_user(self.manager)
        mine = [("lead_id", "=", self.lead.id)]
        self.assertTrue(values.with_context(
            allowed_company_ids=self.env.company.ids).search(mine))  # fmt: skip
        self.assertFalse(
            values.with_context(allowed_company_ids=company.ids).search(mine)
        )

    def test_lead_that_moves_to_another_company(self):
        company = self.env["res.company"].create({"name": "Otra"})
        self.lead.company_id = self.env.company
        self.manager.write({"company_ids": company.ids, "company_id": company.id})
        self.assertFalse(self.found("gpt.lead.value", self.manager))
        self.lead.write({"user_id": False, "team_id": False, "company_id": company.id})
        self.assertTrue(self.found("gpt.lead.value", self.manager))

    def test_paid_by_the_lead_s_company(self):
        company = self.env["res.company"].create({"name": "Otra"})
        lead = self.make_lead(company_id=company.id, user_id=False)
        self.enrich(lead, answer())
        self.assertEqual(lead.gpt_run_ids.company_id, company)
        self.assertEqual(lead.gpt_run_ids.request_id.company_id, company)
        self.assertEqual(set(lead.gpt_value_ids.company_id.ids), {company.id})
        sent = str(self.last_sent())
        self.assertIn("leads of Otra", sent)

    def test_chain_of_the_lead_s_company(self):
        company = self.env["res.company"].create({"name": "Otra"})
        self.env.ref("crm_lead_enrichment.chain_lead_enrichment").company_id = company
        lead = self.make_lead(company_id=company.id, user_id=False)
        self.enrich(lead, answer())
        self.assertEqual(lead.x_priority, "3")
        other = self.make_lead(company_id=self.env.company.id, user_id=False)
        self.enrich(other)
        self.assertEqual(other.gpt_state, "failed", "there is no chain for it")

    def test_settings_are_each_company_s(self):
        company = self.env["res.company"].create({"name": "Otra"})
        company.gpt_lead_auto = False
        vals = {"name": "Nuevo", "description": "Hola"}
        lead = self.env["crm.lead"].create({**vals, "company_id": company.id})
        self.assertFalse(self.jobs(lead))
        lead = self.env["crm.lead"].create(
            {**vals, "company_id": self.env.company.id, "user_id": False}
        )
        self.assertTrue(self.jobs(lead))

    def test_erased_with_the_contact(self):
        contact = self.env["res.partner"].create({"name": "Lucía"})
        self.lead.partner_id = contact
        contact.action_gpt_erase()
        self.assertFalse(self.row.exists())

    def test_reject_asks_about_readable_values_only(self):
        """The question why shows a value to those who may read it, and to nobody
        else, however it got its value."""
        name = self.row.display_name
        rejects = self.env["gpt.lead.reject"].with_user(self.other)
        own = rejects.create({"value_id": self.own_row().id})
        spec = {"value_id": {"fields": {"display_name": {}}}, "value_text": {}}
        attempts = {
            "create": lambda: rejects.create({"value_id": self.row.id}),
            "default": lambda: rejects.with_context(
                default_value_id=self.row.id
            ).create({}),
            "default_get": lambda: rejects.with_context(
                default_value_id=self.row.id
            ).default_get(["value_id"]),
            "write": lambda: own.write({"value_id": self.row.id}),
            "form": lambda: rejects.onchange(
                {"value_id": self.row.id}, ["value_id"], spec
            ),
            "new form": lambda: rejects.with_context(
                default_value_id=self.row.id
            ).onchange({}, [], spec),
            "changed form": lambda: own.onchange(
                {"value_id": self.row.id}, ["value_id"], spec
            ),
        }
        for label, attempt in attempts.items():
            with self.subTest(label):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    attempt()
        self.assertTrue(name)

    def test_reject_of_a_lead_that_is_not_readable_any_more(self):
        reject = (
            self.env["gpt.lead.reject"]
            .with_user(self.seller)
            .create({"value_id": self.row.id})
        )
        self.assertEqual(reject.value_text, self.row.value_text)
        self.lead.user_id = self.other
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            reject.read(["value_text"])
        with self.assertRaises(AccessError):
            reject.action_confirm()

    def test_reject_is_its_makers(self):
        reject = self.env["gpt.lead.reject"].create(
            {"value_id": self.row.id, "note": "Es de otro cliente"}
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            reject.with_user(self.seller).read(["note"])

    def own_row(self):
        lead = self.make_lead(user_id=self.other.id)
        self.enrich(lead, answer())
        return self.values_of(lead, "x_priority")

    def test_names_stay_in_odoo(self):
        """Of contacts, senders, authors and forwarded mails, wherever they stand."""
        lead = self.make_lead(
            user_id=False,
            contact_name="Lucía Canul",
            partner_name="Café Kaab",
            email_from="Rosa Canul <rosa@cafekaab.example>",
            email_cc="Iván Uc <ivan@cafekaab.example>",
            description="<p>De: Eva Chi &lt;eva@cafekaab.example&gt;<br/>"
            "Eva Chi, Iván Uc y Lucía Canul de Café Kaab piden precio.</p>",
        )
        author = self.env["res.partner"].create({"name": "Ana Robles"})
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        lead.message_post(body="Soy Ana Robles", author_id=author.id, **comment)
        lead.message_post(
            body="Gracias. Luis Pech",
            author_id=False,
            email_from='"Pech, Luis" <luis@cafekaab.example>',
            message_type="email",
        )
        self.take_jobs(lead)
        self.enrich(lead, answer())
        sent = str(self.last_sent())
        self.assertIn("piden precio", sent)
        for name in ("Canul", "Kaab", "Uc", "Chi", "Robles", "Pech"):
            self.assertNotRegex(sent, rf"\b{name}\b", name)

    def hidden_field(self):
        """Return the field of the lead that only few may read."""
        field = self.env["crm.lead"]._fields["color"]
        self.patch(field, "groups", "base.group_system")
        self.env.registry.clear_cache()
        return self.env["ir.model.fields"]._get("crm.lead", "color")

    def test_model_reads_what_its_chooser_may_read(self):
        field = self.hidden_field()
        inputs = self.env["gpt.lead.input"]
        picker = new_test_user(
            self.env, "picker", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        with self.assertRaises(AccessError):
            inputs.with_user(picker).create({"field_id": field.id})
        day = self.env["ir.model.fields"]._get("crm.lead", "day_open")
        item = inputs.with_user(picker).create({"field_id": day.id})
        with self.assertRaises(AccessError):
            item.field_id = field
        item = inputs.create({"field_id": field.id, "is_wanted": True})
        self.assertIn("color", inputs._field_names())
        item.with_user(picker).sequence = 99
        self.assertIn("color", inputs._field_names())
        # Later, too: rights may go.
        item.sudo().write({"field_id": field.id})
        self.env.cr.execute(
            "UPDATE gpt_lead_input SET user_id = %s WHERE id = %s", [picker.id, item.id]
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertNotIn("color", inputs._field_names())
        self.assertNotIn("color", inputs._wanted_names())

    def test_answers_fill_what_their_publisher_may_change(self):
        writer = new_test_user(
            self.env, "writer", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        chain = self.env.ref("crm_lead_enrichment.chain_lead_enrichment")
        output = {
            "step_id": chain.step_ids[-1].id,
            "name": "role",
            "ttype": "char",
            "field_name": "function",
            "needs_evidence": False,
        }
        with self.assertRaises(ValidationError):
            self.env["gpt.chain.output"].with_user(writer).create(output)
        self.env["gpt.chain.output"].create(output)
        chain.with_user(writer).action_publish()
        lead = self.make_lead(user_id=False)
        self.enrich(lead, answer(role="Jefa"))
        self.assertFalse(lead.function)
        self.assertEqual(lead.x_priority, "3", "its own fields are there to be filled")
        chain.max_chars += 1
        chain.action_publish()
        self.assertEqual(chain.published_version_id.create_uid, self.env.user)
        lead = self.make_lead(user_id=False)
        self.enrich(lead, answer(role="Jefa"))
        self.assertEqual(lead.function, "Jefa")
