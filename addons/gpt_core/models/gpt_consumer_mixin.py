# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from functools import partial

from odoo import fields, models
from odoo.exceptions import MissingError

from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.retry_rule import may_try_again
from ..utils.transaction import (
    is_connection_lost,
    own_transaction,
    run_alone,
)


class GptConsumerMixin(models.AbstractModel):
    """What a model inherits to have its records wait for an answer in a job.

    A job's method calls :meth:`_gpt_run_job` and names the method that prepares the
    request. The three phases are those of every GPT action: prepare in a short
    transaction, ask the model in none, apply in another.
    """

    _name = "gpt.consumer.mixin"
    _description = "GPT Consumer"

    def _gpt_apply(self, request):
        """Use the answer of ``request``, which is ``done``; override to do something.

        It runs in a transaction of its own that may be repeated, and must check for
        itself that the answer is still wanted.
        """

    def _gpt_failed(self, request):
        """Do what is due when there will be no answer; silence is none."""

    def _gpt_run_job(self, prepare, *args):
        """Run one GPT action for this record, inside a job.

        An answer that was stored before, by a run of the same job that was killed, is
        not asked for again: it is only applied.

        :param prepare: name of a method of the record that returns ``chain``,
            ``values`` and perhaps ``conversation`` and ``payload`` as a dict, as
            ``gpt.service`` takes them, or ``None`` when there is nothing to ask
        :param args: its arguments
        :raises RetryableJobError: when trying again later may help
        """
        self.ensure_one()
        with run_alone(self.env):
            try:
                wait = self._gpt_run_phases(prepare, args)
            except Exception as error:
                # A fault of ours: the job fails and shows it, but nobody is left
                # waiting. Without a connection, it is run again.
                if not is_connection_lost(error):
                    self._gpt_on_crash(args)
                raise
        if wait:
            raise RetryableJobError(
                self.env._("The model gave no answer; it is asked again."),
                seconds=wait,
                ignore_retry=True,
            )

    @contextmanager
    def _gpt_while_asking(self, *args):
        """Surround the model's work, during which no cursor of ours is open.

        :param args: those of the method that prepares the request
        """
        yield

    @contextmanager
    def _gpt_while_finishing(self):
        """Surround what is done with the model's answer, before its cursor is open."""
        yield

    def _gpt_crashed(self, *args):
        """Do what is due when the job broke down; silence is no answer.

        :param args: those of the method that prepares the request
        """

    @own_transaction
    def _gpt_on_crash(self, args):
        self.exists()._gpt_crashed(*args)

    def _gpt_run_phases(self, prepare, args):
        """Prepare, ask, apply; return the seconds until the next try, if any."""
        begun = self._gpt_begin(prepare, args, self.env.context.get("job_uuid", False))
        if not begun:
            return None
        request_id, run = begun
        if not run:
            return self._gpt_finish(request_id, None)
        # The model is asked here, while no cursor of ours is open.
        with self._gpt_while_asking(*args):
            outcome = run.run()
        retry_in = outcome.error and outcome.error.retry_in
        # Kept before anything else, waiting included: it was paid for.
        self.env["gpt.request.booking"]._keep_outcome(request_id, outcome)
        with self._gpt_while_finishing():
            return self._gpt_finish(request_id, retry_in)

    @own_transaction
    def _gpt_begin(self, prepare, args, job_uuid):
        return self._gpt_request_and_run(prepare, args, job_uuid)

    def _gpt_request_and_run(self, prepare, args, job_uuid=False):
        """Return the id of the request and its run, ``None`` if nothing is asked.

        Without a run the answer is there already, and waits to be handed over.
        """
        record = self._gpt_still_there()
        if not record:
            return None
        request = record._gpt_earlier_request(job_uuid)
        if request.state == "done":
            return request.id, None
        wanted = getattr(record, prepare)(*args)
        if wanted is None:  # what an earlier try was asked for is no longer wanted
            request.filtered(lambda r: r.state == "running").state = "failed"
            return None
        company = request.company_id or record._gpt_company()
        request, run = (
            self.env["gpt.request.preparation"]
            .with_company(company)
            ._prepare(
                **({"record": record} | wanted),
                request=request,
                job_uuid=job_uuid,
                retriever=record._gpt_retriever(company),
            )
        )
        return request.id, run

    def _gpt_still_there(self):
        """Return this record, empty when it is gone.

        It is about to be read: whether it is there is seen by that, not asked before.
        """
        try:
            return self if self.create_date else self.browse()
        except MissingError:
            return self.browse()

    def _gpt_company(self):
        """Return the company that pays for this record's requests."""
        self.ensure_one()
        company = self.company_id if "company_id" in self._fields else None
        return company or self.env.company

    def _gpt_asker(self):
        """Return the user whose rights decide which documents are looked into."""
        return self.env.ref("base.public_user")

    def _gpt_readers(self):
        """Return the users who will all read the answer, ``None``: the asker alone.

        What one of them may not read is not looked into.
        """
        return None

    def _gpt_retriever(self, company):
        """Return the asker's ``Retriever``: it opens a cursor only while it looks."""
        self.ensure_one()
        asker, company_id, readers = self._gpt_asker(), company.id, self._gpt_readers()
        reader_ids = None if readers is None else tuple(readers.ids)
        service = self._gpt_service_of(asker, company_id, reader_ids)
        return service._retriever(
            partial(self._gpt_read_as, asker, company_id, reader_ids)
        )

    @own_transaction
    def _gpt_read_as(self, asker, company_id, reader_ids, work):
        return work(self._gpt_service_of(asker, company_id, reader_ids).env)

    def _gpt_service_of(self, asker, company_id, reader_ids=None):
        service = self.env["gpt.service"].with_user(asker)
        # Whoever sets this themselves is only shown less.
        readers = {} if reader_ids is None else {"gpt_reader_ids": reader_ids}
        return service.with_context(allowed_company_ids=[company_id], **readers)

    def _gpt_earlier_request(self, job_uuid):
        """Return the row of an earlier run of this very job, empty for the first."""
        return self.env["gpt.request"].search(
            [
                ("job_uuid", "=", job_uuid or ""),
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
            ],
            limit=1,
        )

    @own_transaction
    def _gpt_finish(self, request_id, retry_in):
        request = self.env["gpt.request"].browse(request_id)
        return self._gpt_hand_over(request, retry_in)

    def _gpt_hand_over(self, request, retry_in):
        """Hand over the result; return the seconds to wait when it is tried again.

        :param retry_in: seconds after which trying again may help, if it may
        """
        record = self._gpt_still_there()
        if request.state == "done":
            if record and not request.applied_at:
                record._gpt_apply(request)
                request.applied_at = fields.Datetime.now()
            return None
        if retry_in and may_try_again(request.attempts):
            return retry_in
        if record:
            record._gpt_failed(request)
        return None
