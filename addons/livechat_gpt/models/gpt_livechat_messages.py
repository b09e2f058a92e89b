# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who wrote what in a chat, and what that sets off."""

from odoo import api, models

from odoo.addons.gpt_core.engine.text.blank import is_blank_html
from odoo.addons.gpt_core.engine.text.html_text import plain_text
from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from ..compat import is_open

# Older messages of a chat are not looked at.
MAX_MESSAGES = 300
# What a session must know of itself while its visitor posts.
POST_COLUMNS = ["state", "person_called", "agent_id", "company_id", "channel_id"]
# Of the HTML of a message that is longer, only the beginning is read.
MAX_MESSAGE_CHARS = 20_000


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _on_message(self, channel, message):
        """React to a message that is being posted in a chat; called as superuser.

        A visitor's post waits for nothing but this, so it reads the few columns that
        it needs, and writes nothing but a job.
        """
        if not self._is_comment(message):
            return
        sessions = self.search_fetch(
            [("channel_id", "=", channel.id), ("state", "!=", "closed")], POST_COLUMNS
        )
        for session in sessions:
            if session._is_visitors_post(message):
                if is_open(channel) and not session._is_with_person():
                    session._enqueue_answer(message)
            elif session.state != "human" and session._is_from_operator(message):
                session._on_person_wrote(message.author_id)

    def _is_with_person(self):
        return self.state == "human" or (self.state == "waiting" and self.person_called)

    def _enqueue_answer(self, message):
        # Without a key, which is a query: a message is posted once.
        self._delayed(self.agent_id._debounce())._answer_job(message.id)

    def _delayed(self, eta=None, identity_key=None):
        """Return the session, to have a job done that answers its visitor."""
        # The company is the session's, and nobody looks up the superuser's; a new job
        # has no changes to be tracked.
        session = clean_superuser(self).with_company(self.company_id)
        return delayed(
            session.with_context(tracking_disable=True),
            eta=eta,
            identity_key=identity_key,
            description=self.env._("Answer in the chat %s", self.channel_id.name),
        )

    @api.model
    def _is_comment(self, message):
        is_comment = message.subtype_id.id == self._id_of("mail.mt_comment")
        return message.message_type == "comment" and is_comment

    @api.model
    def _id_of(self, xmlid):
        """Return the id alone: ``env.ref`` asks the database if the record is there."""
        return self.env["ir.model.data"]._xmlid_to_res_id(xmlid)

    def _is_from_visitor(self, message):
        """Tell whether the visitor of this chat wrote ``message`` by hand.

        It is a list of who may be answered, not of who may not: whatever else writes
        here, now or in an addon to come, is never answered, so there are no loops.
        """
        self.ensure_one()
        return self._is_comment(message) and self._is_visitor(
            message.author_id, message.author_guest_id
        )

    def _is_visitor(self, partner, guest):
        """Tell whether this partner or guest is the visitor of the chat."""
        if guest:
            return guest in self.channel_id.channel_member_ids.guest_id
        return bool(partner) and partner == self._visitor_partner()

    def _is_visitors_post(self, message):
        """Tell what ``_is_from_visitor`` tells, of one message and without the members.

        Those are two queries, and this one.
        """
        guest = message.author_guest_id
        if not guest:
            return self._is_from_visitor(message)
        members = self.env["discuss.channel.member"]
        of_chat = [("channel_id", "=", self.channel_id.id), ("guest_id", "=", guest.id)]
        return self._is_comment(message) and bool(
            members.search_count(of_chat, limit=1)
        )

    def _visitor_partner(self):
        """Return the partner of a visitor who is signed in, empty for a guest."""
        opener = self.channel_id.create_uid
        return opener.partner_id if not opener._is_public() else opener.partner_id[:0]

    def _is_from_operator(self, message):
        """Tell whether an employee wrote ``message`` by hand, to the visitor."""
        return self._is_comment(message) and self._is_person(message.author_id)

    def _is_person(self, partner):
        """Tell whether a partner is an employee, and neither visitor nor a bot."""
        users = partner.with_context(active_test=False).user_ids
        return (
            any(user._is_internal() for user in users)
            and partner not in (self._visitor_partner() | self._bot_partners())
            # A chatbot, or another assistant, whatever user it may have.
            and not self.env["gpt.agent"]._is_bot_partner(partner)
            and not self._is_script(partner)
        )

    @api.model
    def _is_script(self, partner):
        scripts = self.env["chatbot.script"].with_context(active_test=False)
        return bool(scripts.search_count([("operator_partner_id", "=", partner.id)]))

    def _bot_partners(self):
        partner = self.agent_id.partner_id
        return partner | partner.browse(self._id_of("base.partner_root"))

    def _messages(self):
        """Return the comments of the chat, oldest first.

        Those that were deleted are none: Odoo keeps them without a text.
        """
        found = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.channel_id.id),
                ("message_type", "=", "comment"),
                ("subtype_id", "=", self._id_of("mail.mt_comment")),
            ],
            order="id desc",
            limit=MAX_MESSAGES,
        )
        return found.sorted("id").filtered(self._is_seen)

    @api.model
    def _is_seen(self, message):
        """Tell whether there is anything to see of a message."""
        return bool(message.attachment_ids) or not is_blank_html(message.body or "")

    def _visitor_messages(self):
        return self._messages().filtered(self._is_from_visitor)

    def _pending_messages(self):
        """Return the visitor's messages that nobody has answered yet."""
        answered = self._chat_state().answered
        return self._visitor_messages().filtered(lambda m: m.id > answered)

    def _last_message_of_person(self):
        others = self._bot_partners() | self._visitor_partner()
        written = self._messages().filtered(
            lambda m: m.author_id and m.author_id not in others
        )
        people = {a for a in written.author_id if self._is_person(a)}
        return max(written.filtered(lambda m: m.author_id in people).ids, default=0)

    def _newest_message(self):
        return self._visitor_messages()[-1:].id or 0

    @api.model
    def _message_text(self, message):
        return plain_text(message.body or "", MAX_MESSAGE_CHARS)
