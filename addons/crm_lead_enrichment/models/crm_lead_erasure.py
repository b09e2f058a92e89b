# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How everything that models were asked about leads, and said, is erased."""

from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _gpt_erase(self):
        """Erase what models were asked and said about these leads; return how often.

        What people wrote or took over is theirs, and stays.
        """
        rows = self.env["gpt.lead.value"].search([("lead_id", "in", self.ids)])
        for row in rows.filtered(lambda row: row.is_current and row.state == "applied"):
            is_required = self._fields[row.field_name].required
            if row._in_lead() == row.value and not is_required:
                row.lead_id._gpt_write({row.field_name: False})
        rows.unlink()
        requests = self.env["gpt.request"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        return requests.env["gpt.request.retention"]._erase(requests)
