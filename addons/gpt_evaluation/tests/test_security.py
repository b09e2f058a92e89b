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
        own = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "gpt_evaluation" and not model._abstract
        }
        self.assertEqual(own, set(self.TABLE))
