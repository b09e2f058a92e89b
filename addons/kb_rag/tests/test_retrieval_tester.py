# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HOLIDAYS, SALARIES, KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
SALARY = "¿Cuál es el sueldo mensual del director general?"


@tagged("post_install", "-at_install")
class TestTester(KbCase):
    def setUp(self):
        super().setUp()
        self.public = self.make_collection("Público", is_public=True)
        self.closed = self.make_collection("Nómina")
        self.add_text(self.public)
        self.add_text(self.closed, SALARIES, "Sueldos")

    def ask(self, question, user="manager", **values):
        tester = (
            self.env["gpt.kb.tester"]
            .with_user(self.people[user])
            .create({"question": question} | values)
        )
        tester.action_search()
        return tester

    def test_as_visitor(self):
        tester = self.ask(SHIPPING)
        self.assertTrue(tester.is_found)
        self.assertIn("150 pesos", tester.line_ids[0].text)
        self.assertIn("✓ Público: public", tester.access)
        self.assertIn("✗ Nómina", tester.access)
        self.assertNotIn("180", str(self.ask(SALARY).line_ids.mapped("text")))

    def test_as_myself_and_others(self):
        mine = self.ask(SALARY, audience="me")
        self.assertIn("180 mil", mine.line_ids[0].text)
        tester = self.ask(
            SALARY, audience="user", user_id=self.people["salesperson"].id
        )
        self.assertNotIn("180", str(tester.line_ids.mapped("text")))

    def test_nothing_that_the_manager_may_not_read(self):
        note = self.env["res.partner"].create({"name": "Nota"})
        self.add_text(
            self.public,
            f"{HOLIDAYS}\n\nEl formato PER-77123 es el de vacaciones.",
            res_model="res.partner",
            res_id=note.id,
        )
        self.env["ir.rule"].create(
            {
                "name": "for the group only",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {note.id})]",
                "groups": [(6, 0, self.env.ref("gpt_core.group_gpt_manager").ids)],
            }
        )
        self.env["ir.rule"].create(
            {
                "name": "employees read it",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[(1, '=', 1)]",
                "groups": [(6, 0, self.sales_group.ids)],
            }
        )
        salesperson = self.people["salesperson"]
        self.sales_group.write(self.members(salesperson, Command.link))
        question = "¿Cuántos días de vacaciones tiene el personal el primer año?"
        self.assertIn("doce", self.texts_found(question, salesperson))
        self.assertNotIn("doce", self.texts_found(question, self.people["manager"]))
        tester = self.ask(question, audience="user", user_id=salesperson.id)
        self.assertNotIn("doce", str(tester.line_ids.mapped("text")))
        self.assertIn("may not read", tester.verdict)
        self.assert_tells_nothing(salesperson, question)
        self.assert_tells_nothing(salesperson, "¿Qué es PER-77123?")

    def assert_tells_nothing(self, user, question):
        """Assert that what the manager may not read makes no difference to them."""

        def shown():
            tester = self.ask(question, audience="user", user_id=user.id)
            lines = tester.line_ids.mapped(lambda line: (line.rank, line.text))
            return tester.is_found, tester.verdict, lines

        before = shown()
        hidden = self.env["gpt.kb.document"].search([("res_model", "!=", False)])
        self.assertTrue(hidden)
        with self.env.cr.savepoint() as savepoint:
            hidden.unlink()
            self.assertEqual(shown(), before)
            savepoint.rollback()
        self.env.invalidate_all()

    def test_the_model_is_to_judge(self):
        tester = self.ask("¿Quién ganó el mundial de futbol?")
        self.assertTrue(tester.line_ids)
        self.assertIn("It says itself which of them answer", tester.verdict)

    def test_code_that_stands_nowhere(self):
        tester = self.ask("¿Cuánto cuesta la SKU-99999?")
        self.assertIn("Not found in any document", tester.verdict)
        self.assertIn("SKU-99999", tester.verdict)

    def test_nothing_to_read(self):
        self.public.is_public = False
        tester = self.ask(SHIPPING)
        self.assertFalse(tester.is_found)
        self.assertIn("no document that the asker may read", tester.verdict)

    def test_for_managers_only(self):
        with self.assertRaises(AccessError):
            self.ask(SHIPPING, "salesperson")

    def test_no_question(self):
        with self.assertRaises(UserError):
            self.ask("  ")
