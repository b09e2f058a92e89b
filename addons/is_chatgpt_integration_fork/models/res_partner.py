# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..compat import normalized


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.readonly
    @api.model
    def get_mention_suggestions_from_channel(self, channel_id, search, limit=8):
        """Suggest the assistants of a channel as well, whose contacts are archived."""
        channels = self.env["gpt.discuss.membership"]._channels()
        if channel_id in channels:
            self = self.with_context(gpt_mention_bots=True)
        return super().get_mention_suggestions_from_channel(channel_id, search, limit)

    @api.model
    def _get_mention_suggestions_domain(self, search):
        domain = super()._get_mention_suggestions_domain(search)
        if not self.env.context.get("gpt_mention_bots"):
            return domain
        bots = list(self.env["gpt.agent"]._discuss_bots())
        ours = [("id", "in", bots), ("name", "ilike", search)]
        return ["|", "&", *ours, *normalized(domain)]
