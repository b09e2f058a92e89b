# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.gpt_core.utils.html_diff import side_by_side_html

from ..engine.expectations import Answer, Expectation, judge

OF_REQUEST = (
    "error_message",
    "answer",
    "data",
    "total_tokens",
    "cost",
    "duration_ms",
)


class GptChainEvaluationResult(models.Model):
    """How one case went in an evaluation."""

    _name = "gpt.chain.evaluation.result"
    _description = "GPT Chain Evaluation Result"
    _inherit = ["gpt.consumer.mixin"]
    _order = "evaluation_id desc, id"
    _rec_name = "case_id"

    evaluation_id = fields.Many2one(
        "gpt.chain.evaluation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    version_id = fields.Many2one(
        related="evaluation_id.version_id", store=True, index=True
    )
    case_id = fields.Many2one(
        "gpt.chain.case", required=True, ondelete="cascade", index=True
    )
    case_fingerprint = fields.Char(required=True)
    request_id = fields.Many2one("gpt.request", ondelete="set null", index=True)
    state = fields.Selection(
        selection=[
            ("pending", "Waiting"),
            ("passed", "Passed"),
            ("failed", "Not passed"),
            ("error", "Could not be run"),
            ("cancelled", "Cancelled"),
        ],
        default="pending",
        required=True,
    )
    # What was not met, to be told in the language of whoever reads it.
    failures = fields.Json()
    error_code = fields.Selection(
        selection=lambda self: self.env["gpt.request"]._fields["error_code"].selection
    )
    problem = fields.Text(compute="_compute_problem")
    # Of the request, for those who may read it: not related, which shows it to all.
    error_message = fields.Text(compute="_compute_of_request", string="Error Details")
    answer = fields.Text(compute="_compute_of_request")
    data = fields.Json(compute="_compute_of_request", string="Structured Answer")
    total_tokens = fields.Integer(compute="_compute_of_request", string="Tokens")
    cost = fields.Float(
        compute="_compute_of_request", string="Cost (USD)", digits=(16, 6)
    )
    duration_ms = fields.Integer(
        compute="_compute_of_request", string="Duration (ms)", aggregator="avg"
    )
    baseline_id = fields.Many2one(
        "gpt.chain.evaluation.result",
        string="Before",
        compute="_compute_baseline",
        help="How the case went last on the version that was in use.",
    )
    change = fields.Selection(
        selection=[
            ("worse", "Worse"),
            ("better", "Better"),
            ("same", "As before"),
            ("new", "Not run before"),
        ],
        compute="_compute_baseline",
    )
    diff = fields.Html(string="Difference", compute="_compute_diff", sanitize=False)

    @api.depends("request_id.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_of_request(self):
        for result in self:
            request = result.request_id._filtered_access("read")
            for name in OF_REQUEST:
                result[name] = request[name]

    @api.depends("failures", "error_code")
    @api.depends_context("lang")
    def _compute_problem(self):
        for result in self:
            lines = [result._explain(*failure) for failure in result.failures or []]
            if result.error_code:
                lines.append(self.env["gpt.request.error"]._label(result.error_code))
            result.problem = "\n".join(lines)

    def _explain(self, kind, value, output, found):
        """Say which expectation was not met, and what was there instead."""
        if kind == "unknown_input":
            return self.env._("The chain has no input %(name)s any more.", name=value)
        line = self.env["gpt.chain.case.expectation"].new(
            {
                "kind": kind,
                "output_name": output,
                "value": value,
                "error_code": value if kind == "error" else False,
            }
        )
        if not output and kind != "error":
            # What was found is the answer itself, which stands beside it.
            return self.env._("Expected: %(expected)s", expected=line.display_name)
        return self.env._(
            "Expected: %(expected)s. Found: %(found)s",
            expected=line.display_name,
            found=found[:200] or "-",
        )

    @api.depends("state", "evaluation_id.baseline_version_id")
    def _compute_baseline(self):
        for result in self:
            before = result._last_before()
            result.baseline_id = before
            if not before or result.state not in ("passed", "failed"):
                result.change = "new" if result.state in ("passed", "failed") else False
            elif before.state == result.state:
                result.change = "same"
            else:
                result.change = "better" if result.state == "passed" else "worse"

    def _last_before(self):
        states = [("state", "in", ["passed", "failed"])]
        return self.search(self._before() + states, order="id desc", limit=1)

    def _runs_before(self):
        """Tell whether these cases still run on the version in use."""
        pending = [("state", "=", "pending")]
        return any(
            self.search_count(result._before() + pending, limit=1) for result in self
        )

    def _before(self):
        """Return the domain of the results that this one is compared with."""
        self.ensure_one()
        version = self.evaluation_id.baseline_version_id
        return [
            ("case_id", "=", self.case_id.id),
            ("case_fingerprint", "=", self.case_fingerprint),
            ("version_id.fingerprint", "=", version.fingerprint),
            ("evaluation_id", "!=", self.evaluation_id.id),
        ]

    @api.depends("baseline_id", "answer")
    @api.depends_context("lang")
    def _compute_diff(self):
        for result in self:
            before = result.baseline_id
            result.diff = False
            if before:
                result.diff = side_by_side_html(
                    before.answer or before.problem or "",
                    result.answer or result.problem or "",
                    before.version_id.display_name,
                    result.version_id.display_name,
                )

    def _ask(self):
        """Leave the job of this case, unless the version cannot take its values."""
        self.ensure_one()
        values = self.case_id._values()
        declared = {item.name for item in self.version_id._spec().inputs}
        unknown = sorted(set(values) - declared - {"query", "passages"})
        # sudo: gpt.chain.evaluation.result - written by running cases only
        result = self.sudo()
        if unknown:
            result.failures = [["unknown_input", ", ".join(unknown), "", ""]]
            result.state = "failed"
            return
        result.request_id = self.env["gpt.request.queue"]._delay_trial(
            self.version_id,
            values,
            purpose="case",
            record=self,
            description=self.env._("Case: %(name)s", name=self.case_id.name),
        )

    def _gpt_apply(self, request):
        self._judge(request)

    def _gpt_failed(self, request):
        self._judge(request)

    def _judge(self, request):
        """Compare the answer with the case, unless the run was cancelled."""
        if self.state != "pending":
            return
        answer = Answer(request.answer or "", request.data, request.error_code or "")
        verdict = judge(answer, self.case_id._expectations())
        self.write(
            {
                "state": verdict.state,
                "failures": [_as_json(failure) for failure in verdict.failures],
                "error_code": verdict.error or False,
            }
        )

    @api.model
    def _purge(self, before, limit):
        """Forget what was found in answers of before then; how they went stays.

        :return: whether there may be more of them
        """
        old = self.search(
            [("create_date", "<", before), ("failures", "!=", False)], limit=limit
        )
        old.write({"failures": False})
        return len(old) == limit

    def _cancel(self):
        """Give up what is still waiting, and what was not sent yet."""
        self.check_access("read")
        # sudo: the results, the jobs and the ledger - each is written by the program
        waiting = self.sudo().filtered(lambda result: result.state == "pending")
        requests = waiting.request_id
        waiting.state = "cancelled"
        jobs = self.env["queue.job"].sudo()
        jobs.search([("uuid", "in", requests.mapped("job_uuid"))]).button_cancelled()
        # Nothing was sent for these, and nothing was paid.
        requests.filtered(lambda r: r.state == "pending" and not r.attempts).unlink()


def _as_json(failure):
    item: Expectation = failure.expectation
    return [item.kind, item.value, item.output, failure.found]
