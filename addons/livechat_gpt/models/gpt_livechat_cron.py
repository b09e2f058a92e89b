# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What time does to chats: people come online, patience ends, chats fall asleep."""

import logging
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.gpt_core.transaction import clean_superuser, in_own_transaction

from ..compat import closed_chats, is_open

_logger = logging.getLogger(__name__)

# An answer is overdue when its job should have been through by then.
LOST_MINUTES = 10
LOST_HOURS = 24
BATCH = 200


def _is_within(moment, minutes):
    """Tell whether ``moment`` was within the last ``minutes``."""
    return bool(moment) and moment >= fields.Datetime.now() - timedelta(minutes=minutes)


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_tend(self):
        """Pick up, apologise, answer what was lost, and close what is over."""
        for work, sessions in (
            ("_pick_up", self._to_pick_up()),
            ("_stop_waiting", self._to_stop_waiting()),
            ("_catch_up", self._to_catch_up()),
            ("_close_idle", self._to_close()),
        ):
            for session in sessions:
                session._tend(work)

    def _tend(self, work):
        """Do one thing to one session, in a transaction of its own."""

        def tend(env):
            session = self.with_env(env).exists()
            if session:
                getattr(session, work)()

        try:
            in_own_transaction(self.env, tend)
        except Exception:  # the other chats are tended all the same
            _logger.exception("gpt.livechat.session(%s): %s", self.id, work)

    def _catch_up(self):
        clean_superuser(self).with_delay(
            identity_key=f"gpt-livechat-lost-{self.id}-{self._newest_message()}",
            description=self.env._("Look for unanswered messages"),
        )._catch_up_job()

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

    @api.model
    def _to_stop_waiting(self):
        found = self.search(
            [("state", "=", "waiting"), ("person_called", "=", True)], limit=BATCH
        )
        return found.filtered(
            lambda s: (
                s.agent_id.patience_minutes
                and not _is_within(s.called_on, s.agent_id.patience_minutes)
            )
        )

    @api.model
    def _to_catch_up(self):
        """Return the chats with a message that should have been answered long ago."""
        now = fields.Datetime.now()
        oldest, newest = (
            now - timedelta(hours=LOST_HOURS),
            now - timedelta(minutes=LOST_MINUTES),
        )
        found = self.search(
            [
                ("state", "in", ["bot", "waiting"]),
                ("person_called", "=", False),
                ("channel_id.last_interest_dt", ">=", oldest),
                ("channel_id.last_interest_dt", "<", newest),
            ],
            limit=BATCH,
        )  # fmt: skip
        return found.filtered(lambda s: is_open(s.channel_id) and s._pending_messages())

    @api.model
    def _to_close(self):
        """Return the chats that are over, and those that nobody writes in any more.

        The oldest come first: what is left for the next run is the youngest.
        """
        an_hour_ago = fields.Datetime.now() - timedelta(hours=1)
        found = self.search(
            [
                ("state", "!=", "closed"),
                "|",
                *closed_chats(),
                "&",
                "&",
                ("state", "!=", "human"),
                ("agent_id.idle_hours", ">", 0),
                ("channel_id.last_interest_dt", "<", an_hour_ago),
            ],
            order="id",
            limit=BATCH,
        )
        return found.filtered(lambda s: not is_open(s.channel_id) or s._is_idle())

    def _is_idle(self):
        idle = timedelta(hours=self.agent_id.idle_hours)
        return self.channel_id.last_interest_dt < fields.Datetime.now() - idle
