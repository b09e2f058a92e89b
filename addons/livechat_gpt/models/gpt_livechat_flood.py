# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Visitors who write faster, or more, than they may."""

from datetime import timedelta

from odoo import fields, models

from ..compat import is_open
from ..engine import chat

# A visitor who writes too fast is answered together, so many seconds later.
FLOOD_SECONDS = 60


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    def _throttle(self, message_id):
        """Put the answer off when the visitor writes too fast; tell whether it was.

        It is done in the job, as a post should not wait for the counting. Every message
        has its job, so the one that is too much is there, and it alone, to say so.
        """
        limit = self.agent_id.max_messages_minute
        recent = self._recent_count(message_id) if limit else 0
        if recent <= limit:
            return False
        if recent == limit + 1:
            self._slow_down()
        # One job a minute, however much he writes: it answers all of it.
        key = f"gpt-livechat-flood-{self.id}"
        self._delayed(FLOOD_SECONDS, key)._catch_up_job()
        return True

    def _slow_down(self):
        """Ask a visitor who writes too fast for a little patience."""
        self._lock()
        if is_open(self.channel_id) and chat.is_with_assistant(self._chat_state()):
            session = self._in_visitor_lang()
            session._post(session.agent_id._text("flood"))
            session.promised_until = fields.Datetime.now() + timedelta(
                seconds=FLOOD_SECONDS
            )

    def _is_over_limit(self):
        """Tell whether this visitor was given as many answers as there may be."""
        agent = self.agent_id
        a_day = agent.max_messages_day
        if a_day and self._count_since(timedelta(days=1)) > a_day:
            return True
        an_hour = agent.max_answers_hour
        return bool(an_hour) and self._answers_of_visitor(an_hour) >= an_hour

    def _answers_of_visitor(self, limit):
        """Return how often models were asked for this address within the hour."""
        # sudo: gpt.livechat.session - keys of addresses are the system's alone
        key = self.sudo().visitor_key
        if not key:
            return 0
        now = fields.Datetime.now()
        chats = self.sudo().search(
            [
                ("visitor_key", "=", key),
                ("channel_id.last_interest_dt", ">=", now - timedelta(days=1)),
                ("conversation_id", "!=", False),
            ]
        )
        # sudo: gpt.request - their number, not what they say
        return (
            self.env["gpt.request"]
            .sudo()
            .search_count(
                [
                    ("conversation_id", "in", chats.conversation_id.ids),
                    ("create_date", ">=", now - timedelta(hours=1)),
                    ("state", "!=", "pending"),
                ],
                limit=limit,
            )
        )

    def _recent_count(self, message_id):
        """Return how many messages the visitor wrote in the minute up to this one."""
        message = self.env["mail.message"].browse(message_id).exists()
        if not message:
            return 0
        since = message.create_date - timedelta(seconds=FLOOD_SECONDS)
        return self._count(since, [("id", "<=", message_id)])

    def _count_since(self, ago):
        """Return how many messages the visitor wrote in the chat in the last while."""
        return self._count(fields.Datetime.now() - ago)

    def _count(self, since, more=()):
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
                ("create_date", ">=", since),
                who,
                *more,
            ]
        )
