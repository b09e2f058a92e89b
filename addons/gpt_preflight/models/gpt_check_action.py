# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models

# Refusals of so many hours are looked at; an action notes its problem once a day.
RECENT_HOURS = 24


class GptCheckAction(models.AbstractModel):
    """Server actions that asked nothing of late, though records set them off."""

    _name = "gpt.check.action"
    _inherit = "gpt.check"
    _description = "GPT Check: Server Actions"
    _check_sequence = 105

    def _title(self):
        return self.env._("Server actions")

    def _findings(self):
        since = fields.Datetime.now() - relativedelta(hours=RECENT_HOURS)
        refused = self.env["gpt.request"].search(
            [
                ("action_id", "!=", False),
                ("state", "=", "failed"),
                ("create_date", ">=", since),
            ]
        )
        if not refused:
            detail = self.env._("No action failed since yesterday.")
            return [self._finding("ok", detail)]
        last = refused[0]
        return [
            self._finding(
                "warning",
                self.env._(
                    "%(actions)s: %(count)s requests failed or were refused since "
                    "yesterday. The last: %(reason)s %(details)s",
                    actions=", ".join(refused.action_id.mapped("name")),
                    count=len(refused),
                    reason=self.env["gpt.request.error"]._label(last.error_code)
                    if last.error_code
                    else "",
                    details=last.error_message or "",
                ),
                self.env._("Records are saved all the same. Open them to see why."),
                action=self._open_all(refused),
            )
        ]
