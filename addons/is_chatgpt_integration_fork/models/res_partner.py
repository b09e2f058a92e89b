# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mail.tools.discuss import Store

from ..compat import V19, either


class ResPartner(models.Model):
    """Assistants are found where people are invited: Odoo finds users only."""

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
        return either(domain, [("id", "in", bots), ("name", "ilike", search)])

    @api.model
    def _gpt_invitable(self, search_term, channel_id):
        """Return the bots that the user may invite to a channel."""
        if not channel_id:
            return self.browse()
        bots = self.env["gpt.agent"]._discuss_bots()
        # sudo: gpt.agent - those that are open to whoever asks
        agents = (
            self.env["gpt.agent"]
            .sudo()
            .search(
                [
                    ("id", "in", list(bots.values())),
                    ("name", "ilike", search_term),
                    ("company_id", "in", [False, *self.env.companies.ids]),
                ]
            )
        )
        here = agents.membership_ids.filtered(
            lambda membership: membership.channel_id.id == int(channel_id)
        )
        agents = (agents - here.agent_id).filtered(
            lambda agent: agent._may_add(self.env.user)
        )
        return agents.partner_id.sudo(False)

    def _gpt_erase(self):
        """Erase what these people asked in Discuss, and summaries of where they are."""
        # sudo: gpt.discuss.question - whoever may erase, erases all of it
        questions = self.env["gpt.discuss.question"].sudo()
        asked = questions.search([("asker_id", "in", self.ids)])
        # sudo: gpt.request - as above
        requests = self.env["gpt.request"].sudo()
        domain = [("res_model", "=", asked._name), ("res_id", "in", asked.ids)]
        found = requests.search(domain)
        count = found.env["gpt.request.retention"]._erase(found)
        # sudo: gpt.discuss.history - as above
        histories = self.env["gpt.discuss.history"].sudo()
        mine = [("membership_id.channel_id.channel_partner_ids", "in", self.ids)]
        histories.search(mine).unlink()
        return count + super()._gpt_erase()

    if V19:

        @api.model
        def _search_for_channel_invite(
            self, store, search_term, channel_id=None, limit=30
        ):
            found = super()._search_for_channel_invite(
                store, search_term, channel_id, limit
            )
            bots = self._gpt_invitable(search_term, channel_id)
            store.add(bots)
            return {
                "count": found["count"] + len(bots),
                "partner_ids": [*bots.ids, *found["partner_ids"]],
            }

    else:

        @api.readonly
        @api.model
        def search_for_channel_invite(self, search_term, channel_id=None, limit=30):
            found = super().search_for_channel_invite(search_term, channel_id, limit)
            bots = self._gpt_invitable(search_term, channel_id)
            if bots:
                found["count"] += len(bots)
                for model, records in Store(bots).get_result().items():
                    found["data"].setdefault(model, []).extend(records)
            return found
