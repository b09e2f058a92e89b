# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

ENDED = ("done", "failed", "cancelled")


class QueueJob(models.Model):
    """A job, and what it asked the models."""

    _inherit = "queue.job"

    gpt_request_count = fields.Integer(
        string="GPT Requests", compute="_compute_gpt_request_count"
    )

    def _compute_gpt_request_count(self):
        # sudo: gpt.request - how many there are; who opens them sees their own
        counts = dict(
            self.env["gpt.request"]
            .sudo()
            ._read_group(
                [("job_uuid", "in", self.mapped("uuid"))], ["job_uuid"], ["__count"]
            )
        )
        for job in self:
            job.gpt_request_count = counts.get(job.uuid, 0)

    @api.model
    def _gpt_purge(self, before, limit):
        """Delete our jobs that ended before then: their names and errors hold personal
        data.

        :return: whether there may be more of them
        """
        old = self.search(
            [
                ("date_created", "<", before),
                ("state", "in", ENDED),
                "|",
                ("model_name", "=like", "gpt.%"),
                ("channel", "=like", "root.gpt%"),
            ],
            limit=limit,
        )
        old.unlink()
        return len(old) == limit

    def action_gpt_requests(self):
        """Open the requests of this job."""
        self.ensure_one()
        requests = self.env["gpt.request"].search([("job_uuid", "=", self.uuid)])
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("GPT Requests"),
            "res_model": "gpt.request",
        }
        if len(requests) == 1:
            return action | {"res_id": requests.id, "views": [[False, "form"]]}
        return action | {
            "domain": [("job_uuid", "=", self.uuid)],
            "views": [[False, "list"], [False, "form"]],
        }
