# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the state machine is told of time: how long who has been waiting for whom.

Three look at the clock: the cron, every minute, whether or not there is a job runner;
the job that asks a model, when that takes too long; and the same job when it is to try
again later.
"""

import math

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.gpt_core.engine.text.small_talk import is_small_talk

from .. import compat
from ..engine import chat

ANSWERING = ("_answer_job", "_catch_up_job")
ALIVE = ("wait_dependencies", "pending", "enqueued", "started")


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    def _look_at_clock(self, env, ahead=0):
        """Tell the machine what time it is.

        :param ahead: seconds that will pass before an answer can come
        """
        session = self.with_env(env).exists()
        if not session or session.state == "closed":
            return
        session._lock()
        if not compat.is_open(session.channel_id):
            session._handle_event(chat.ChatClosed())
            return
        session = session._in_visitor_lang()
        session._pass_on_if_gone()
        session._handle_event(session._time(ahead))

    def _time(self, ahead=0):
        """Return what the clock shows, as an event of the machine."""
        now = fields.Datetime.now()
        waiting = self._waiting_messages()
        ages = self._ages(waiting, now)
        return chat.Tick(
            message=waiting[-1:].id or 0,
            newest=min(ages, default=0) + ahead,
            oldest=max(ages, default=0) + ahead,
            assigned=(now - self.assigned_since).total_seconds(),
            offline=self._people_offline_seconds(),
            idle=(now - self.channel_id.last_interest_dt).total_seconds(),
            has_job=self._is_with_person() or not waiting or self._has_job(),
            timeouts=self.agent_id._timeouts(),
        )

    def _seconds_left(self):
        """Return how long the visitor waits before they are told something else.

        ``None``: for ever, or they were told already.
        """
        limit = self.agent_id._timeouts().answer
        waiting = self._waiting_messages()
        if not limit or not waiting or waiting[-1].id <= self.late_message_id:
            return None
        ages = self._ages(waiting, fields.Datetime.now())
        return min(limit - min(ages), 2 * limit - max(ages))

    def _waiting_messages(self):
        """Return the visitor's messages that somebody is to answer."""
        waiting = self._pending_messages()
        if not self._is_with_person():
            return waiting
        texts = [self._message_text(message) for message in waiting if message.body]
        # Nobody is called because of a "thank you".
        if all(map(is_small_talk, texts)):
            return waiting.filtered("attachment_ids")
        return waiting

    def _ages(self, messages, now):
        """Return for how many seconds each message has been waiting for an answer.

        Whoever has just come has as long as anybody.
        """
        begun = [self.assigned_since]
        if self.promised_until and not self._is_with_person():
            begun.append(self.promised_until)
        return [
            (now - max([*begun, message.create_date])).total_seconds()
            for message in messages
        ]

    def _has_job(self):
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
                self._name,
                ANSWERING,
                ALIVE,
                self.id,
            )
        )
        return bool(self.env.cr.fetchone())

    # Presence

    def _offline_seconds(self, partner):
        """Return how long an employee has been offline, 0 if they are online.

        Odoo keeps one row per user, and deletes those that are half a day old.
        """
        # sudo: bus.presence, mail.presence - of who has the chat, for the machine
        presences = self.env[compat.PRESENCE_MODEL].sudo()
        rows = presences.search([("user_id", "in", partner.user_ids.ids)])
        if not all(row.offline_since for row in rows):
            return 0
        since = max(rows.mapped("offline_since"), default=None)
        if not since:
            return math.inf
        # A second more: who left just now is offline, too.
        return (fields.Datetime.now() - since).total_seconds() + 1

    def _people_offline_seconds(self):
        """Return since when nobody who could answer in the chat has been there."""
        people = self._people_here() if self._is_with_person() else None
        if not people:
            return 0
        offline = min(self._offline_seconds(partner) for partner in people)
        # Whoever wrote was there, whatever their browser says.
        written = self._messages().filtered(lambda m: m.author_id in people)
        seen = max([*written[-1:].mapped("create_date"), self.assigned_since])
        here = (fields.Datetime.now() - seen).total_seconds()
        return min(offline, here)

    def _pass_on_if_gone(self):
        """Make the chat that of a colleague who is in it, when its person is gone."""
        partner = self.operator_id.partner_id
        limit = self.agent_id.offline_timeout
        if not limit or not partner or not self._is_with_person():
            return
        others = (self._people_here() - partner).filtered(
            lambda other: not self._offline_seconds(other)
        )
        if others and self._offline_seconds(partner) >= limit:
            self._pass_on_to(others)
