# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import file_open, ormcache


class GptAgent(models.Model):
    """An assistant: the bot that visitors see, and the chain that answers them."""

    _name = "gpt.agent"
    _description = "GPT Assistant"
    _inherit = ["mail.thread", "gpt.link.mixin"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    # Archived, as those of Odoo's own chatbots: an assistant is no contact of anybody.
    partner_id = fields.Many2one(
        "res.partner",
        string="Bot Partner",
        required=True,
        ondelete="restrict",
        copy=False,
        help="Author of the assistant's messages.",
    )
    ai_mark = fields.Char(
        string="Mark",
        default=lambda self: self.env._("AI"),
        help="Shown after the name, so that visitors know that it is no person.",
    )
    image_1920 = fields.Image(related="partner_id.image_1920", readonly=False)
    image_128 = fields.Image(related="partner_id.image_128")
    chain_id = fields.Many2one(
        "gpt.chain",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "livechat_gpt.chain_livechat_answer", raise_if_not_found=False
        ),
        help="How the answers are made.",
    )
    summary_chain_id = fields.Many2one(
        "gpt.chain",
        string="Chain of the Hand-Off Summary",
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "livechat_gpt.chain_livechat_summary", raise_if_not_found=False
        ),
        help="Sums a chat up for the person who takes it over. Empty: no summary.",
    )
    knowledge = fields.Text(
        translate=True,
        help="What the assistant knows and may tell: opening hours, prices, policies. "
        "One fact per line works best.",
    )
    mode = fields.Selection(
        selection=[
            ("always", "Always"),
            ("no_operator", "Only when no operator is available"),
            ("outside_hours", "Only outside working hours"),
        ],
        string="When It Answers",
        default="always",
        required=True,
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        help="When people answer. Visitors are told when that is next.",
    )
    debounce_seconds = fields.Integer(
        string="Wait Before Answering",
        default=1,
        help="Seconds to wait for the visitor to finish, as people write in bursts.",
    )
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    livechat_channel_ids = fields.One2many(
        "im_livechat.channel", "gpt_agent_id", string="Live Chat Channels"
    )

    @api.constrains("mode", "calendar_id")
    def _check_calendar(self):
        for agent in self:
            if agent.mode == "outside_hours" and not agent.calendar_id:
                raise ValidationError(self.env._("Choose the working hours."))

    @api.constrains("debounce_seconds")
    def _check_debounce(self):
        for agent in self:
            if not 0 <= agent.debounce_seconds <= 60:
                raise ValidationError(
                    self.env._("The wait before answering is 0 to 60 seconds.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # before the bot partner is made, as superuser
        given = [bool(vals.get("partner_id")) for vals in vals_list]
        for vals in vals_list:
            if not vals.get("partner_id"):
                # Also when the context has a default, which nobody chose.
                vals["partner_id"] = self._create_bot_partner(vals).id
                vals.pop("image_1920", None)
        agents = super().create(vals_list)
        for agent, was_given in zip(agents, given, strict=True):
            if was_given:
                agent._check_given_partner()
        agents._rename_bot_partner()
        return agents

    def write(self, vals):
        if "partner_id" in vals:
            other = self.filtered(lambda a: a.partner_id.id != vals["partner_id"])
            if other:
                raise UserError(
                    self.env._("An assistant keeps the contact that it was made with.")
                )
        result = super().write(vals)
        if "debounce_seconds" in vals:
            self.env.registry.clear_cache()
        if {"name", "ai_mark"} & vals.keys():
            self._rename_bot_partner()
        return result

    @ormcache("self.id")
    def _debounce(self):
        """Return how long to wait for more; in memory, as every post asks for it."""
        self.ensure_one()
        return self.debounce_seconds

    def _check_given_partner(self):
        """Refuse a contact that is somebody: it takes the assistant's name and picture.

        :raises ValidationError: for a contact that anything else depends on
        :raises AccessError: when whoever makes the assistant may not change contacts
        """
        self.ensure_one()
        self.partner_id.check_access("write")
        if self._is_somebody():
            raise ValidationError(
                self.env._(
                    "%(name)s cannot be the contact of an assistant: it stands for a "
                    "person, a company or another bot.",
                    name=self.partner_id.name,
                )
            )

    def _is_somebody(self):
        """Tell whether the contact of this assistant stands for anybody else."""
        self.ensure_one()
        # sudo: res.partner - what depends on it, whoever asks
        partner = self.sudo().with_context(active_test=False).partner_id
        id_ = [("partner_id", "=", partner.id)]
        scripts = partner.env["chatbot.script"]
        return bool(
            partner.user_ids
            or partner.parent_id
            or partner.child_ids
            or (partner.active and (partner.email or partner.phone or partner.vat))
            or partner.env["res.company"].search_count(id_, limit=1)
            or partner.env["gpt.agent"].search_count([*id_, ("id", "!=", self.id)])
            or scripts.search_count([("operator_partner_id", "=", partner.id)])
        )

    def _rename_bot_partner(self):
        """Give the bot partner the assistant's name, and the mark of a bot."""
        for agent in self:
            mark = (agent.ai_mark or "").strip()
            # sudo: res.partner - it follows the agent, whoever edits contacts
            agent.sudo().partner_id.name = (
                f"{agent.name} ({mark})" if mark else agent.name
            )

    def _is_on_duty(self, operators):
        """Tell whether the assistant answers now.

        :param operators: the people who are available
        """
        self.ensure_one()
        if not self.active:
            return False
        if self.mode == "no_operator":
            return not operators
        if self.mode == "outside_hours":
            return not self._is_working_time()
        return True

    def _is_working_time(self):
        now = fields.Datetime.now().replace(microsecond=0)
        next_second = fields.Datetime.add(now, seconds=1)
        # sudo: resource.calendar - visitors open chats
        return bool(self.sudo().calendar_id.get_work_hours_count(now, next_second))

    @api.model
    def _is_bot_partner(self, partner):
        """Tell whether a partner is the bot of an assistant."""
        agents = self.with_context(active_test=False)
        return bool(agents.search_count([("partner_id", "=", partner.id)]))

    @api.model
    def _default_image(self):
        with file_open("livechat_gpt/static/img/assistant.png", "rb") as image:
            return base64.b64encode(image.read())

    @api.model
    def _create_bot_partner(self, vals):
        # sudo: res.partner - whoever administers agents need not administer contacts
        return (
            self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": vals.get("name"),
                    "active": False,
                    "image_1920": vals.get("image_1920") or self._default_image(),
                }
            )
        )
