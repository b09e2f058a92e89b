# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What time does to chats: people come online, patience ends, chats fall asleep."""

import logging
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.gpt_core.utils.transaction import in_own_transaction

from ..compat import closed_chats, is_open

_logger = logging.getLogger(__name__)

# What was written longer ago is not looked after any more.
LOST_HOURS = 24
BATCH = 200


def _is_within(when, minutes):
    """Tell whether ``when`` was within the last ``minutes``."""
    return bool(when) and when >= fields.Datetime.now() - timedelta(minutes=minutes)


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_process_due(self):
        """Tell every chat what time it is, and whether somebody has come online."""
        for work, sessions in (
            ("_note_closed", self._to_note_closed()),
            ("_tick", self._to_tick()),
            ("_pick_up", self._to_pick_up()),
        ):
            for session in sessions:
                session._process(work)

    def _process(self, work):
        """Do one thing to one session, in a transaction of its own."""

        def process(env):
            session = self.with_env(env).exists()
            if session:
                getattr(session, work)()

        try:
            in_own_transaction(self.env, process)
        except Exception:  # the other chats are tended all the same
            _logger.exception("gpt.livechat.session(%s): %s", self.id, work)

    def _tick(self):
        self._look_at_clock(self.env)

    @api.model
    def _to_note_closed(self):
        """Return the chats that Odoo, or the visitor, has closed."""
        domain = [("state", "!=", "closed"), *closed_chats()]
        return self.search(domain, order="id", limit=BATCH)

    @api.model
    def _to_tick(self):
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
        return self.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _to_pick_up(self):
        found = self.search(
            [("person_wanted", "=", True), ("person_called", "=", False),
             ("state", "in", ["bot", "waiting"])],
            limit=BATCH,
        )  # fmt: skip
        return found.filtered(
            lambda s: (
                is_open(s.channel_id)
                and _is_within(s.wanted_since, s.agent_id.pick_up_minutes)
            )
        )
