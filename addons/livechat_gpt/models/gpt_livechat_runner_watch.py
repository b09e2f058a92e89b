# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from odoo.addons.gpt_core.compat import users_of

from .gpt_livechat_clock import ANSWERING

_logger = logging.getLogger(__name__)

# A runner that is alive gives a job out within a second or two. With the minute after
# which the cron looks again, a runner that is down is found within 90 seconds.
SILENT_SECONDS = 25
DOWN_SINCE = "livechat_gpt.job_runner_down_since"

_STARTED = """
    SELECT held.id FROM queue_job_lock held
      JOIN queue_job job ON job.id = held.queue_job_id
     WHERE job.state = 'started'
"""


class GptLivechatRunnerWatch(models.AbstractModel):
    """Sees without the job runner that it is down, and tells the administrators.

    What the visitors read meanwhile is decided by the state machine, as whenever an
    answer takes too long.
    """

    _name = "gpt.livechat.runner.watch"
    _description = "GPT Live Chat: Watch over the Job Runner"

    @api.model
    def _look(self):
        """Tell the administrators, once, when nobody gives out the jobs of chats."""
        # sudo: ir.config_parameter - kept for the next look
        params = self.env["ir.config_parameter"].sudo()
        known = params.get_param(DOWN_SINCE)
        sessions, since = self._left_waiting()
        if sessions and not known:
            params.set_param(DOWN_SINCE, fields.Datetime.to_string(since))
            _logger.warning("The job runner is down: %s chats wait", len(sessions))
            for manager in self._managers(sessions):
                self._notify(manager, sessions, since)
        elif known and not sessions:
            params.set_param(DOWN_SINCE, False)
            _logger.info("The job runner gives out jobs again")

    @api.model
    def _left_waiting(self):
        """Return the chats whose jobs nobody gives out, and since when.

        Jobs that wait because others are being run are not among them.
        """
        now = fields.Datetime.now()
        self.env["queue.job"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT (job.records #>> '{}')::jsonb -> 'ids' -> 0,
                       greatest(job.date_created, job.eta)
                  FROM queue_job job
                 WHERE job.model_name = 'gpt.livechat.session'
                   AND job.method_name IN %(methods)s
                   AND job.state = 'pending'
                   AND greatest(job.date_created, job.eta) < %(silent)s
                   AND NOT EXISTS (
                       SELECT FROM queue_job WHERE date_enqueued >= %(silent)s)
                """,
                methods=ANSWERING,
                silent=now - timedelta(seconds=SILENT_SECONDS),
            )
        )
        rows = self.env.cr.fetchall()
        if not rows or self._is_a_job_run():
            return self.env["gpt.livechat.session"], None
        sessions = self.env["gpt.livechat.session"].browse({row[0] for row in rows})
        return sessions.exists(), min(row[1] for row in rows)

    @api.model
    def _is_a_job_run(self):
        """Tell whether a worker runs a job now: it holds the lock of the job's row.

        It is asked when none was given out of late, so none is just about to lock it.
        """
        self.env.cr.execute(_STARTED)
        all_ids = self.env.cr.fetchall()
        # Those that nobody works on are left of a server that was killed.
        self.env.cr.execute(SQL("%s FOR SHARE OF held SKIP LOCKED", SQL(_STARTED)))
        return len(all_ids) > len(self.env.cr.fetchall())

    @api.model
    def _managers(self, sessions):
        """Return the GPT managers of the chats' companies, else the administrators."""
        managers = self.env["res.users"]
        for company in sessions.company_id:
            managers |= company._gpt_managers()
        # sudo: res.users - who is told
        return managers or users_of(self.env.ref("base.group_system").sudo())

    @api.model
    def _notify(self, user, sessions, since):
        partner = user.partner_id
        env = self.with_context(lang=partner.lang or self.env.lang).env
        what = env._(
            "%(count)s chats of the website have been waiting for an answer since "
            "%(time)s: the jobs that ask the model are not run. The visitors were told "
            "that it takes longer.",
            count=len(sessions),
            time=format_datetime(env, since, tz=partner.tz),
        )
        todo = env._(
            "Start the job runner of queue_job with the server: its configuration file "
            "needs queue_job among server_wide_modules, and the server a restart. The "
            "answers come as soon as it runs."
        )
        link = Markup('<a href="%s">%s</a>') % (
            f"{sessions[0].get_base_url()}/odoo/gpt.livechat.session/{sessions[0].id}",
            env._("Open the chat that has waited longest"),
        )
        env["mail.thread"].message_notify(
            partner_ids=partner.ids,
            subject=env._("The job runner is down: visitors get no answers"),
            body=Markup("<p>%s</p><p>%s</p><p>%s</p>") % (what, todo, link),
            email_layout_xmlid="mail.mail_notification_light",
        )
