# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who wrote what in a chat, and what that sets off."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

from odoo.addons.gpt_core.transaction import clean_superuser

from ..compat import is_open

# Older messages of a chat are not looked at.
MAX_MESSAGES = 300
# A visitor who writes too fast is answered together, so many seconds later.
FLOOD_SECONDS = 60
# Of a message that is longer, only the beginning is read.
MAX_MESSAGE_CHARS = 20_000


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    def _on_message(self, message):
        """React to a message that is being posted in the chat; called as superuser.

        Nothing is written for a visitor's message but a job, so that his posts never
        wait for an answer that is being stored.
        """
        for session in self:
            if session.state == "closed":
                continue
            if session._is_from_visitor(message):
                if is_open(session.channel_id) and not session._is_persons_turn():
                    session._enqueue_answer(message)
            elif session.state != "human" and session._is_from_operator(message):
                session._on_person_wrote(message.author_id)

    def _is_persons_turn(self):
        return self.state == "human" or (self.state == "waiting" and self.person_called)

    def _enqueue_answer(self, message):
        session = clean_superuser(self)
        description = self.env._("Answer in the chat %s", self.channel_id.name)
        limit = session.agent_id.max_messages_minute
        recent = session._recent_count() if limit else 0
        if recent <= limit:
            session.with_delay(
                eta=session.agent_id.debounce_seconds,
                identity_key=f"gpt-livechat-answer-{message.id}",
                description=description,
            )._answer_job(message.id)
            return
        if recent == limit + 1:
            session.with_delay(description=description)._slow_down_job()
        # One job a minute, however much he writes: it answers all of it.
        session.with_delay(
            eta=FLOOD_SECONDS,
            identity_key=f"gpt-livechat-flood-{self.id}",
            description=description,
        )._catch_up_job()

    def _recent_count(self):
        """Return how many messages the visitor wrote within a minute, this one too."""
        return self._count_since(timedelta(seconds=FLOOD_SECONDS))

    def _count_since(self, ago):
        """Return how many messages the visitor wrote in the chat in the last while."""
        author = self._visitor_partner()
        who = (
            ("author_id", "=", author.id)
            if author
            else ("author_guest_id", "!=", False)
        )
        return self.env["mail.message"].search_count(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.channel_id.id),
                ("message_type", "=", "comment"),
                ("create_date", ">=", fields.Datetime.now() - ago),
                who,
            ]
        )

    @api.model
    def _is_comment(self, message):
        comment = self.env.ref("mail.mt_comment")
        return message.message_type == "comment" and message.subtype_id == comment

    def _is_from_visitor(self, message):
        """Tell whether the visitor of this chat wrote ``message`` by hand.

        It is a list of who may be answered, not of who may not: whatever else writes
        here, now or in an addon to come, is never answered, so there are no loops.
        """
        self.ensure_one()
        if not self._is_comment(message):
            return False
        if message.author_guest_id:
            return (
                message.author_guest_id in self.channel_id.channel_member_ids.guest_id
            )
        return bool(message.author_id) and message.author_id == self._visitor_partner()

    def _is_visitor(self, partner, guest):
        """Tell whether this partner or guest is the visitor of the chat."""
        if guest:
            return guest in self.channel_id.channel_member_ids.guest_id
        return bool(partner) and partner == self._visitor_partner()

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
            and not self.env["gpt.agent"]._is_face(partner)
            and not self._is_script(partner)
        )

    @api.model
    def _is_script(self, partner):
        scripts = self.env["chatbot.script"].with_context(active_test=False)
        return bool(scripts.search_count([("operator_partner_id", "=", partner.id)]))

    def _bot_partners(self):
        root = self.env.ref("base.partner_root")
        return self.agent_id.partner_id | root

    def _messages(self):
        """Return the comments of the chat, oldest first."""
        found = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.channel_id.id),
                ("message_type", "=", "comment"),
                ("subtype_id", "=", self.env.ref("mail.mt_comment").id),
            ],
            order="id desc",
            limit=MAX_MESSAGES,
        )
        return found.sorted("id")

    def _visitor_messages(self):
        return self._messages().filtered(self._is_from_visitor)

    def _pending_messages(self):
        """Return the visitor's messages that nobody has answered yet."""
        answered = self._turns().answered
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
        body = (message.body or "").strip()
        # Odoo's function fails on a text without anything in it.
        return html2plaintext(body)[:MAX_MESSAGE_CHARS].strip() if body else ""
