# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import KbCase


@tagged("post_install", "-at_install")
class TestCheckVector(KbCase):
    """Pre-flight: the extension for vectors."""

    def finding(self):
        (finding,) = self.env["gpt.check.vector"]._findings()
        return finding

    def test_it_is_a_check(self):
        self.assertIn("gpt.check.vector", self.env["gpt.check"]._get_checks())

    def test_with_the_extension(self):
        finding = self.finding()
        self.assertEqual(finding["severity"], "ok")
        self.assertRegex(finding["detail"], r"The extension vector \d")

    def test_without_the_extension(self):
        self.env.cr.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not self.env.cr.fetchone()[0]:
            self.skipTest("the database user may not take the extension away")
        self.env.cr.execute("DROP EXTENSION vector CASCADE")
        finding = self.finding()
        self.assertEqual(finding["severity"], "error")
        self.assertIn("which this database does not have yet", finding["detail"])
        self.assertIn("CREATE EXTENSION IF NOT EXISTS vector", finding["command"])
        self.assertIn(self.env.cr.dbname, finding["command"])
