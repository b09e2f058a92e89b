# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

ENDED = ("done", "failed", "cancelled")


class GptTuningResultMixin(models.AbstractModel):
    """The part of a tuning job that is about its result: the model, and its use."""

    _name = "gpt.tuning.result.mixin"
    _description = "GPT Tuning Result"

    tuned_name = fields.Char(string="Tuned Model", readonly=True, copy=False)
    model_id = fields.Many2one(
        "gpt.model", string="In the Catalogue", readonly=True, copy=False
    )
    served_as = fields.Char(
        string="Deployed As",
        copy=False,
        help="Where a tuned model is deployed first: the name of the deployment.",
    )

    chain_id = fields.Many2one(
        "gpt.chain",
        compute="_compute_chain_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="set null",
        help="Whose cases the tuned model must pass.",
    )
    compare_model_id = fields.Many2one(
        "gpt.model",
        string="Compared With",
        domain="[('kind', '=', 'chat')]",
        copy=False,
        help="Empty: the base model.",
    )
    evaluation_id = fields.Many2one(
        "gpt.chain.evaluation", string="Comparison", readonly=True, copy=False
    )
    comparison = fields.Selection(
        selection=[
            ("missing", "Not compared yet"),
            ("running", "Being compared"),
            ("worse", "Some cases got worse"),
            ("good", "No case got worse"),
            ("no_cases", "No cases to compare on"),
        ],
        string="Outcome",
        compute="_compute_comparison",
    )
    passed_tuned = fields.Integer(
        string="Passed by the Tuned Model", compute="_compute_comparison"
    )
    passed_base = fields.Integer(
        string="Passed by the Other", compute="_compute_comparison"
    )
    compared_count = fields.Integer(
        string="Cases Compared", compute="_compute_comparison"
    )
    use_in = fields.Selection(
        selection=[
            ("default", "Wherever no other model is named (the default model)"),
            ("chain", "Only in this chain"),
        ],
        string="Use It",
        default="default",
        required=True,
    )
    is_used = fields.Boolean(string="In Use", readonly=True, copy=False)
    # What the settings said before, and the switch of the chain.
    former = fields.Json(readonly=True, copy=False)
    switch_id = fields.Many2one("gpt.model.switch", readonly=True, copy=False)

    @api.depends("dataset_id")
    def _compute_chain_id(self):
        for job in self:
            job.chain_id = job.dataset_id.chain_id

    @api.depends("evaluation_id.result_ids.state", "chain_id.case_ids", "model_id")
    def _compute_comparison(self):
        for job in self:
            run = job.evaluation_id
            results = run.result_ids
            job.compared_count = len(results)
            job.passed_tuned = run.passed_count
            job.passed_base = len(
                results.baseline_id.filtered(lambda r: r.state == "passed")
            )
            if not job.chain_id.case_ids:
                job.comparison = "no_cases"
            elif not run or run.state == "cancelled":
                job.comparison = "missing"
            elif run.state == "running":
                job.comparison = "running"
            elif not results.filtered(lambda r: r.state in ("passed", "failed")):
                job.comparison = "missing"  # none of them could be run
            else:
                job.comparison = "worse" if run.worse_count else "good"

    def _rename_model(self):
        """Give the catalogue's model the name under which it answers."""
        for job in self.filtered(lambda job: job.model_id and job.served_as):
            # sudo: gpt.model - of a job that the user may change
            job.sudo().model_id.name = job.served_as.strip()

    def action_compare(self):
        """Run the chain's cases on the tuned model and on its base, side by side."""
        self.ensure_one()
        return self.env["gpt.tuning.use"]._compare(self)

    def action_use_model(self):
        """Put the tuned model in use, once its cases were compared."""
        self.ensure_one()
        self.env["gpt.tuning.use"]._use(self)
        return True

    def action_restore_model(self):
        """Put back what was in use before."""
        self.ensure_one()
        self.env["gpt.tuning.use"]._restore(self)
        return True

    def _take_checkpoint(self, checkpoint):
        self.check_access("write")
        if self.state not in ENDED or self.is_used:
            raise UserError(
                self.env._(
                    "A checkpoint becomes the result when the job has ended and its "
                    "model is not in use."
                )
            )
        # sudo: gpt.tuning.job - of a checkpoint that the provider made for it
        job = self.sudo()
        model = self.env["gpt.tuning.model"]._add(self, checkpoint.name)
        job.write(
            {
                "state": "done",
                "tuned_name": checkpoint.name,
                "model_id": model.id,
                "evaluation_id": False,
                "problem_code": False,
                "problem_detail": False,
            }
        )
