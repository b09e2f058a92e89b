# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..compat import PRESENCE_MODEL


class Presence(models.Model):
    """Since when somebody has been offline: Odoo keeps no time for that.

    Its ``last_poll`` is no heartbeat: the browser only reports that it comes, is idle
    or goes.
    """

    _inherit = PRESENCE_MODEL

    offline_since = fields.Datetime(compute="_compute_offline_since", store=True)

    @api.depends("status")
    def _compute_offline_since(self):
        now = fields.Datetime.now()
        for presence in self:
            is_offline = presence.status == "offline"
            since = presence.offline_since or now
            presence.offline_since = since if is_offline else False
