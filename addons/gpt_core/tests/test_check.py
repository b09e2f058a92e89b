# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestCheck(GptCommon):
    """The hook for checks, without the page that shows them."""

    def test_helpers_are_no_checks(self):
        checks = self.env["gpt.check"]._get_checks()
        self.assertNotIn("gpt.check", checks)
        self.assertNotIn("gpt.check.network", checks)

    def test_checks_are_in_their_order(self):
        checks = [self.env[name] for name in self.env["gpt.check"]._get_checks()]
        sequences = [check._check_sequence for check in checks]
        self.assertEqual(sequences, sorted(sequences))

    def test_a_finding(self):
        finding = self.env["gpt.check"]._finding("warning", "Too few", name="Models")
        self.assertEqual(
            (finding["severity"], finding["name"], finding["detail"]),
            ("warning", "Models", "Too few"),
        )
        self.assertEqual((finding["fix"], finding["action"]), ("", None))

    def test_actions(self):
        check = self.env["gpt.check"]
        self.assertEqual(check._open_all(self.model)["res_id"], self.model.id)
        both = self.model | self.model.copy({"name": "other"})
        self.assertEqual(check._open_all(both)["domain"], [("id", "in", both.ids)])

    def test_a_network_check_waits(self):
        (finding,) = self.env["gpt.check.network"]._findings()
        self.assertEqual(finding["severity"], "running")
