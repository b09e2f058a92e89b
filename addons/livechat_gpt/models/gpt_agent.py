# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.tools import file_open


class GptAgent(models.Model):
    """An assistant: the face that visitors see, and the chain that answers them."""

    _name = "gpt.agent"
    _description = "GPT Agent"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    # Archived, as those of Odoo's own chatbots: an assistant is no contact of anybody.
    partner_id = fields.Many2one(
        "res.partner",
        string="Face",
        required=True,
        ondelete="restrict",
        copy=False,
        help="Author of the assistant's messages.",
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
    knowledge = fields.Text(
        translate=True,
        help="What the assistant knows and may tell: opening hours, prices, policies. "
        "One fact per line works best.",
    )
    failure_message = fields.Text(
        translate=True,
        required=True,
        default=lambda self: self.env._(
            "I am sorry, I cannot answer right now. Please write again in a few "
            "minutes, or leave us your e-mail and we will get back to you."
        ),
        help="What the visitor reads when the model gives no answer.",
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

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("partner_id"):
                vals["partner_id"] = self._create_face(vals).id
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            # sudo: res.partner - the face follows the agent, whoever may edit contacts
            self.sudo().partner_id.name = vals["name"]
        return result

    @api.model
    def _default_image(self):
        with file_open("livechat_gpt/static/img/assistant.png", "rb") as image:
            return base64.b64encode(image.read())

    @api.model
    def _create_face(self, vals):
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
