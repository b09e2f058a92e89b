# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GptCommon

PAGES = (
    "gpt.chain.trial",
    "gpt.chain.trial.value",
    "gpt.chain.compare",
)


@tagged("post_install", "-at_install")
class TestChainSecurity(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        groups = {
            "public": "base.group_public",
            "portal": "base.group_portal",
            "employee": "base.group_user",
            "manager": "base.group_user,gpt_core.group_gpt_manager",
            "colleague": "base.group_user,gpt_core.group_gpt_manager",
        }
        cls.users = {
            name: new_test_user(cls.env, f"case_{name}", groups=group)
            for name, group in groups.items()
        }
        cls.chain = cls.make_chain("guarded")

    def found(self, model, user):
        return self.env[model].with_user(self.users[user]).search([])

    def test_only_managers(self):
        for name in ("public", "portal", "employee"):
            for model in PAGES:
                with self.subTest(f"{name} {model}"), self.assertRaises(AccessError):
                    self.found(model, name)
            with self.assertRaises(AccessError):
                self.chain.with_user(self.users[name]).action_try()

    def test_a_trial_is_its_creators(self):
        """It shows what was masked, so nobody else may look at it."""
        mine = self.env["gpt.chain.trial"].with_user(self.users["manager"])
        trial = mine.create({"chain_id": self.chain.id})
        self.assertTrue(trial.read(["masked_then_html"]))
        with self.assertRaises(AccessError):
            trial.with_user(self.users["colleague"]).read(["masked_then_html"])
        with self.assertRaises(AccessError):
            trial.value_ids.with_user(self.users["colleague"]).read(["value"])

    def test_a_trial_shows_no_other_request(self):
        """Its request is the one it sent; another one's data is not to be had."""
        request = self.env["gpt.service"].complete(
            "guarded", {"text": "RFC GODE561231GR8"}
        )
        mine = self.env["gpt.chain.trial"].with_user(self.users["manager"])
        trial = mine.create({"chain_id": self.chain.id})
        with self.assertRaises(AccessError):
            trial.request_id = request
        with self.assertRaises(AccessError):
            mine.create({"chain_id": self.chain.id, "request_id": request.id})

    def test_employees_read_no_trace(self):
        employee = self.users["employee"]
        request = (
            self.env["gpt.service"]
            .with_user(employee)
            .complete("guarded", {"text": "x"})
        )
        for name in ("trace", "masked_values"):
            with self.assertRaises(AccessError):
                request.read([name])

    def test_a_trial_shows_no_other_request_by_defaults(self):
        """Nor by the context, nor in a form that is not saved."""
        service = self.env["gpt.service"].with_user(self.users["colleague"])
        request = service.complete("guarded", {"text": "RFC GODE561231GR8"}).sudo()
        request.purpose = "trial"
        mine = self.env["gpt.chain.trial"].with_user(self.users["manager"])
        given = mine.with_context(default_request_id=request.id)
        with self.assertRaises(AccessError):
            given.create({"chain_id": self.chain.id})
        spec = {"masked_then_html": {}, "trace_html": {}, "data_html": {}}
        values = {"chain_id": self.chain.id, "request_id": request.id}
        for shown in (
            mine.onchange(values, ["request_id"], spec),
            given.onchange({"chain_id": self.chain.id}, [], spec),
            mine.create({"chain_id": self.chain.id}).onchange(
                values, ["request_id"], spec
            ),
        ):
            self.assertNotIn("GODE561231GR8", str(shown))
        trial = mine.sudo().create(values | {"create_uid": self.users["manager"].id})
        shown = trial.with_user(self.users["manager"]).read(["masked_then_html"])
        self.assertNotIn("GODE561231GR8", str(shown))

    def test_a_trial_tries_no_record_that_is_hidden(self):
        """What is masked would tell whose names are on it."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        partner = self.env["res.partner"].create(
            {"name": "Ana Ruiz", "company_id": company.id}
        )
        mine = self.env["gpt.chain.trial"].with_user(self.users["manager"])
        values = {
            "chain_id": self.chain.id,
            "record_ref": f"res.partner,{partner.id}",
            "value_ids": [Command.create({"input_name": "text", "value": "Ana Ruiz"})],
        }
        with self.assertRaises(AccessError):
            mine.create(values)
        with self.assertRaises(AccessError):
            mine.onchange(values, ["record_ref"], {"masked_html": {}})

    def test_models_of_other_companies_are_not_used(self):
        """A chain that asks another company's model would use its key."""
        provider = self.env["gpt.provider"].create(
            {"name": "Theirs", "company_id": self.other_company.id}
        )
        model = self.env["gpt.model"].create(
            {"name": "theirs", "provider_id": provider.id}
        )
        chain = self.chain.with_user(self.users["manager"])
        with self.assertRaises(AccessError):
            chain.model_id = model.id
        with self.assertRaises(AccessError):
            chain.step_ids.write({"model_id": model.id})
        with self.assertRaises(AccessError):
            chain.env["gpt.model"].create({"name": "x", "provider_id": provider.id})
