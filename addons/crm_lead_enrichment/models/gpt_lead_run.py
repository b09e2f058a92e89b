# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gpt_core.engine.processes.cpu_slots import cpu_slot
from odoo.addons.gpt_core.models.gpt_request_recovery import ALIVE, BATCH, STALE
from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from .gpt_lead_chain import CHAIN_CODE

OPEN_STATES = ("queued", "running")
# Leads for which one job enqueues the jobs.
CHUNK = 500


class HistoryIsBehind(Exception):
    """Messages of a long lead are to be summed up first."""


class GptLeadRun(models.Model):
    """One enrichment of one lead: who wanted it, how far it is, what came of it.

    It is a row of its own: its state is written by jobs while people write the lead,
    and neither must make the other fail.
    """

    _name = "gpt.lead.run"
    _description = "Lead Enrichment"
    _inherit = ["gpt.consumer.mixin"]
    _order = "id desc"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True)
    user_id = fields.Many2one(
        "res.users", string="Asked By", help="Empty when it started by itself."
    )
    trigger = fields.Selection(
        selection=[
            ("create", "New lead"),
            ("change", "Changed data"),
            ("message", "New message"),
            ("button", "By hand"),
            ("batch", "Several leads"),
        ],
        required=True,
    )
    only_field = fields.Char(help="The one field that is asked for again, if it is.")
    batch_id = fields.Many2one("gpt.lead.batch", ondelete="set null", index=True)
    state = fields.Selection(
        selection=[
            ("queued", "Waiting"),
            ("running", "Working"),
            ("done", "Done"),
            ("unchanged", "Nothing new"),
            ("failed", "Failed"),
            ("limited", "Limit reached"),
            ("held", "Not enriched"),
            ("cancelled", "Cancelled"),
            ("dropped", "Not needed any more"),
        ],
        default="queued",
        required=True,
        index=True,
    )
    error_code = fields.Char(readonly=True)
    signs = fields.Char(
        readonly=True,
        help="What told that no customer wrote it: names of a mail's headers, or what "
        "was found in the form.",
    )
    text_digest = fields.Char(
        index="btree_not_null", readonly=True, help="Of what was typed into a form."
    )
    problem = fields.Char(string="Reason", compute="_compute_problem")
    request_ids = fields.One2many("gpt.request", "lead_run_id")
    request_id = fields.Many2one(
        "gpt.request", string="Ledger", compute="_compute_request_id", compute_sudo=True
    )
    cost = fields.Float(compute="_compute_cost", digits=(16, 6))
    job_uuid = fields.Char(
        index="btree_not_null", help="The job that will do it, or did it last."
    )
    fingerprint = fields.Char(help="Of what was read.")
    source_digests = fields.Json(help="Of each text that was read.")
    read_at = fields.Datetime(string="Based on Data of")
    last_message_id = fields.Integer(help="The newest message that was read.")
    has_prompt_injection = fields.Boolean(
        string="Prompt Injection",
        help="The lead contains instructions aimed at the AI; values based on them "
        "were not saved.",
    )

    @api.depends("error_code", "state", "signs")
    def _compute_problem(self):
        reasons = dict(
            self.env["gpt.request"]
            ._fields["error_code"]
            ._description_selection(self.env)
        )
        reasons |= self.env["gpt.lead.rate.limit"]._labels()
        reasons |= self.env["gpt.lead.screening"]._labels()
        for run in self:
            is_shown = run.state in ("failed", "limited", "held")
            reason = reasons.get(run.error_code) if is_shown else False
            run.problem = f"{reason} ({run.signs})" if reason and run.signs else reason

    @api.depends("request_ids")
    def _compute_request_id(self):
        for run in self:
            run.request_id = run.request_ids[:1]

    @api.depends("request_ids.cost")
    def _compute_cost(self):
        # sudo: gpt.request - what it cost, not what was said
        for run, stored in zip(self, self.sudo(), strict=True):
            run.cost = sum(stored.request_ids.mapped("cost"))

    @api.depends("lead_id", "create_date")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run.lead_id.display_name

    # Enqueueing

    @api.model
    def _open_runs(self, leads, states=("queued",)):
        """Return the runs of these leads that have not begun, or not ended, yet."""
        return self.search([("lead_id", "in", leads.ids), ("state", "in", states)])

    @api.model
    def _queue(
        self, leads, trigger, *, user=None, batch=None, delay=0, only_field=False
    ):
        """Enqueue a job for each lead; those that wait for one already share it.

        Example::

            env["gpt.lead.run"]._queue(leads, "change", delay=30)

        :param user: who asked, and waits
        :param delay: seconds in which further changes are part of the same run
        :param only_field: the one field to ask for, of leads that wait for nothing
        """
        # sudo: gpt.lead.run - written for salespeople, who may only read it
        runs = clean_superuser(self)
        leads = leads.with_env(runs.env)
        waiting = runs._open_runs(leads)
        if not user and not batch:
            limit = runs.env["gpt.lead.rate.limit"]
            leads = waiting.lead_id | limit._within_limits(leads - waiting.lead_id)
        asked = {"trigger": trigger}
        asked |= {"user_id": user.id} if user else {}
        asked |= {"batch_id": batch.id} if batch else {}
        asked |= {"only_field": only_field} if only_field else {}
        started = runs.create(
            [
                {"lead_id": lead.id, "company_id": lead._gpt_company().id, **asked}
                for lead in leads - waiting.lead_id
            ]
        )
        for run in started:
            run._enqueue(delay)
        if user or batch:
            # Somebody waits for what was to run later by itself.
            waiting.write(asked)
            for run in waiting:
                run._enqueue()
        return started | waiting

    @api.model
    def _queue_later(self, leads, trigger, user=None, batch=None):
        """Enqueue jobs that enqueue the jobs: many leads hold nobody up."""
        for start in range(0, len(leads), CHUNK):
            some = leads[start : start + CHUNK]
            delayed(
                clean_superuser(self),
                priority=10,
                description=self.env._("Enrich %s leads", len(some)),
            )._queue_job(
                some.ids, trigger, user.id if user else 0, batch.id if batch else 0
            )

    @api.model
    def _queue_job(self, lead_ids, trigger, user_id=0, batch_id=0):
        """Enqueue the jobs of these leads; the job of :meth:`_queue_later`."""
        batch = self.env["gpt.lead.batch"].browse(batch_id).exists()
        if batch_id and batch.state != "started":
            return
        leads = self.env["crm.lead"].browse(lead_ids).exists()
        user = self.env["res.users"].browse(user_id)
        self._queue(leads, trigger, user=user, batch=batch)

    def _enqueue(self, delay=0):
        """Enqueue the job of a run; one that somebody waits for goes first."""
        self.ensure_one()
        waited_for = self.trigger == "button"
        job = delayed(
            self,
            eta=delay or None,
            channel="root.gpt.interactive" if waited_for else None,
            priority=5 if waited_for else 15,
            identity_key=f"gpt-lead-run-{self.id}-{self.trigger}",
            description=self.env._("Enrich the lead %s", self.lead_id.display_name),
        )._run_job()
        self.job_uuid = job.uuid

    # The job

    def _run_job(self):
        """Enrich one lead; the job of :meth:`_queue`."""
        self._gpt_run_job("_prepare_enrichment", self.env.context.get("job_uuid"))

    def _gpt_begin(self, prepare, args, job_uuid):
        try:
            return super()._gpt_begin(prepare, args, job_uuid)
        except HistoryIsBehind:
            self.env["gpt.lead.history"]._catch_up(self)
            return super()._gpt_begin(prepare, (*args, True), job_uuid)

    def _gpt_earlier_request(self, job_uuid):
        return self.request_id

    def _gpt_company(self):
        return self.company_id

    def _gpt_asker(self):
        return self.user_id or self.lead_id.user_id or super()._gpt_asker()

    def _prepare_enrichment(self, job_uuid, caught_up=False):
        """Return what to ask for; ``None`` when there is nothing to ask.

        :param caught_up: what a long lead's prompt has no room for has been summed up
        :raises HistoryIsBehind: it has to be, before the model is asked about all of it
        """
        self.ensure_one()
        if not self._is_due(job_uuid):
            return None
        lead = self.lead_id.with_company(self.company_id)
        self.env["gpt.lead.reader"]._fetch(lead)
        if reason := lead._gpt_unwanted():
            self.write({"state": "dropped", "error_code": reason})
            return None
        # The chain, and so its fields, is that of the company that pays.
        lead = lead._gpt_localized()
        material = lead.env["gpt.lead.reader"]._material(lead)
        read = {
            "fingerprint": material.fingerprint,
            "source_digests": [source.digest for source in material.sources],
            "read_at": fields.Datetime.now(),
            "last_message_id": material.last_message_id,
            "job_uuid": job_uuid,
        }
        known = not self.only_field and self._is_known(lead, material.fingerprint)
        if not material.sources or known:
            self.write({"state": "unchanged", **read})
            return None
        # One value that is asked for again does with the summary that there is.
        is_long = any(source.kind == "summary" for source in material.sources)
        if is_long and not caught_up and not self.only_field:
            raise HistoryIsBehind
        self.write({"state": "running", "error_code": False, **read})
        chain = lead.env["gpt.lead.chain"]
        return {
            # A chain that was deleted is a failure that is shown, not a crash.
            "chain": material.version or CHAIN_CODE,
            "values": material.values,
            "record": lead,
            "payload": {"targets": chain._target_digests(lead)},
            "outputs": self.only_field
            and chain._output_names(material.version, self.only_field),
            "columns": {"lead_run_id": self.id} | self._asker_column(),
        }

    def _asker_column(self):
        """Return who asked, so that they may see what it cost."""
        return {"user_id": self.user_id.id} if self.user_id else {}

    def _is_due(self, job_uuid):
        """Tell whether this job is to do it: neither cancelled nor another's."""
        if self.state == "running":
            return self.job_uuid == job_uuid
        return self.state == "queued"

    @api.model
    def _is_known(self, lead, fingerprint):
        """Tell whether just this was read, and answered, the last time."""
        read = [("lead_id", "=", lead.id), ("state", "=", "done")]
        last = self.search([*read, ("only_field", "=", False)], limit=1)
        return bool(last) and last.fingerprint == fingerprint

    def action_cancel(self):
        """Take back what has not begun."""
        self.lead_id.check_access("write")
        # sudo: gpt.lead.run - of leads that the user may change
        self.sudo().filtered(lambda run: run.state == "queued").state = "cancelled"
        return True

    # How it ends

    @contextmanager
    def _gpt_while_finishing(self):
        # Leads come in crowds: thirty answers at once would make each as late as the
        # last, and keep the processors from everybody else meanwhile.
        with cpu_slot(self.id), super()._gpt_while_finishing():
            yield

    def _gpt_apply(self, request):
        if not self:  # of a chain that somebody ran on the lead in another way
            return
        self.ensure_one()
        self.env["gpt.lead.writer"]._apply(self, request)

    def _gpt_failed(self, request):
        self.write({"state": "failed", "error_code": request.error_code})

    def _gpt_crashed(self, *args):
        if self.state in OPEN_STATES:
            self.write({"state": "failed", "error_code": "internal"})

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
               AND NOT EXISTS (
                   SELECT FROM queue_job job
                    WHERE job.uuid = run.job_uuid AND job.state IN %s)
          ORDER BY run.id LIMIT %s
            """,
            OPEN_STATES,
            fields.Datetime.now() - STALE,
            ALIVE,
            BATCH,
        )
        self.env.cr.execute(query)
        return self.browse(row[0] for row in self.env.cr.fetchall())
