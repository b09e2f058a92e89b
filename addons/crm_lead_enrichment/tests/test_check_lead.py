# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.tests.common import BaseCommon


@tagged("post_install", "-at_install")
class TestCheckLead(BaseCommon):
    """Pre-flight: enrichments that came to nothing."""

    def finding(self):
        (finding,) = self.env["gpt.check.lead"]._findings()
        return finding

    def test_failed_enrichments(self):
        self.env["gpt.lead.run"].search([]).unlink()
        lead = self.env["crm.lead"].create({"name": "Cafetería"})
        run = self.env["gpt.lead.run"].create(
            {
                "lead_id": lead.id,
                "company_id": self.env.company.id,
                "trigger": "button",
                "state": "done",
            }
        )
        self.assertEqual(self.finding()["severity"], "ok")
        run.write({"state": "failed", "error_code": "wrong_key"})
        finding = self.finding()
        self.assertEqual(finding["severity"], "warning")
        self.assertIn("does not accept the API key", finding["detail"])
        self.assertEqual(finding["action"]["res_id"], run.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gpt_lead_run SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=2), run.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.finding()["severity"], "ok", "long ago")
