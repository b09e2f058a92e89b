# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.digest import digest
from ..utils.ledger_indexes import create_indexes
from .gpt_request_error import ERROR_LABELS
from .gpt_request_retention import TEXTS

# Where a transaction notes how many rows it adds.
CREATED = "gpt.request.created"


class GptRequest(models.Model):
    """The ledger: one row per GPT action, whoever asked and however it ended."""

    _name = "gpt.request"
    _description = "GPT Request"
    _inherit = ["gpt.consumer.mixin"]
    _order = "id desc"

    purpose = fields.Selection(
        selection=[
            ("live", "In use"),
            ("trial", "Manual test"),
            ("case", "Case of a chain"),
        ],
        default="live",
        required=True,
        index=True,
    )
    chain_version_id = fields.Many2one(
        "gpt.chain.version", string="Chain", ondelete="set null", index=True
    )
    chain_id = fields.Many2one(
        "gpt.chain",
        string="Chain (any version)",
        compute="_compute_chain_id",
        store=True,
        precompute=True,
    )
    keeps_cases = fields.Boolean(related="chain_id.keeps_cases")
    model_id = fields.Many2one(
        "gpt.model",
        ondelete="set null",
        help="The model that answered; before there is an answer, the one to be asked.",
    )
    answered_model = fields.Char(
        string="Answered By",
        readonly=True,
        copy=False,
        help="The name that the server gave to the model that answered.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users", string="Asked By", default=lambda self: self.env.user
    )
    conversation_id = fields.Many2one(
        "gpt.conversation", ondelete="cascade", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index="btree_not_null", ondelete="set null"
    )
    res_model = fields.Char(string="Record Model")
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", index=True
    )
    fingerprint = fields.Char(copy=False, help="Of what was asked, and about what.")
    # Inputs of an action that waits for its job; emptied when it has run.
    pending_values = fields.Json(groups="base.group_system", copy=False, prefetch=False)
    can_retry = fields.Boolean(compute="_compute_can_retry")
    payload = fields.Json(help="What the record keeps for when the answer comes.")
    action_id = fields.Many2one(
        "ir.actions.server",
        string="Server Action",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="gpt_core.group_gpt_manager",
        help="The action that asked.",
    )
    job_uuid = fields.Char(string="Job", index="btree_not_null", copy=False)
    has_job = fields.Boolean(compute="_compute_has_job")
    state = fields.Selection(
        selection=[
            ("pending", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        default="pending",
        required=True,
        index=True,
    )
    error_code = fields.Selection(selection=ERROR_LABELS, string="Error")
    error_message = fields.Text(
        string="Error Details", groups="gpt_core.group_gpt_manager"
    )
    error_advice = fields.Char(string="What to Do", compute="_compute_error_advice")
    attempts = fields.Integer(help="How often the action was tried.")
    provider_calls = fields.Integer(
        string="Calls of the Provider",
        help="Over HTTP, and however they ended. Further tries are among them.",
    )
    unanswered_calls = fields.Integer(
        string="Calls Without an Answer",
        help="Calls of the provider that took too long, or whose connection broke. It "
        "may have worked on them all the same.",
    )
    possible_cost = fields.Float(
        string="Possible Cost (USD)",
        digits=(16, 6),
        help="What the calls without an answer may cost at most, estimated: the "
        "provider did not say. It is no part of the cost; budgets count it.",
    )
    applied_at = fields.Datetime(
        string="Applied On", help="When the answer reached whoever waited for it."
    )
    # What customers wrote, masked, and our own prompts: not for every employee.
    prompt = fields.Text(groups="gpt_core.group_gpt_manager", prefetch=False)
    # The inputs as the prompts got them: masked. A case can be made of them.
    masked_values = fields.Json(
        groups="gpt_core.group_gpt_manager", copy=False, prefetch=False
    )
    # Calls and passages, one by one; kept of what was tried, masked like the prompt.
    trace = fields.Json(groups="gpt_core.group_gpt_manager", copy=False, prefetch=False)
    # What left Odoo and what came back is kept masked. People see it restored.
    masked_answer = fields.Text(groups="gpt_core.group_gpt_manager")
    masked_data = fields.Json(groups="gpt_core.group_gpt_manager")
    placeholders = fields.Json(groups="base.group_system")
    max_chars = fields.Integer(string="Longest Answer (characters)")
    answer = fields.Text(compute="_compute_answer", search="_search_answer")
    data = fields.Json(string="Structured Answer", compute="_compute_answer")
    sources = fields.Json(
        help="The passages that were found, in the order of their marks [1], [2]…, and "
        "which of them the answer rests on."
    )
    # Ids: an example may be gone when its answer is booked.
    shown_examples = fields.Json(
        groups="gpt_core.group_gpt_manager", copy=False, prefetch=False
    )
    shown_example_ids = fields.Many2many(
        "gpt.example",
        string="Examples Shown",
        compute="_compute_shown_example_ids",
        groups="gpt_core.group_gpt_manager",
        help="The approved examples that the model was shown before it answered.",
    )
    input_tokens = fields.Integer()
    cached_tokens = fields.Integer(help="Part of the input tokens.")
    cache_write_tokens = fields.Integer(
        help="Part of the input tokens: what the provider keeps for the next request."
    )
    output_tokens = fields.Integer()
    reasoning_tokens = fields.Integer(help="Part of the output tokens.")
    total_tokens = fields.Integer(
        compute="_compute_total_tokens", store=True, precompute=True
    )
    is_estimated = fields.Boolean(
        string="Tokens Estimated",
        help="The provider did not say how many tokens it took: they were estimated "
        "from the length of the texts, and so was the cost.",
    )
    cost = fields.Float(string="Cost (USD)", digits=(16, 6))
    price_cost = fields.Float(
        string="Cost in the Price's Currency",
        digits=(16, 6),
        readonly=True,
        help="Of the calls whose prices are in that currency.",
    )
    price_currency_id = fields.Many2one(
        "res.currency", readonly=True, ondelete="set null"
    )
    duration_ms = fields.Integer(string="Duration, average (ms)", aggregator="avg")
    # Of one request it is its duration; of many, what 95 of 100 did not exceed.
    duration_p95 = fields.Integer(
        string="Duration, 95th percentile (ms)",
        related="duration_ms",
        store=True,
        precompute=True,
        aggregator="max",
    )

    @api.depends("chain_version_id")
    def _compute_chain_id(self):
        for request in self:
            version = request.chain_version_id
            request.chain_id = version._chain_id() if version else False

    @api.depends("chain_version_id")
    def _compute_display_name(self):
        for request in self:
            # sudo: gpt.chain.version - the name of a chain, not its prompts
            chain = request.sudo().chain_version_id.display_name
            request.display_name = f"#{request.id} {chain or ''}".strip()

    @api.depends("shown_examples")
    def _compute_shown_example_ids(self):
        for request in self:
            shown = self.env["gpt.example"].browse(request.shown_examples or [])
            request.shown_example_ids = shown.exists()

    @api.depends("state", "pending_values")
    def _compute_can_retry(self):
        # sudo: gpt.request - whether there are inputs, not which
        for request, stored in zip(self, self.sudo(), strict=True):
            request.can_retry = (
                stored.state == "failed" and stored.pending_values is not False
            )

    @api.depends("job_uuid")
    def _compute_has_job(self):
        # sudo: queue.job - whether the job is still kept; done ones are deleted in time
        jobs = self.env["queue.job"].sudo()
        uuids = [uuid for uuid in self.mapped("job_uuid") if uuid]
        kept = set(jobs.search([("uuid", "in", uuids)]).mapped("uuid"))
        for request in self:
            request.has_job = request.job_uuid in kept

    @api.depends("error_code")
    @api.depends_context("lang")
    def _compute_error_advice(self):
        advice = self.env["gpt.request.error"]._advice()
        for request in self:
            request.error_advice = advice.get(request.error_code, False)

    @api.depends("input_tokens", "output_tokens")
    def _compute_total_tokens(self):
        for request in self:
            request.total_tokens = request.input_tokens + request.output_tokens

    @api.depends("masked_answer", "masked_data", "placeholders", "max_chars")
    def _compute_answer(self):
        from ..engine.privacy.masking import Masker
        from ..engine.text.length import cut_at_sentence

        # sudo: gpt.request - whoever may read the row may read its answer
        for request, stored in zip(self, self.sudo(), strict=True):
            masker = Masker(stored.placeholders)
            answer = masker.restore(stored.masked_answer or "")
            request.answer = cut_at_sentence(answer, stored.max_chars) or False
            request.data = masker.restore(stored.masked_data)

    @api.model
    def _search_answer(self, operator, value):
        # sudo: gpt.request - the rules still say of which rows
        found = self.sudo()._search([("masked_answer", operator, value)])
        return [("id", "in", found)]

    def init(self):
        create_indexes(self, TEXTS)

    @api.model_create_multi
    def create(self, vals_list):
        data = self.env.cr.precommit.data
        data[CREATED] = data.get(CREATED, 0) + len(vals_list)
        return super().create(vals_list)

    @api.model
    def _created_in_transaction(self):
        """Return how many rows this transaction has added, or tried to."""
        return self.env.cr.precommit.data.get(CREATED, 0)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec.partition(":")[0] != "duration_p95":
            return super()._read_group_select(aggregate_spec, query)
        column = self._field_to_sql(self._table, "duration_p95", query)
        return SQL(
            "CAST(PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY %s) AS integer)", column
        )

    @api.model
    def _fingerprint(self, values, record, version):
        """Return what two requests share when one is another try of the other."""
        about = [record._name, record.id] if record else []
        chain = version.id if version else None
        return digest(values, about, chain, self.env.uid)

    def _record(self):
        """Return the record that the request is about; empty when it is gone."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return self.browse()
        return self.env[self.res_model].browse(self.res_id).exists()

    def _cited_sources(self):
        """Return the passages that the answer rests on, by their numbers."""
        self.ensure_one()
        return {
            number: source
            for number, source in enumerate(self.sources or [], 1)
            if source.get("cited")
        }

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

    def action_correct(self):
        """Open the answer, to write the one that would have been right."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the Answer"),
            "res_model": "gpt.request.correction",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def action_propose_examples(self):
        """Propose the answers of these requests as examples, and show them."""
        self.check_access("read")
        return self.env["gpt.example.source"]._propose_chosen(self)

    def action_add_case(self):
        """Open a new case of the chain, with the values of this request."""
        self.ensure_one()
        self.check_access("read")
        # sudo: gpt.request - the values are masked, and the rule of the case decides
        # who may read them
        values = self.sudo().masked_values or {}
        return self.chain_id._new_case(values, self)

    # A delayed request is its own consumer; ``gpt.request.delivery`` hands it over.

    def _complete_job(self):
        """Run a delayed request; the job of ``gpt.service.delay_complete``."""
        self._gpt_run_job("_prepare_delayed")

    def action_retry(self):
        """Ask again what failed, in a job."""
        self.check_access("read")
        self.env["gpt.request.queue"]._retry(self.filtered("can_retry"))
        return True

    def _gpt_earlier_request(self, job_uuid):
        return self

    def _gpt_asker(self):
        return self.user_id

    def _prepare_delayed(self):
        return self.env["gpt.request.delivery"]._to_ask(self)

    def _gpt_hand_over(self, request, retry_in):
        # Whoever tries a chain manually sees the error now, and asks again themselves.
        if request.purpose == "trial":
            retry_in = None
        return super()._gpt_hand_over(request, retry_in)

    def _gpt_apply(self, request):
        self.env["gpt.request.delivery"]._apply(request)

    def _gpt_failed(self, request):
        self.env["gpt.request.delivery"]._fail(request)

    def _gpt_crashed(self, *args):
        result = super()._gpt_crashed(*args)
        # Whoever looks at the trial, or waits for the case, sees that it is over.
        if self.purpose != "live" and self.state in ("pending", "running"):
            self.write({"state": "failed", "error_code": "internal"})
            self._gpt_failed(self)
        return result
