# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.gpt_core.tests.access_table import (
    ALL,
    NOTHING,
    READ,
    READ_DELETE,
    AccessTable,
)
from odoo.addons.gpt_core.tests.test_security import SecurityCase


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SecurityCase):
    TABLE = {
        "gpt.chain.case": (NOTHING, ALL, ALL),
        "gpt.chain.case.value": (NOTHING, ALL, ALL),
        "gpt.chain.case.expectation": (NOTHING, ALL, ALL),
        "gpt.chain.evaluation": (NOTHING, READ_DELETE, READ_DELETE),
        "gpt.chain.evaluation.result": (NOTHING, READ, READ),
        "gpt.chain.publish": (NOTHING, ALL, ALL),
    }

    def test_every_model_is_looked_at(self):
        found = self.env["ir.model.data"].search(
            [("module", "=", "gpt_evaluation"), ("model", "=", "ir.model")]
        )
        own = self.env["ir.model"].browse(found.mapped("res_id"))
        own = own.filtered(lambda model: model.modules == "gpt_evaluation")
        self.assertEqual(set(own.mapped("model")), set(self.TABLE))
