# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models
from odoo.http import request

from odoo.addons.gpt_core.engine.conversation.network import network_of

from ..compat import is_open
from ..engine import chat

# A visitor who writes too fast is answered together, so many seconds later.
THROTTLE_SECONDS = 60


class GptLivechatRateLimit(models.AbstractModel):
    """How much a visitor may write and ask: per chat, and per internet address."""

    _name = "gpt.livechat.rate.limit"
    _description = "GPT Live Chat: Rate Limits"

    # Messages per minute

    def _throttle(self, session, message_id):
        """Answer later when the visitor writes too fast; tell whether that is so.

        It is done in the job, as a post should not wait for the counting. Every message
        has its job, so the one that is too much is there, and it alone, to say so.
        """
        too_many = self._is_too_fast(session, message_id)
        if not too_many:
            return False
        if too_many == 1:
            self._say_throttled(session)
        # One job a minute, however much they write: it answers all of it.
        key = f"gpt-livechat-throttle-{session.id}"
        answering = session.env["gpt.livechat.answer.job"]
        answering._delayed(session, THROTTLE_SECONDS, key)._catch_up_job()
        return True

    def _is_too_fast(self, session, message_id):
        """Return how many messages too many the visitor wrote within the minute."""
        limit = session.agent_id.max_messages_minute
        recent = self._recent_count(session, message_id) if limit else 0
        return max(recent - limit, 0)

    def _say_throttled(self, session):
        """Tell a visitor who writes too fast that the answer comes later."""
        session._lock()
        is_open_chat = is_open(session.channel_id)
        if is_open_chat and chat.is_with_assistant(session._chat_state()):
            session = session._in_visitor_lang()
            texts = session.env["gpt.livechat.fixed.text"]
            text = texts._text(session.agent_id, "throttled")
            session.env["gpt.livechat.posting"]._post(session, text)
            session.promised_until = fields.Datetime.now() + timedelta(
                seconds=THROTTLE_SECONDS
            )

    def _recent_count(self, session, message_id):
        """Return how many messages the visitor wrote in the minute up to this one."""
        message = session.env["mail.message"].browse(message_id).exists()
        if not message:
            return 0
        since = message.create_date - timedelta(seconds=THROTTLE_SECONDS)
        return self._count(session, since, [("id", "<=", message_id)])

    def _count(self, session, since, more=()):
        """Return how many messages the visitor wrote in the chat since then."""
        author = session.channel_id._gpt_visitor_partner()
        who = (
            ("author_id", "=", author.id)
            if author
            else ("author_guest_id", "!=", False)
        )
        return session.env["mail.message"].search_count(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", session.channel_id.id),
                ("message_type", "=", "comment"),
                ("create_date", ">=", since),
                who,
                *more,
            ]
        )

    # Messages per day, and answers per hour

    def _is_over_limit(self, session):
        """Tell whether this visitor was given as many answers as there may be."""
        now = fields.Datetime.now()
        a_day = session.agent_id.max_messages_day
        if a_day and self._count(session, now - timedelta(days=1)) > a_day:
            return True
        an_hour = session.agent_id.max_answers_hour
        return bool(an_hour) and self._answers_of_visitor(session, an_hour) >= an_hour

    def _answers_of_visitor(self, session, limit):
        """Return how often models were asked for this address within the hour."""
        # sudo: gpt.livechat.session - keys of addresses are the system's alone
        sessions = session.sudo()
        key = sessions.visitor_key
        if not key:
            return 0
        now = fields.Datetime.now()
        chats = sessions.search(
            [
                ("visitor_key", "=", key),
                ("channel_id.last_interest_dt", ">=", now - timedelta(days=1)),
                ("conversation_id", "!=", False),
            ]
        )
        # sudo: gpt.request - their number, not what they say
        return (
            session.env["gpt.request"]
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

    # Chats per hour

    @api.model
    def _may_open_chat(self, agent):
        """Tell whether this visitor may open one more chat with an assistant."""
        limit = agent.max_chats_hour
        return not limit or self._chats_of_visitor() < limit

    @api.model
    def _chats_of_visitor(self):
        """Return how many chats were opened from this address within the hour."""
        key = self._visitor_key()
        if not key:
            return 0
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        # sudo: gpt.livechat.session - visitors open chats, and cannot read sessions
        sessions = self.env["gpt.livechat.session"].sudo()
        return sessions.search_count(
            [("visitor_key", "=", key), ("create_date", ">=", since)]
        )

    @api.model
    def _visitor_key(self):
        """Return what tells addresses on the internet apart, without keeping them."""
        address = request.httprequest.remote_addr if request else None
        if not address:
            return False
        # sudo: ir.config_parameter - the secret stays here
        params = self.env["ir.config_parameter"].sudo()
        secret = params.get_param("database.secret") or ""
        mac = hmac.new(secret.encode(), network_of(address).encode(), hashlib.sha256)
        return mac.hexdigest()[:32]
