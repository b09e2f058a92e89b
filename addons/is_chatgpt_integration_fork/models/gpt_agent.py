# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ..compat import direct_message


class GptAgent(models.Model):
    """An assistant that is a member of channels, groups and direct messages."""

    _inherit = "gpt.agent"

    membership_ids = fields.One2many(
        "gpt.discuss.membership", "agent_id", string="In Discuss"
    )
    channel_ids = fields.Many2many(
        "discuss.channel",
        string="Channels",
        compute="_compute_channel_ids",
        inverse="_inverse_channel_ids",
        search="_search_channel_ids",
        help="Channels, groups and direct messages of Discuss that it is a member of.",
    )
    discuss_open = fields.Boolean(
        string="Open to Employees",
        help="Every employee may write to it directly, and add it to channels that "
        "they are in. Otherwise only managers of GPT may.",
    )

    @api.depends("membership_ids.channel_id")
    def _compute_channel_ids(self):
        for agent in self:
            agent.channel_ids = agent.membership_ids.channel_id

    def _inverse_channel_ids(self):
        for agent in self:
            channels = agent.channel_ids
            here = agent.membership_ids
            new = channels - here.channel_id
            here.filtered_domain([("channel_id", "not in", channels.ids)]).unlink()
            self.env["gpt.discuss.membership"].create(
                [{"agent_id": agent.id, "channel_id": id_} for id_ in new.ids]
            )

    @api.model
    def _search_channel_ids(self, operator, value):
        return [("membership_ids.channel_id", operator, value)]

    @api.model_create_multi
    def create(self, vals_list):
        agents = super().create(vals_list)
        self.env.registry.clear_cache()
        return agents

    def unlink(self):
        self.membership_ids.unlink()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache()
    def _discuss_bots(self):
        """Return the ids of the assistants, by those of their bot partners.

        In memory: whoever joins a channel, any channel, is looked up in it.
        """
        # sudo: gpt.agent - who is an assistant, whoever asks
        agents = (
            self.sudo()
            .with_context(active_test=False)
            .search([("partner_id", "!=", False)])
        )
        return {agent.partner_id.id: agent.id for agent in agents}

    def action_write_to(self):
        """Open the direct messages between the user and this assistant."""
        self.ensure_one()
        self.check_access("read")
        self._check_may_add(self.env.user)
        return self._open_chat(self.env.user)

    def _open_chat(self, user):
        channels = self.env["discuss.channel"].with_user(user)
        # sudo: gpt.agent - its contact, for employees who cannot read assistants
        return self._open_channel(direct_message(channels, self.sudo().partner_id))

    @api.model
    def _open_channel(self, channel):
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "context": {"active_id": f"discuss.channel_{channel.id}"},
        }

    def _may_add(self, user):
        """Tell whether people may have this assistant answer where they want it."""
        self.ensure_one()
        return (
            user._is_superuser()
            or user.has_group("gpt_core.group_gpt_manager")
            or (self.discuss_open and user._is_internal())
        )

    def _check_may_add(self, user):
        """Refuse people who may not have this assistant answer in a channel.

        :raises UserError: it costs money, so its managers decide
        """
        if not self._may_add(user):
            raise UserError(
                self.env._(
                    "Only managers of GPT may add %s. Ask one of them.", self.name
                )
            )
