# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import PreflightCase


@tagged("post_install", "-at_install")
class TestPreflightNetwork(PreflightCase):
    """Checks that ask the network, after the transaction."""

    def setUp(self):
        super().setUp()
        self.use_own_transactions()
        self.params.set_param("web.base.url", "http://127.0.0.1:9")

    def network_checks(self):
        network = self.registry.descendants(["gpt.check.network"], "_inherit")
        return set(network) & set(self.env["gpt.check"]._get_checks())

    def ask(self, user=None):
        """Return the page when the network has answered."""
        preflight = self.open(user)
        for check in self.network_checks():
            self.assertEqual(self.found(preflight, check).severity, "running")
        preflight.action_refresh()
        self.assertFalse(self.server.journal.entries(), "not in the transaction")
        self.env.flush_all()
        self.env.cr.postcommit.run()
        preflight.invalidate_recordset()
        self.env.invalidate_all()
        return preflight

    def provider_finding(self, name="Local", user=None):
        found = self.found(self.ask(user), "gpt.check.provider")
        return found.filtered(lambda finding: finding.name == name)

    def test_a_good_key(self):
        finding = self.provider_finding()
        self.assertEqual(finding.severity, "ok", finding.detail)
        self.assertTrue(self.server.journal.entries("/v1/models"))

    def test_bad_keys_and_addresses(self):
        for values, words in (
            ({"api_key": "wrong"}, "does not accept the API key"),
            ({"api_key": False}, "No API key is set"),
            ({"base_url": "http://127.0.0.1:9/v1"}, "cannot be reached"),
            ({"base_url": self.server.base_url[:-3]}, "ends in /v1"),
        ):
            with self.subTest(words):
                before = {name: self.provider[name] for name in values}
                self.provider.write(values)
                self.server.reset()
                finding = self.provider_finding()
                self.provider.write(before)
                self.assertEqual(finding.severity, "error")
                self.assertIn(words, finding.detail)
                self.assertEqual(finding.action_fix()["res_id"], self.provider.id)
                self.assertNotIn("sk-test", finding.detail)

    def test_the_default_model_is_not_offered(self):
        self.model.name = "gpt-4o-mega"
        self.params.set_param("gpt_core.model", "gpt-4o-mega")
        finding = self.provider_finding()
        self.assertEqual(finding.severity, "error")
        self.assertIn("gpt-4o-mega", finding.detail)

    def test_a_provider_that_nobody_asks(self):
        self.env["gpt.provider"].create(
            {
                "name": "Spare",
                "base_url": "http://127.0.0.1:9/v1",
                "authentication": "none",
            }
        )
        self.assertEqual(self.provider_finding("Spare").severity, "warning")

    def test_without_any_provider(self):
        self.env["gpt.provider"].search([]).active = False
        found = self.found(self.ask(), "gpt.check.provider")
        self.assertEqual(found.severity, "error")
        self.assertIn("There is none", found.detail)

    def test_a_manager_sees_no_key(self):
        self.provider.api_key = "wrong-but-secret"
        finding = self.provider_finding(user=self.manager)
        self.assertNotIn("secret", str(finding.read()))
