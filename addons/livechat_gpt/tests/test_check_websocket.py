# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.gpt_core.tests.checks import network_findings
from odoo.addons.gpt_core.tests.common import GptCommon


@tagged("post_install", "-at_install")
class TestCheckWebsocket(GptCommon):
    """Pre-flight: the connections by which browsers hear of messages."""

    def finding(self, address):
        self.env["ir.config_parameter"].set_param("web.base.url", address)
        (finding,) = network_findings(self.env["gpt.check.websocket"])
        return finding

    def test_it_is_a_check(self):
        self.assertIn("gpt.check.websocket", self.env["gpt.check"]._get_checks())

    def test_an_address_that_nobody_answers(self):
        finding = self.finding("http://127.0.0.1:9")
        self.assertEqual(finding["severity"], "info")
        self.assertIn("does not reach its own address", finding["detail"])

    def test_a_server_without_websocket(self):
        finding = self.finding(self.server.base_url[:-3])
        self.assertEqual(finding["severity"], "error")
        self.assertIn("/websocket answers 4", finding["detail"])
        self.assertIn("location /websocket", finding["command"])
