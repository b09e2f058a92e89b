# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import file_open


class GptAgent(models.Model):
    """An assistant: a bot that people write with, and the chain that answers them.

    Where it answers is for the addons that build on this one.
    """

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
        help="Shown after the name, so that people know that it is no person.",
    )
    image_1920 = fields.Image(related="partner_id.image_1920", readonly=False)
    image_128 = fields.Image(related="partner_id.image_128")
    chain_id = fields.Many2one(
        "gpt.chain",
        required=True,
        ondelete="restrict",
        help="How the answers are made.",
    )
    knowledge = fields.Text(
        translate=True,
        help="What the assistant knows and may tell: opening hours, prices, policies. "
        "One fact per line works best.",
    )
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)

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
        if {"name", "ai_mark"} & vals.keys():
            self._rename_bot_partner()
        return result

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
        return bool(
            partner.user_ids
            or partner.parent_id
            or partner.child_ids
            or (partner.active and (partner.email or partner.phone or partner.vat))
            or partner.env["res.company"].search_count(id_, limit=1)
            or partner.env["gpt.agent"].search_count([*id_, ("id", "!=", self.id)])
        )

    def _rename_bot_partner(self):
        """Give the bot partner the assistant's name, and the mark of a bot."""
        for agent in self:
            mark = (agent.ai_mark or "").strip()
            # sudo: res.partner - it follows the agent, whoever edits contacts
            agent.sudo().partner_id.name = (
                f"{agent.name} ({mark})" if mark else agent.name
            )

    @api.model
    def _is_bot_partner(self, partner):
        """Tell whether a partner is the bot of an assistant."""
        agents = self.with_context(active_test=False)
        return bool(agents.search_count([("partner_id", "=", partner.id)]))

    @api.model
    def _default_image(self):
        with file_open("gpt_core/static/img/assistant.png", "rb") as image:
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
