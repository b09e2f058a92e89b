# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from odoo.addons.gpt_core.utils.unique import add_unique_constraint

# Chats with visitors of the website have their own rules.
CHANNEL_TYPES = ("channel", "group", "chat")
# Fields whose change makes what is being answered outdated.
RAISES_EPOCH = {"answers", "waker", "waker_ids", "active"}


class GptDiscussMembership(models.Model):
    """An assistant in a channel, group or direct message, and when it answers there."""

    _name = "gpt.discuss.membership"
    _description = "GPT Assistant in a Channel"
    _inherit = ["gpt.link.mixin"]
    _rec_name = "channel_id"
    _order = "id desc"

    agent_id = fields.Many2one(
        "gpt.agent", string="Assistant", required=True, ondelete="cascade", index=True
    )
    channel_id = fields.Many2one(
        "discuss.channel", required=True, ondelete="cascade", index=True
    )
    # Whoever removes the bot from the channel, in whatever way, removes this as well.
    member_id = fields.Many2one(
        "discuss.channel.member", ondelete="cascade", index=True, copy=False
    )
    company_id = fields.Many2one(related="agent_id.company_id", store=True)
    answers = fields.Selection(
        selection=[
            ("mention", "When mentioned or replied to"),
            ("always", "Every message"),
            ("never", "Never"),
        ],
        compute="_compute_answers",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Mentions of everybody, such as @everyone, do not count.",
    )
    waker = fields.Selection(
        selection=[("everybody", "Everybody"), ("chosen", "Chosen people")],
        string="Whom It Answers",
        default="everybody",
        required=True,
    )
    waker_ids = fields.Many2many(
        "res.partner",
        "gpt_discuss_membership_waker_rel",
        string="People",
        help="Only they are answered.",
    )
    epoch = fields.Integer(
        help="Fencing token, raised whenever it is changed when the assistant answers."
    )
    conversation_id = fields.Many2one(
        "gpt.conversation", ondelete="set null", copy=False
    )
    cost = fields.Float(related="conversation_id.cost")

    def init(self):
        add_unique_constraint(self, "agent_id", "channel_id")

    @api.depends("channel_id")
    def _compute_answers(self):
        for membership in self:
            if not membership.answers:
                # sudo: discuss.channel - its kind, for whoever adds the assistant
                is_chat = membership.sudo().channel_id.channel_type == "chat"
                membership.answers = "always" if is_chat else "mention"

    @api.constrains("channel_id", "agent_id")
    def _check_channel(self):
        for membership in self:
            if membership.channel_id.channel_type not in CHANNEL_TYPES:
                raise ValidationError(
                    self.env._(
                        "The assistant cannot be added to %s: choose a channel, a "
                        "group or a direct message.",
                        membership.channel_id.display_name,
                    )
                )
            same = [
                ("channel_id", "=", membership.channel_id.id),
                ("agent_id", "=", membership.agent_id.id),
            ]
            if self.search_count(same) > 1:
                raise ValidationError(
                    self.env._(
                        "%(agent)s is in %(channel)s already.",
                        agent=membership.agent_id.name,
                        channel=membership.channel_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        self.env.registry.clear_cache()
        for membership in memberships:
            if not membership.member_id:
                membership._join()
        return memberships

    def write(self, vals):
        if RAISES_EPOCH & vals.keys() and "epoch" not in vals:
            for membership in self:
                more = {"epoch": membership.epoch + 1}
                super(GptDiscussMembership, membership).write(vals | more)
            return True
        return super().write(vals)

    def unlink(self):
        """Leave the channels; nobody is told, as when anybody is removed."""
        # sudo: discuss.channel.member - of the assistant, whoever removes it
        members = self.sudo().member_id
        result = super().unlink()
        members.exists().unlink()
        self.env.registry.clear_cache()
        return result

    def _join(self):
        """Make the bot partner a member of the channel, if it is none."""
        self.ensure_one()
        # sudo: discuss.channel.member - an assistant joins by what its managers chose
        members = self.env["discuss.channel.member"].sudo()
        bot = self.agent_id.sudo().partner_id
        values = {"channel_id": self.channel_id.id, "partner_id": bot.id}
        found = members.search([(name, "=", id_) for name, id_ in values.items()])
        if not found:
            joining = members.with_context(gpt_discuss_joining=True)
            found = joining.create(values)
        self.sudo().member_id = found[:1]

    @api.model
    @ormcache()
    def _channels(self):
        """Return the ids of the channels that any assistant is in.

        In memory, as every message of Discuss asks for it. Of a channel that an
        assistant was removed from it may know too late: then there is no membership.
        """
        self.env["gpt.discuss.membership"].flush_model(["channel_id"])
        self.env.cr.execute("SELECT DISTINCT channel_id FROM gpt_discuss_membership")
        return frozenset(id_ for (id_,) in self.env.cr.fetchall())
