# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.gpt_core.utils.transaction import best_effort

# Older messages of a chat are not looked at.
MAX_MESSAGES = 300


class DiscussChannel(models.Model):
    """Who is who in a live chat, who wrote what, and what a message sets off."""

    _inherit = "discuss.channel"

    gpt_session_ids = fields.One2many(
        "gpt.livechat.session",
        "channel_id",
        string="Assistant Sessions",
        groups="im_livechat.im_livechat_group_user",
    )
    # Whose assistant the visitor chats with: rules ask for it with each chat that is
    # read, so it is a column.
    gpt_company_id = fields.Many2one(
        "res.company",
        string="Company of the Assistant",
        compute="_compute_gpt_company_id",
        compute_sudo=True,
        store=True,
        index="btree_not_null",
        groups="im_livechat.im_livechat_group_user",
    )

    @api.depends("gpt_session_ids.company_id")
    def _compute_gpt_company_id(self):
        for channel in self:
            channel.gpt_company_id = channel.gpt_session_ids[:1].company_id

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if self.channel_type == "livechat":
            with best_effort(self.env, "A message in a chat"):
                # sudo: gpt.livechat.session - visitors write, and cannot read sessions
                answering = self.env["gpt.livechat.answer.job"].sudo()
                answering._on_message(self.sudo(), message)
        return result

    # Who is who

    def _gpt_visitor_partner(self):
        """Return the partner of a visitor who is signed in, empty for a guest."""
        opener = self.create_uid
        return opener.partner_id if not opener._is_public() else opener.partner_id[:0]

    def _gpt_is_visitor(self, partner, guest):
        """Tell whether this partner or guest is the visitor of the chat."""
        if guest:
            return guest in self.channel_member_ids.guest_id
        return bool(partner) and partner == self._gpt_visitor_partner()

    def _gpt_is_employee(self, partner):
        """Tell whether a partner is an employee, and neither visitor nor a bot."""
        users = partner.with_context(active_test=False).user_ids
        return (
            any(user._is_internal() for user in users)
            and partner not in (self._gpt_visitor_partner() | self._gpt_odoobot())
            # A chatbot, or an assistant, whatever user it may have.
            and not self.env["gpt.agent"]._is_bot_partner(partner)
            and not self._gpt_is_chatbot(partner)
        )

    def _gpt_employees(self):
        """Return the partners of the employees in the chat."""
        return self.channel_member_ids.partner_id.filtered(self._gpt_is_employee)

    def _gpt_odoobot(self):
        odoobot = self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
        return self.env["res.partner"].browse(odoobot)

    @api.model
    def _gpt_is_chatbot(self, partner):
        scripts = self.env["chatbot.script"].with_context(active_test=False)
        return bool(scripts.search_count([("operator_partner_id", "=", partner.id)]))

    # Who wrote what

    def _gpt_is_visitors(self, message):
        """Tell whether the visitor of this chat wrote ``message`` by hand.

        It is a list of who may be answered, not of who may not: whatever else writes
        here, now or in an addon to come, is never answered, so there are no loops.
        """
        self.ensure_one()
        return message._gpt_is_comment() and self._gpt_is_visitor(
            message.author_id, message.author_guest_id
        )

    def _gpt_is_visitors_post(self, message):
        """Tell what ``_gpt_is_visitors`` tells, of one message, without the members.

        Those are two queries, and this one.
        """
        guest = message.author_guest_id
        if not guest:
            return self._gpt_is_visitors(message)
        members = self.env["discuss.channel.member"]
        of_chat = [("channel_id", "=", self.id), ("guest_id", "=", guest.id)]
        return message._gpt_is_comment() and bool(
            members.search_count(of_chat, limit=1)
        )

    def _gpt_is_employees(self, message):
        """Tell whether an employee wrote ``message`` by hand, to the visitor."""
        return message._gpt_is_comment() and self._gpt_is_employee(message.author_id)

    def _gpt_messages(self):
        """Return the comments of the chat, oldest first.

        Those that were deleted are none: Odoo keeps them without a text.
        """
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        found = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.id),
                ("message_type", "=", "comment"),
                ("subtype_id", "=", comment),
            ],
            order="id desc",
            limit=MAX_MESSAGES,
        )
        return found.sorted("id").filtered(lambda m: m._gpt_has_content())

    def _gpt_visitor_messages(self):
        return self._gpt_messages().filtered(self._gpt_is_visitors)
