# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How a request and its job come about."""

from odoo import api, models
from odoo.exceptions import UserError

from ..engine.digest import digest
from ..utils.enqueue import delayed
from ..utils.transaction import clean_superuser

# Of the channels of queue_job, those that our jobs may be put into.
OUR_CHANNELS = "root.gpt."
# In these a job has not begun, and one of the same identity is not made.
NOT_BEGUN = ("wait_dependencies", "pending", "enqueued")


class GptRequestQueue(models.AbstractModel):
    """Makes the requests that a job asks, and finds those that wait for theirs."""

    _name = "gpt.request.queue"
    _description = "GPT Request Queue"

    @api.model
    def _delay(self, version, values, *, options, **row):
        """Write the row of a request and enqueue its job; return the request.

        :param options: of the job
        :param row: further values of the row, and what ``_write_row`` takes
        """
        service = self.env["gpt.service"]
        request = self.env["gpt.request.preparation"]._write_row(
            version, pending_values=service._plain_values(values), **row
        )
        self._enqueue(request, **options)
        return request

    @api.model
    def _retry(self, requests):
        """Ask again what failed, each in a job."""
        for request in requests:
            # sudo: gpt.request - the ledger is written for users who may only read it
            request.sudo().write({"state": "pending", "attempts": 0})
            self._enqueue(request)

    @api.model
    def _enqueue(self, request, **options):
        """Enqueue a job that runs a delayed request; the parameters are the job's."""
        request = clean_superuser(request)
        options["description"] = options.get("description") or request.chain_id.name
        request.job_uuid = delayed(request, **options)._complete_job().uuid

    @api.model
    def _delay_trial(
        self, version, values, *, purpose, record=None, channel=None, description=None
    ):
        """Run a version that need not be published, in a job; return its request.

        :param purpose: as ``gpt.request.purpose``: it marks the row in the ledger
        """
        service = self.env["gpt.service"]
        service._check_caller()
        service._check_values(version._spec(), values)
        request = self._delay(
            version,
            values,
            record=record,
            purpose=purpose,
            options={"channel": channel, "description": description},
        )
        return request.sudo(self.env.su)

    @api.model
    def _check_channel(self, channel):
        """Refuse channels that are for other jobs than ours."""
        if channel is None:
            return
        # sudo: queue.job.channel - their names, for whoever asks
        channels = self.env["queue.job.channel"].sudo()
        ours = channels.search([("complete_name", "=like", f"{OUR_CHANNELS}%")])
        names = ours.mapped("complete_name")
        if channel not in names:
            raise UserError(
                self.env._(
                    "%(channel)s is no channel for requests. There are: %(names)s.",
                    channel=channel,
                    names=", ".join(sorted(names)),
                )
            )

    @api.model
    def _identity(self, version, record, conversation, key):
        """Return the identity of a job: a key means something to its user only."""
        parts = [
            self.env.company.id,
            self.env.uid,
            version._chain_id(),
            [record._name, record.id] if record else [],
            conversation.id if conversation else 0,
            str(key),
        ]
        return f"gpt-request-{digest(*parts)}"

    @api.model
    def _waiting(self, identity_key):
        """Return the request whose job of this identity has not begun, if any."""
        # sudo: queue.job, gpt.request - the identity names the user who asks
        job = (
            self.env["queue.job"]
            .sudo()
            .search(
                [("identity_key", "=", identity_key), ("state", "in", NOT_BEGUN)],
                limit=1,
            )
        )
        ledger = self.env["gpt.request"].sudo()
        if not job:
            return ledger
        request = ledger.search([("job_uuid", "=", job.uuid)], limit=1)
        if not request:
            # Its row was deleted: the job has nothing to do, and stands in the way.
            job.button_cancelled()
        return request
