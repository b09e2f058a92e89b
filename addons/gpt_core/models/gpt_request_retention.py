# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long the texts of the ledger are kept, and how somebody's are erased."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .queue_job import ENDED

BATCH = 1000
# What is personal, or may be. Tokens, cost and errors stay: they are nobody's.
TEXTS = {
    "prompt": False,
    "masked_answer": False,
    "masked_data": False,
    "placeholders": False,
    "pending_values": False,
    "error_message": False,
    "payload": False,
    "masked_values": False,
    "trace": False,
    "sources": False,
}


class GptRequestRetention(models.AbstractModel):
    """Empties old texts, and erases what tells of a person."""

    _name = "gpt.request.retention"
    _description = "GPT Request Retention"

    @api.model
    def _cron_purge(self):
        """Empty the texts of requests that are older than the settings allow."""
        days = int(self.env["gpt.service"]._param("retention_days") or 0)
        if days <= 0:
            return
        before = fields.Datetime.now() - relativedelta(days=days)
        if self._purge_older(before):
            # The next batch is another run's, in a transaction of its own.
            self.env.ref("gpt_core.cron_purge")._trigger()

    @api.model
    def _erase(self, requests):
        """Delete requests and what is left of their jobs; return how many.

        An addon that keeps what stood in the answers erases it here, too.
        """
        count = len(requests)
        uuids = [uuid for uuid in requests.mapped("job_uuid") if uuid]
        jobs = self.env["queue.job"].search(
            [("uuid", "in", uuids), ("state", "in", ENDED)]
        )
        jobs.unlink()
        self.env["gpt.example"].search([("request_id", "in", requests.ids)]).unlink()
        requests.unlink()
        return count

    @api.model
    def _purge_older(self, before):
        """Empty a batch of texts from before then; return whether there may be more.

        An addon that keeps texts of its own empties them here, and calls ``super()``.
        """
        old = self.env["gpt.request"].search(
            [
                ("create_date", "<", before),
                ("state", "in", ["done", "failed"]),
                *["|"] * (len(TEXTS) - 1),
                *((name, "!=", False) for name in TEXTS),
            ],
            order="create_date",  # the order of an index, which has no others in it
            limit=BATCH,
        )
        old.write(TEXTS)
        more = [
            self.env["gpt.conversation"]._purge(before, BATCH),
            self.env["gpt.example"]._purge(before, BATCH),
            self.env["gpt.stored.answer"]._purge(before, BATCH),
            self.env["queue.job"]._gpt_purge(before, BATCH),
        ]
        return len(old) == BATCH or any(more)
