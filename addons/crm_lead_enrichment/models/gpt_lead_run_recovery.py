# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs whose job was lost before it wrote a request: they must not wait for ever."""

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gpt_core.models.gpt_request_recovery import ALIVE, BATCH, STALE

from .gpt_lead_run import OPEN_STATES


class GptRequestRecovery(models.AbstractModel):
    _inherit = "gpt.request.recovery"

    @api.model
    def _cron_recover(self):
        result = super()._cron_recover()
        # sudo: gpt.lead.run - whose job is gone; a cron, of all companies
        for run in self.env["gpt.lead.run"].sudo()._abandoned():
            run.write({"state": "failed", "error_code": "interrupted"})
        return result


class GptLeadRun(models.Model):
    _inherit = "gpt.lead.run"

    @api.model
    def _abandoned(self):
        """Return old runs that wait or work, and have no job that will go on.

        The job runner gives a job up that died too often; people cancel or delete one.
        """
        self.flush_model()
        query = SQL(
            """
            SELECT run.id FROM gpt_lead_run run
             WHERE run.state IN %s AND run.write_date < %s
               AND run.id NOT IN (
                   SELECT split_part(job.identity_key, '-', 4)::int FROM queue_job job
                    WHERE job.state IN %s AND job.identity_key LIKE %s)
          ORDER BY run.id LIMIT %s
            """,
            OPEN_STATES,
            fields.Datetime.now() - STALE,
            ALIVE,
            f"{self._job_key('')}%",
            BATCH,
        )
        self.env.cr.execute(query)
        return self.browse(row[0] for row in self.env.cr.fetchall())
