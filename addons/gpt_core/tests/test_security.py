# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .access_table import (
    ALL,
    NOTHING,
    OPERATIONS,
    READ,
    READ_DELETE,
    READ_WRITE_CREATE,
    AccessTable,
)
from .common import GptCommon

EXPECTED = {
    # model: (employee, manager, system)
    "gpt.provider": (NOTHING, READ, ALL),
    "gpt.model": (READ, ALL, ALL),
    "gpt.agent": (NOTHING, ALL, ALL),
    "gpt.chain": (NOTHING, ALL, ALL),
    "gpt.chain.input": (NOTHING, ALL, ALL),
    "gpt.chain.step": (NOTHING, ALL, ALL),
    "gpt.chain.output": (NOTHING, ALL, ALL),
    "gpt.chain.version": (NOTHING, READ, READ),
    "gpt.chain.trial": (NOTHING, ALL, ALL),
    "gpt.chain.trial.value": (NOTHING, ALL, ALL),
    "gpt.chain.compare": (NOTHING, ALL, ALL),
    "gpt.reservation": (NOTHING, NOTHING, READ),
    "gpt.stored.answer": (NOTHING, NOTHING, READ),
    "gpt.example": (NOTHING, ALL, ALL),
    "gpt.request.correction": (NOTHING, ALL, ALL),
    "gpt.conversation": (READ, ALL, ALL),
    "gpt.request": (READ, READ_DELETE, READ_DELETE),
    "gpt.budget": (NOTHING, ALL, ALL),
    "gpt.action.value": (NOTHING, NOTHING, ALL),
    "gpt.model.switch": (NOTHING, READ_WRITE_CREATE, READ_WRITE_CREATE),
    "gpt.model.fetch": (NOTHING, READ, READ),
    "gpt.price.update": (NOTHING, ALL, ALL),
    "gpt.price.update.line": (NOTHING, ALL, ALL),
    "gpt.action.preview": (NOTHING, NOTHING, ALL),
}


class SecurityCase(GptCommon):
    """One user of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        groups = {
            "public": "base.group_public",
            "portal": "base.group_portal",
            "employee": "base.group_user",
            "colleague": "base.group_user",
            "manager": "base.group_user,gpt_core.group_gpt_manager",
            "system": "base.group_system",
        }
        cls.users = {
            name: new_test_user(cls.env, f"gpt_{name}", groups=groups_)
            for name, groups_ in groups.items()
        }
        cls.users["elsewhere"] = new_test_user(
            cls.env,
            "gpt_elsewhere",
            groups="base.group_user,gpt_core.group_gpt_manager",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def as_user(self, name, record):
        return record.with_user(self.users[name])

    def complete(self, name, **kwargs):
        service = self.as_user(name, self.env["gpt.service"])
        return service.complete("brief", {"text": "Hola"}, **kwargs)


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SecurityCase):
    """Who may touch which model, and which rows."""

    TABLE = EXPECTED

    def test_every_model_is_in_the_table(self):
        core = self.env["ir.model.data"].search(
            [("module", "=", "gpt_core"), ("model", "=", "ir.model")]
        )
        names = self.env["ir.model"].browse(core.mapped("res_id")).mapped("model")
        own = {
            name
            for name in names
            if name.startswith("gpt.") and not self.env[name]._abstract
        }
        self.assertFalse(
            {name for name in own if name not in EXPECTED and not self._closed(name)},
            "a model of which the table does not say who may touch it",
        )

    def _closed(self, name):
        """Tell whether a model is at least closed to all but managers."""
        model = self.env[name]
        return not any(
            self.as_user(user, model).has_access(operation)
            for user in ("public", "portal", "employee")
            for operation in OPERATIONS
        )

    def test_every_model_is_looked_at(self):
        stored = self.env["ir.model"].search([("model", "=like", "gpt.%")])
        own = stored.filtered(lambda model: "gpt_core" in model.modules.split(", "))
        abstract = {name for name in own.mapped("model") if self.env[name]._abstract}
        self.assertEqual(set(own.mapped("model")) - abstract, set(EXPECTED))

    def test_employees_see_their_own_requests(self):
        conversation = self.env["gpt.conversation"].create(
            {"name": "Chat", "user_id": self.users["employee"].id}
        )
        mine = self.complete("employee", conversation=conversation)
        theirs = self.complete("manager", conversation=conversation)
        Request = self.env["gpt.request"]
        self.assertEqual(self.as_user("employee", Request).search([]), mine)
        self.assertFalse(self.as_user("colleague", Request).search([]))
        self.assertLessEqual(mine | theirs, self.as_user("manager", Request).search([]))
        self.env.invalidate_all()  # whoever asks next, asks the database
        own = self.as_user("employee", conversation)
        self.assertEqual(own.request_ids, mine)
        self.assertEqual(own.request_count, 1, "nor counts those of others")
        for attempt in (
            lambda: self.as_user("colleague", mine).read(["answer"]),
            lambda: self.as_user("colleague", conversation).read(["name"]),
            lambda: self.as_user("employee", mine).write({"state": "failed"}),
            lambda: self.as_user("employee", mine).unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_other_companies(self):
        conversation = self.env["gpt.conversation"].create({"name": "Chat"})
        request = self.complete("manager", conversation=conversation)
        self.provider.company_id = self.chain.company_id = self.env.company
        budget = self.env["gpt.budget"].create({"name": "Limit", "limit": 1})
        version = self.chain.published_version_id
        for record in (
            request, conversation, self.provider, self.model, self.chain, version,
            self.chain.step_ids, self.chain.input_ids, budget,
        ):  # fmt: skip
            theirs = self.as_user("elsewhere", record)
            with self.subTest(record._name):
                self.assertFalse(theirs.search([("id", "in", record.ids)]))
                self.assertFalse(theirs._read_group([("id", "in", record.ids)], ["id"]))
                with self.assertRaises(AccessError):
                    theirs.read(["display_name"])
        with self.assertRaises(AccessError):
            self.as_user("elsewhere", request).unlink()

    def test_retry_is_for_whoever_may_see_the_request(self):
        service = self.as_user("employee", self.env["gpt.service"])
        request = service.delay_complete("brief", {"text": "Hola"})
        request.sudo().state = "failed"
        self.assertTrue(request.can_retry)
        for name in ("public", "portal", "colleague", "elsewhere"):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self.as_user(name, request).action_retry()
            self.assertEqual(request.state, "failed")
        request.action_retry()
        self.assertEqual(request.state, "pending")
