# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gpt_core.tests.access_table import ALL, NOTHING, READ, AccessTable
from odoo.addons.gpt_core.tests.test_security import SecurityCase


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SecurityCase):
    TABLE = {
        "gpt.dataset": (NOTHING, ALL, ALL),
        "gpt.dataset.format": (NOTHING, ALL, ALL),
        "gpt.dataset.problem": (NOTHING, READ, READ),
    }

    def test_filters_are_used_with_the_rights_of_who_exports(self):
        """Which examples a filter finds would tell what they may not read."""
        chain = self.env["gpt.chain"].search([("code", "=", "brief")])
        found = self.env["gpt.example"].create(
            {
                "chain_id": chain.id,
                "state": "approved",
                "messages": [
                    {"role": "user", "content": "¿Abren?"},
                    {"role": "assistant", "content": "Sí."},
                ],
            }
        )
        values = {
            "name": "x",
            "chain_id": chain.id,
            "domain": "[('create_uid.login', '!=', 'x')]",
        }
        dataset = self.as_user("manager", self.env["gpt.dataset"]).create(values)
        dataset.action_export()
        source = self.env["gpt.dataset.source"]
        self.assertEqual(dataset.exported_by_id, self.users["manager"])
        self.assertEqual(source._readable(dataset).env.user, self.users["manager"])
        dataset.sudo().version_id = chain.published_version_id
        batch = source.sudo()._batch(dataset.sudo(), 0)
        self.assertEqual([example.id for example in batch], found.ids)
        self.env["ir.rule"].create(
            {
                "name": "not these",
                "model_id": self.env["ir.model"]._get_id("gpt.example"),
                "domain_force": "[('state', '=', 'proposed')]",
            }
        )
        self.assertFalse(source.sudo()._batch(dataset.sudo(), 0))

    def test_other_companies_see_nothing(self):
        chain = self.env["gpt.chain"].search([("code", "=", "brief")])
        dataset = self.env["gpt.dataset"].create({"name": "x", "chain_id": chain.id})
        problem = self.env["gpt.dataset.problem"].create(
            {"dataset_id": dataset.id, "kind": "violation", "code": "mark"}
        )
        for record in (dataset, problem):
            self.assertTrue(self.as_user("manager", record).has_access("read"))
            self.assertFalse(self.as_user("elsewhere", record).has_access("read"))
            found = self.as_user("elsewhere", record.browse()).search([])
            self.assertFalse(found & record)
        with self.assertRaises(AccessError):
            self.as_user("elsewhere", dataset).action_export()
        with self.assertRaises(AccessError):
            self.as_user("employee", dataset).action_export()
        # Nor by their file, under its address.
        with self.assertRaises(AccessError):
            self.as_user("elsewhere", self.env["ir.binary"])._find_record(
                res_model="gpt.dataset", res_id=dataset.id, field="train_file"
            )
