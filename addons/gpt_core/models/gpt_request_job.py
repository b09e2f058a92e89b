# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class GptRequest(models.Model):
    """The request and its job, linked both ways."""

    _inherit = "gpt.request"

    has_job = fields.Boolean(compute="_compute_has_job")

    @api.depends("job_uuid")
    def _compute_has_job(self):
        # sudo: queue.job - whether the job is still kept; done ones are deleted in time
        jobs = self.env["queue.job"].sudo()
        uuids = [uuid for uuid in self.mapped("job_uuid") if uuid]
        kept = set(jobs.search([("uuid", "in", uuids)]).mapped("uuid"))
        for request in self:
            request.has_job = request.job_uuid in kept

    def action_open_job(self):
        """Open the queue job that asks, or asked, this request."""
        self.ensure_one()
        job = self.env["queue.job"].search([("uuid", "=", self.job_uuid)], limit=1)
        return {
            "type": "ir.actions.act_window",
            "res_model": job._name,
            "res_id": job.id,
            "views": [[False, "form"]],
        }
