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
