# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptRequest(models.Model):
    _inherit = "gpt.request"

    lead_run_id = fields.Many2one(
        "gpt.lead.run",
        string="Lead Enrichment",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        groups="sales_team.group_sale_salesman,gpt_core.group_gpt_manager",
        help="The enrichment that asked.",
    )

    def _propose_lead_example_job(self):
        """Propose the answer as an example, as people have left its values by now."""
        for request in self.exists():
            self.env["gpt.lead.example"]._propose_decided(request)
