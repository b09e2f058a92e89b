# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models


class GptChainEvaluation(models.Model):
    """One run of the cases of a chain, on its draft or on a version, in jobs."""

    _name = "gpt.chain.evaluation"
    _description = "GPT Chain Evaluation"
    _order = "id desc"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    version_id = fields.Many2one(
        "gpt.chain.version",
        string="What Was Run",
        required=True,
        ondelete="cascade",
        index=True,
    )
    baseline_version_id = fields.Many2one(
        "gpt.chain.version",
        string="Compared With",
        ondelete="set null",
        help="As a rule the version that was in use when the cases were run.",
    )
    result_ids = fields.One2many(
        "gpt.chain.evaluation.result", "evaluation_id", string="Results"
    )
    state = fields.Selection(
        selection=[
            ("running", "Running"),
            ("done", "Finished"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_progress",
    )
    is_running = fields.Boolean(compute="_compute_progress")
    case_count = fields.Integer(string="Cases", compute="_compute_progress")
    passed_count = fields.Integer(string="Cases Passed", compute="_compute_progress")
    failed_count = fields.Integer(
        string="Cases Not Passed", compute="_compute_progress"
    )
    worse_count = fields.Integer(
        string="Worse Than Before", compute="_compute_worse_count"
    )
    progress = fields.Float(compute="_compute_progress")
    total_tokens = fields.Integer(string="Tokens", compute="_compute_totals")
    cost = fields.Float(string="Cost (USD)", digits=(16, 6), compute="_compute_totals")

    @api.depends("version_id", "create_date")
    def _compute_display_name(self):
        for evaluation in self:
            when = fields.Datetime.context_timestamp(
                evaluation, evaluation.create_date or fields.Datetime.now()
            )
            evaluation.display_name = (
                f"{evaluation.version_id.display_name}, {when:%Y-%m-%d %H:%M}"
            )

    @api.depends("result_ids.state", "baseline_version_id")
    def _compute_progress(self):
        for evaluation in self:
            states = evaluation.result_ids.mapped("state")
            waiting = states.count("pending")
            if waiting:
                evaluation.state = "running"
            elif "cancelled" in states:
                evaluation.state = "cancelled"
            else:
                # Without the other side nothing can be compared yet.
                is_over = not evaluation.result_ids._runs_before()
                evaluation.state = "done" if is_over else "running"
            evaluation.is_running = evaluation.state == "running"
            evaluation.case_count = len(states)
            evaluation.passed_count = states.count("passed")
            evaluation.failed_count = states.count("failed") + states.count("error")
            evaluation.progress = 100 * (len(states) - waiting) / (len(states) or 1)

    @api.depends("result_ids.state")
    def _compute_worse_count(self):
        for evaluation in self:
            changes = evaluation.result_ids.mapped("change")
            evaluation.worse_count = changes.count("worse")

    @api.depends("result_ids.request_id.total_tokens", "result_ids.request_id.cost")
    def _compute_totals(self):
        for evaluation in self:
            requests = evaluation.result_ids.request_id
            evaluation.total_tokens = sum(requests.mapped("total_tokens"))
            evaluation.cost = sum(requests.mapped("cost"))

    @api.model
    def _start_pair(self, baseline, version, cases):
        """Run ``cases`` on two versions, side by side; return the second's evaluation.

        What is known of how a case goes on the baseline is not paid for again.
        """
        not_run = cases.filtered(
            lambda case: (
                not (
                    case._result_on(baseline.fingerprint)
                    or case._is_waiting_on(baseline.fingerprint)
                )
            )
        )
        if not_run:
            self._start(baseline, not_run, baseline)
        return self._start(version, cases, baseline)

    @api.model
    def _start(self, version, cases, baseline=None):
        """Run ``cases`` on ``version``, each in a job; return the evaluation.

        :param baseline: the version to compare with, instead of the one in use
        """
        baseline = baseline or version.chain_id.published_version_id
        # sudo: gpt.chain.evaluation - results come from running cases only: publishing
        # asks them
        evaluation = self.sudo().create(
            {
                "chain_id": version.chain_id.id,
                "version_id": version.id,
                "baseline_version_id": baseline.id,
                "result_ids": [
                    Command.create(
                        {"case_id": case.id, "case_fingerprint": case._fingerprint()}
                    )
                    for case in cases
                ],
            }
        )
        for result in evaluation.result_ids:
            result.sudo(self.env.su)._ask()
        return evaluation.sudo(self.env.su)

    def action_cancel(self):
        """Stop: what was not sent yet is not sent any more."""
        self.result_ids._cancel()
        return True

    def action_run_again(self):
        """Run the cases once more, on the draft as it is now.

        What was run with another model than the draft's is run with it again.
        """
        self.ensure_one()
        version, baseline = self.version_id, self.baseline_version_id
        if version.note and not version.number and baseline:
            self.chain_id.check_access("write")
            return self._start_pair(baseline, version, self.chain_id.case_ids)._open()
        return self.chain_id.action_run_cases()

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cases"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
