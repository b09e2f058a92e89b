# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a killed server left behind."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 200
# Longer than any call takes, and than a dead job stays unnoticed.
STALE = timedelta(hours=1)
ALIVE = ("wait_dependencies", "pending", "enqueued", "started")


class GptRequestRecovery(models.AbstractModel):
    """Ends requests whose job is gone, so that nobody waits for ever."""

    _name = "gpt.request.recovery"
    _description = "GPT Request Recovery"

    @api.model
    def _cron_recover(self):
        """End the requests that nothing works on any more, and tell who waits."""
        for request in self._abandoned():
            request.write({"state": "failed", "error_code": "interrupted"})
            self.env["gpt.reservation"]._release(request)
            request._gpt_failed(request)

    @api.model
    def _abandoned(self):
        """Return old requests that wait or run, and have no job that will go on."""
        requests = self.env["gpt.request"]
        requests.flush_model()
        query = SQL(
            """
            SELECT r.id FROM gpt_request r
             WHERE r.state IN ('pending', 'running') AND r.write_date < %s
               AND NOT EXISTS (
                   SELECT FROM queue_job j WHERE j.uuid = r.job_uuid AND j.state IN %s)
          ORDER BY r.id LIMIT %s
            """,
            fields.Datetime.now() - STALE,
            ALIVE,
            BATCH,
        )
        self.env.cr.execute(query)
        return requests.browse(row[0] for row in self.env.cr.fetchall())
