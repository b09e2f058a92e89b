# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, new_test_user, tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestDefaultBudget(GptCommon):
    """Nobody starts without a limit."""

    def budgets(self, company):
        return self.env["gpt.budget"].search([("company_id", "=", company.id)])

    def test_a_company_created_later(self):
        creator = new_test_user(
            self.env,
            "companies",
            groups="base.group_erp_manager,base.group_partner_manager",
        )
        company = self.env["res.company"].with_user(creator).create({"name": "Nueva"})
        budgets = self.budgets(company)
        self.assertEqual(set(budgets.mapped("measure")), {"cost", "tokens"})
        self.assertEqual(set(budgets.mapped("period")), {"day"})
        self.assertTrue(all(budgets.mapped("description")))

    def test_in_each_language(self):
        self.env["res.lang"]._activate_lang("es_MX")
        budgets = self.budgets(self.env["res.company"].create({"name": "Nueva"}))
        self.assertIn("Safety limit per day: money", budgets.mapped("name"))
        spanish = budgets.with_context(lang="es_MX")
        self.assertIn("Límite de seguridad por día: dinero", spanish.mapped("name"))
        self.assertIn("Una empresa pequeña", spanish[0].description)

    def test_companies_that_are_there_at_the_installation(self):
        company = self.env["res.company"].create({"name": "Nueva"})
        self.budgets(company).unlink()
        company.active = False
        self.env["res.company"]._gpt_init_daily_budgets()
        self.assertEqual(len(self.budgets(company)), 2)

    def test_the_main_company_has_them(self):
        main = self.env.ref("base.main_company")
        self.assertEqual(set(self.budgets(main).mapped("measure")), {"cost", "tokens"})

    def test_it_stops_what_goes_on_without_end(self):
        company = self.env["res.company"].create({"name": "Nueva"})
        self.env.user.company_ids += company
        self.make_chain("brief")
        service = self.env["gpt.service"].with_company(company)
        request = service.complete("brief", {"text": "Hola"})
        self.assertEqual(request.state, "done")
        request.sudo().cost = 5
        request = service.complete("brief", {"text": "Hola"})
        self.assertEqual(request.error_code, "budget")

    def test_models_without_a_price_have_a_limit_too(self):
        company = self.env["res.company"].create({"name": "Nueva"})
        self.model.write({"price_input": 0, "price_cached": 0, "price_output": 0})
        self.make_chain("brief")
        service = self.env["gpt.service"].with_company(company)
        request = service.complete("brief", {"text": "Hola"})
        self.assertFalse(request.cost)
        request.sudo().input_tokens = 10**7
        request = service.complete("brief", {"text": "Hola"})
        self.assertEqual(request.error_code, "budget")

    def test_managers_are_told_where_nobody_follows(self):
        company = self.env["res.company"].create({"name": "Nueva"})
        manager, elsewhere = (
            new_test_user(
                self.env,
                f"told_{number}",
                groups="base.group_user,gpt_core.group_gpt_manager",
                company_id=own.id,
                company_ids=[(6, 0, own.ids)],
            )
            for number, own in enumerate((company, self.env.company))
        )
        budget = self.budgets(company)[0]
        budget.message_unsubscribe(budget.message_partner_ids.ids)
        budget._warn(80)
        told = budget.message_ids[0].notified_partner_ids
        self.assertIn(manager.partner_id, told)
        self.assertNotIn(elsewhere.partner_id, told)

    def test_a_company_can_be_deleted(self):
        company = self.env["res.company"].create({"name": "Nueva"})
        company.unlink()
        self.assertFalse(company.exists())

    def test_the_form_says_what_it_is_for(self):
        with Form(self.budgets(self.env.company)[0]) as form:
            self.assertTrue(form.description)
