# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gpt_core.tests.test_security import SecurityCase

KEPT = (
    "gpt.chain.case",
    "gpt.chain.case.value",
    "gpt.chain.case.expectation",
    "gpt.chain.evaluation",
    "gpt.chain.evaluation.result",
)


@tagged("post_install", "-at_install")
class TestCaseSecurity(SecurityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.env["gpt.chain.case"].create(
            {
                "name": "Case",
                "chain_id": cls.chain.id,
                "value_ids": [Command.create({"input_name": "text", "value": "x"})],
                "expectation_ids": [Command.create({"value": "x"})],
            }
        )
        cls.chain.action_run_cases()

    def found(self, model, user):
        return self.env[model].with_user(self.users[user]).search([])

    def test_only_managers(self):
        for name in ("public", "portal", "employee"):
            for model in (*KEPT, "gpt.chain.publish"):
                with self.subTest(f"{name} {model}"), self.assertRaises(AccessError):
                    self.found(model, name)
            with self.assertRaises(AccessError):
                self.chain.with_user(self.users[name]).action_run_cases()
            with self.assertRaises(AccessError):
                self.chain.with_user(self.users[name])._new_case({"text": "x"})

    def test_managers(self):
        for model in KEPT:
            self.assertTrue(self.found(model, "manager"), model)

    def test_other_companies(self):
        self.chain.company_id = self.other_company
        self.env["gpt.chain.evaluation"].search([]).company_id = self.other_company
        for model in KEPT:
            records = self.found(model, "manager")
            self.assertFalse(
                records.filtered(
                    lambda r: (r.sudo().case_id if "case_id" in r else r) == self.case
                ),
                model,
            )
        self.assertFalse(
            self.found("gpt.chain.evaluation", "manager").filtered(
                lambda evaluation: evaluation.sudo().chain_id == self.chain
            )
        )
