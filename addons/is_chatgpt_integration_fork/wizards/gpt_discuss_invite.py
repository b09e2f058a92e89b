# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class GptDiscussInvite(models.TransientModel):
    """Writing to an assistant, or adding it to a channel: Odoo finds users only."""

    _name = "gpt.discuss.invite"
    _description = "Write to an Assistant, or Add It to a Channel"

    agent = fields.Selection(
        selection="_select_agent",
        string="Assistant",
        required=True,
        default=lambda self: (self._select_agent() or [(False, "")])[0][0],
    )
    channel_id = fields.Many2one(
        "discuss.channel",
        string="Add It To",
        domain=[("is_member", "=", True), ("channel_type", "in", ("channel", "group"))],
        help="A channel or group that you are in.",
    )

    @api.model
    def _select_agent(self):
        # sudo: gpt.agent - the names of those that are open to everybody
        agents = self.env["gpt.agent"].sudo()
        domain = [("company_id", "in", [False, *self.env.companies.ids])]
        mine = agents.search(domain).filtered(
            lambda agent: agent._may_add(self.env.user)
        )
        return [(str(agent.id), agent.name) for agent in mine]

    def _agent(self):
        self.ensure_one()
        # sudo: gpt.agent - checked to be one that the user may write to
        agent = self.env["gpt.agent"].sudo().browse(int(self.agent))
        agent._check_may_add(self.env.user)
        return agent

    def action_write(self):
        """Open the direct messages between the user and the assistant."""
        return self._agent()._open_chat(self.env.user)

    def action_add(self):
        """Make the assistant a member of the channel, and open it."""
        agent = self._agent()
        if not self.channel_id:
            raise UserError(self.env._("Choose the channel to add the assistant to."))
        self.channel_id.check_access("read")
        self.channel_id.add_members(partner_ids=agent.partner_id.ids)
        return agent._open_channel(self.channel_id)
