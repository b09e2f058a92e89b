# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gpt_core.engine.text.small_talk import is_small_talk

from .. import compat
from ..engine import chat

_logger = logging.getLogger(__name__)

ANSWERING = ("_answer_job", "_catch_up_job")
ALIVE = ("wait_dependencies", "pending", "enqueued", "started")
# What was written longer ago is not looked after any more.
LOST_HOURS = 24
BATCH = 200


def _is_within(when, minutes):
    """Tell whether ``when`` was within the last ``minutes``."""
    return bool(when) and when >= fields.Datetime.now() - timedelta(minutes=minutes)


class GptLivechatClock(models.AbstractModel):
    """What the state machine is told of time: how long who has been waiting for whom.

    Three look at the clock: the cron, every minute, whether or not there is a job
    runner; the job that asks a model, when that takes too long; and the same job when
    it is to try again later.
    """

    _name = "gpt.livechat.clock"
    _description = "GPT Live Chat: Timeouts"

    def _tick(self, session, ahead=0):
        """Tell the machine what time it is.

        :param ahead: seconds that will pass before an answer can come
        """
        if session.state == "closed":
            return
        session._lock()
        if not compat.is_open(session.channel_id):
            session._handle_event(chat.ChatClosed())
            return
        session = session._in_visitor_lang()
        self._reassign_if_gone(session)
        session._handle_event(self._event(session, ahead))

    def _event(self, session, ahead=0):
        """Return what the clock shows, as an event of the machine."""
        now = fields.Datetime.now()
        waiting = self._waiting_messages(session)
        ages = self._ages(session, waiting, now)
        has_job = session._is_with_person() or not waiting or self._has_job(session)
        return chat.Tick(
            message=waiting[-1:].id or 0,
            newest=min(ages, default=0) + ahead,
            oldest=max(ages, default=0) + ahead,
            assigned=(now - session.assigned_since).total_seconds(),
            offline=self._employees_offline_seconds(session),
            idle=(now - session.channel_id.last_interest_dt).total_seconds(),
            has_job=has_job,
            timeouts=session.agent_id._timeouts(),
        )

    def _time_left(self, session):
        """Return how many seconds the visitor waits before hearing something else.

        ``None``: for ever, or they were told already.
        """
        limit = session.agent_id._timeouts().answer
        waiting = self._waiting_messages(session)
        if not limit or not waiting or waiting[-1].id <= session.late_message_id:
            return None
        ages = self._ages(session, waiting, fields.Datetime.now())
        return min(limit - min(ages), 2 * limit - max(ages))

    def _waiting_messages(self, session):
        """Return the visitor's messages that somebody is to answer."""
        waiting = session._pending_messages()
        if not session._is_with_person():
            return waiting
        texts = [message._gpt_text() for message in waiting if message.body]
        # Nobody is called because of a "thank you".
        if all(map(is_small_talk, texts)):
            return waiting.filtered("attachment_ids")
        return waiting

    def _ages(self, session, messages, now):
        """Return for how many seconds each message has been waiting for an answer.

        Whoever has just come has as long as anybody.
        """
        begun = [session.assigned_since]
        if session.promised_until and not session._is_with_person():
            begun.append(session.promised_until)
        return [
            (now - max([*begun, message.create_date])).total_seconds()
            for message in messages
        ]

    def _has_job(self, session):
        """Tell whether a job is there for the visitor's messages, or will be run."""
        # The column holds JSON in a JSON string.
        self.env["queue.job"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT 1 FROM queue_job
                 WHERE model_name = %s AND method_name IN %s AND state IN %s
                   AND (records #>> '{}')::jsonb -> 'ids' @> to_jsonb(%s)
                 LIMIT 1
                """,
                session._name,
                ANSWERING,
                ALIVE,
                session.id,
            )
        )
        return bool(self.env.cr.fetchone())

    # Who is there

    def _employees_offline_seconds(self, session):
        """Return since when nobody who could answer in the chat has been there."""
        channel = session.channel_id
        people = channel._gpt_employees() if session._is_with_person() else None
        if not people:
            return 0
        offline = min(partner._gpt_offline_seconds() for partner in people)
        # Whoever wrote was there, whatever their browser says.
        written = channel._gpt_messages().filtered(lambda m: m.author_id in people)
        seen = max([*written[-1:].mapped("create_date"), session.assigned_since])
        here = (fields.Datetime.now() - seen).total_seconds()
        return min(offline, here)

    def _reassign_if_gone(self, session):
        """Make the chat that of a colleague who is in it, when its person is gone."""
        partner = session.operator_id.partner_id
        limit = session.agent_id.offline_timeout
        if not limit or not partner or not session._is_with_person():
            return
        others = (session.channel_id._gpt_employees() - partner).filtered(
            lambda other: not other._gpt_offline_seconds()
        )
        if others and partner._gpt_offline_seconds() >= limit:
            session.env["gpt.livechat.handoff"]._reassign_to(session, others)

    # The cron

    @api.model
    def _process_due(self):
        """Do what is due in each chat, in a transaction of its own."""
        for service, method, sessions in (
            ("gpt.livechat.handoff", "_note_closed", self._due_to_close()),
            ("gpt.livechat.clock", "_tick", self._due_to_tick()),
            ("gpt.livechat.handoff", "_pick_up", self._due_to_pick_up()),
        ):
            for session in sessions:
                try:
                    session._in_own_transaction(service, method)
                except Exception:  # the other chats are processed all the same
                    _logger.exception("%s: %s.%s", session, service, method)

    @api.model
    def _due_to_close(self):
        """Return the chats that Odoo, or the visitor, has closed."""
        domain = [("state", "!=", "closed"), *compat.closed_chats()]
        sessions = self.env["gpt.livechat.session"]
        return sessions.search(domain, order="id", limit=BATCH)

    @api.model
    def _due_to_tick(self):
        """Return the chats in which somebody may wait, and those that are idle.

        Where the assistant has the last word, nobody does.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT s.id
              FROM gpt_livechat_session s
              JOIN discuss_channel c ON c.id = s.channel_id
              JOIN gpt_agent a ON a.id = s.agent_id
             WHERE s.state <> 'closed' AND (
                   a.idle_hours > 0 AND c.last_interest_dt
                   < %(now)s - a.idle_hours * interval '1 hour'
                OR s.state = 'human' AND c.last_interest_dt > %(oldest)s
                OR s.person_called
                OR c.last_interest_dt > %(oldest)s AND EXISTS (
                   SELECT FROM mail_message m
                    WHERE m.model = 'discuss.channel' AND m.res_id = c.id
                      AND m.message_type = 'comment'
                      AND m.id > coalesce(s.answered_message_id, 0)
                      AND m.author_id IS DISTINCT FROM a.partner_id))
          ORDER BY s.id
            """,
            {
                "now": fields.Datetime.now(),
                "oldest": fields.Datetime.now() - timedelta(hours=LOST_HOURS),
            },
        )
        found = [row[0] for row in self.env.cr.fetchall()]
        return self.env["gpt.livechat.session"].browse(found)

    @api.model
    def _due_to_pick_up(self):
        """Return the chats whose visitor wanted a person, and found nobody."""
        found = self.env["gpt.livechat.session"].search(
            [("person_wanted", "=", True), ("person_called", "=", False),
             ("state", "in", ["bot", "waiting"])],
            limit=BATCH,
        )  # fmt: skip
        return found.filtered(
            lambda s: (
                compat.is_open(s.channel_id)
                and _is_within(s.wanted_since, s.agent_id.pick_up_minutes)
            )
        )
