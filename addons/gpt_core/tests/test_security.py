# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GptCommon

MODELS = (
    "gpt.provider",
    "gpt.model",
    "gpt.chain",
    "gpt.chain.input",
    "gpt.chain.step",
    "gpt.chain.output",
    "gpt.chain.version",
    "gpt.conversation",
    "gpt.request",
    "gpt.budget",
)


@tagged("post_install", "-at_install")
class TestSecurity(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        users = {
            "public": "base.group_public",
            "portal": "base.group_portal",
            "employee": "base.group_user",
            "manager": "base.group_user,gpt_core.group_gpt_manager",
        }
        cls.users = {
            name: new_test_user(cls.env, f"gpt_{name}", groups=groups)
            for name, groups in users.items()
        }

    def test_outsiders_read_nothing(self):
        for name in ("public", "portal"):
            for model in MODELS:
                with self.subTest(f"{name} {model}"), self.assertRaises(AccessError):
                    self.env[model].with_user(self.users[name]).search([])

    def test_keys_are_for_the_system_group(self):
        for name in ("employee", "manager"):
            provider = self.provider.with_user(self.users[name])
            with self.assertRaises(AccessError):
                provider.read(["api_key"])
        with self.assertRaises(AccessError, msg="a key could be sent elsewhere"):
            self.provider.with_user(self.users["manager"]).base_url = "http://evil.test"

    def test_employees_read_no_prompts(self):
        for model in ("gpt.chain", "gpt.chain.step", "gpt.chain.version"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.users["employee"]).search([])
        request = (
            self.env["gpt.service"]
            .with_user(self.users["employee"])
            .complete("brief", {"text": "Hola"})
        )
        self.assertTrue(request.answer)
        with self.assertRaises(AccessError):
            request.read(["prompt"])
        self.assertTrue(request.display_name)

    def test_employees_see_their_own_requests(self):
        employee, manager = self.users["employee"], self.users["manager"]
        mine = self.env["gpt.service"].with_user(employee).complete("brief")
        theirs = self.env["gpt.service"].with_user(manager).complete("brief")
        Request = self.env["gpt.request"]
        self.assertEqual(Request.with_user(employee).search([]), mine)
        self.assertIn(theirs, Request.with_user(manager).search([]))
        self.assertIn(mine, Request.with_user(manager).search([]))
        with self.assertRaises(AccessError):
            mine.with_user(employee).write({"answer": "forged"})

    def test_other_companies(self):
        request = self.env["gpt.service"].complete("brief")
        request.company_id = self.other_company
        self.provider.company_id = self.other_company
        manager = self.users["manager"]
        self.assertNotIn(request, self.env["gpt.request"].with_user(manager).search([]))
        self.assertNotIn(
            self.provider, self.env["gpt.provider"].with_user(manager).search([])
        )
        self.assertNotIn(
            self.model, self.env["gpt.model"].with_user(manager).search([])
        )

    def test_neutralized(self):
        from odoo.modules.neutralize import get_neutralization_queries

        for query in get_neutralization_queries(["gpt_core"]):
            self.env.cr.execute(query)
        self.provider.invalidate_recordset()
        self.assertFalse(self.provider.api_key)
