# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user

from odoo.addons.gpt_core.tests.common import GptCommon


class PreflightCase(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,gpt_core.group_gpt_manager"
        cls.manager = new_test_user(cls.env, "gpt_boss", groups=groups)
        # The shipped provider has no key, and is not the default here.
        cls.params = cls.env["ir.config_parameter"]

    def open(self, user=None):
        Preflight = self.env["gpt.preflight"].with_user(user or self.env.user)
        return Preflight.browse(Preflight.action_open()["res_id"])

    def found(self, preflight, check):
        return preflight.finding_ids.filtered(lambda finding: finding.check == check)

    def check(self, name):
        """Return what one check finds, as the page shows it."""
        return self.found(self.open(), name)
