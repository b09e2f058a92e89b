# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models

# Enrichments of so many hours are looked at.
RECENT_HOURS = 24


class GptCheckLead(models.AbstractModel):
    """Leads that were to be enriched of late, and were not."""

    _name = "gpt.check.lead"
    _inherit = "gpt.check"
    _description = "GPT Check: Leads"
    _check_sequence = 107

    def _title(self):
        return self.env._("Leads")

    def _findings(self):
        since = fields.Datetime.now() - relativedelta(hours=RECENT_HOURS)
        failed = self.env["gpt.lead.run"].search(
            [("state", "in", ("failed", "limited")), ("create_date", ">=", since)]
        )
        if not failed:
            detail = self.env._("Every enrichment since yesterday went well.")
            return [self._finding("ok", detail)]
        return [
            self._finding(
                "warning",
                self.env._(
                    "%(count)s enrichments since yesterday came to nothing. The last: "
                    "%(reason)s",
                    count=len(failed),
                    reason=failed[0].problem or failed[0].error_code or "",
                ),
                self.env._("Open them to see why, and try again."),
                action=self._open_all(failed),
            )
        ]
