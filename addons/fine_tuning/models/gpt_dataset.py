# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_amount

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.html_table import table
from odoo.addons.gpt_core.utils.transaction import clean_superuser

# What an export finds out; nobody enters it.
RESULTS = {
    "state": "draft",
    "progress": 0,
    "problem": False,
    "train_file": False,
    "valid_file": False,
    "train_count": 0,
    "valid_count": 0,
    "train_tokens": 0,
    "valid_tokens": 0,
    "found_count": 0,
    "filtered_count": 0,
    "left_out": False,
    "violation_count": 0,
    "exported_at": False,
    "version_id": False,
    "job_uuid": False,
}
# What decides what is in the files.
DECIDING = {
    "format", "chain_id", "valid_share", "seed", "domain", "date_from", "date_to",
    "liked", "lang_ids", "model_id", "company_id",
}  # fmt: skip


class GptDataset(models.Model):
    """Approved examples of a chain as two files: for training, and for validation."""

    _name = "gpt.dataset"
    _description = "GPT Data Set"
    _inherit = ["gpt.link.mixin", "gpt.dataset.filter.mixin"]
    _order = "id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    format = fields.Selection(
        selection="_selection_format",
        required=True,
        default="openai_chat",
        help="Who is to read the files. Formats are records: Configuration has them.",
    )
    format_note = fields.Text(compute="_compute_format_note")
    valid_share = fields.Float(
        string="Share for Validation",
        default=0.2,
        help="Of the examples. Those of one conversation, of one customer, and near-"
        "copies stay together, so that it may come out a little smaller.",
    )
    seed = fields.Integer(
        default=1,
        help="Decides who is for training and who for validation, and the order. The "
        "same examples with the same seed give the same files.",
    )
    model_id = fields.Many2one(
        "gpt.model",
        string="Model to Be Tuned",
        domain="[('kind', '=', 'chat')]",
        ondelete="set null",
        help="Its training price gives the cost; examples longer than it takes are "
        "left out.",
    )
    epochs = fields.Integer(default=3, help="How often training reads the examples.")
    state = fields.Selection(
        selection=[
            ("draft", "Not exported"),
            ("running", "Being exported"),
            ("done", "Ready"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    is_running = fields.Boolean(compute="_compute_is_running")
    progress = fields.Integer(string="Progress (%)", readonly=True, copy=False)
    problem = fields.Text(string="What Went Wrong", readonly=True, copy=False)
    job_uuid = fields.Char(string="Job", readonly=True, copy=False)
    train_file = fields.Binary(
        string="Training File", attachment=True, readonly=True, copy=False
    )
    train_name = fields.Char(compute="_compute_file_names")
    valid_file = fields.Binary(
        string="Validation File", attachment=True, readonly=True, copy=False
    )
    valid_name = fields.Char(compute="_compute_file_names")
    exported_at = fields.Datetime(string="Exported On", readonly=True, copy=False)
    exported_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Only examples that they may read, by filters that they may use.",
    )
    version_id = fields.Many2one(
        "gpt.chain.version",
        string="Prompt Of",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The version of the chain whose system prompt is in the files.",
    )
    example_ids = fields.Many2many(
        "gpt.example", string="Examples in the Files", readonly=True, copy=False
    )
    found_count = fields.Integer(string="Examples Looked At", readonly=True, copy=False)
    filtered_count = fields.Integer(
        string="Approved, Not Asked For",
        readonly=True,
        copy=False,
        help="Approved examples of the chain that the filters leave out.",
    )
    train_count = fields.Integer(string="For Training", readonly=True, copy=False)
    valid_count = fields.Integer(string="For Validation", readonly=True, copy=False)
    train_tokens = fields.Integer(
        string="Tokens of Training",
        readonly=True,
        copy=False,
        help="Estimated: some 3.5 characters each. The provider counts them itself.",
    )
    valid_tokens = fields.Integer(
        string="Tokens of Validation", readonly=True, copy=False
    )
    cost = fields.Float(
        string="Cost of Training", digits=(16, 6), compute="_compute_cost"
    )
    cost_text = fields.Char(string="Cost (estimated)", compute="_compute_cost")
    # How many were left out, by the code of the reason.
    left_out = fields.Json(string="Reasons", readonly=True, copy=False)
    left_out_count = fields.Integer(string="Left Out", compute="_compute_left_out")
    left_out_html = fields.Html(
        string="Why", compute="_compute_left_out", sanitize=False
    )
    violation_count = fields.Integer(
        string="Against the Format", readonly=True, copy=False
    )
    problem_ids = fields.One2many(
        "gpt.dataset.problem", "dataset_id", string="Problems", readonly=True
    )
    violation_ids = fields.One2many(
        "gpt.dataset.problem",
        "dataset_id",
        string="Lines Against the Format",
        domain=[("kind", "=", "violation")],
        readonly=True,
    )

    @api.model
    def _selection_format(self):
        # sudo: gpt.dataset.format - their names are no secret
        formats = self.env["gpt.dataset.format"].sudo()
        found = formats.search([("active", "in", [True, False])])
        return [(record.code, record.name) for record in found]

    @api.depends("format")
    @api.depends_context("lang")
    def _compute_format_note(self):
        for dataset in self:
            dataset.format_note = (
                self.env["gpt.dataset.format"]._of(dataset.format).note
            )

    def _compute_file_names(self):
        for dataset in self:
            dataset.train_name, dataset.valid_name = "train.jsonl", "valid.jsonl"

    @api.depends("state")
    def _compute_is_running(self):
        for dataset in self:
            dataset.is_running = dataset.state == "running"

    @api.depends("train_tokens", "epochs", "model_id.price_training")
    def _compute_cost(self):
        for dataset in self:
            model = dataset.model_id
            tokens = dataset.train_tokens * dataset.epochs
            dataset.cost = tokens * model.price_training / 1_000_000
            if not model:
                dataset.cost_text = self.env._("Choose the model to be tuned")
            elif not model.price_training:
                dataset.cost_text = self.env._("The model has no training price")
            else:
                # Never shown as nothing.
                shown = max(dataset.cost, 0.01) if dataset.cost else 0
                dataset.cost_text = format_amount(self.env, shown, model.currency_id)

    @api.depends("left_out")
    @api.depends_context("lang")
    def _compute_left_out(self):
        reasons = self.env["gpt.dataset.problem"]._reasons()
        for dataset in self:
            counts = dataset.left_out or {}
            dataset.left_out_count = sum(counts.values())
            rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            dataset.left_out_html = counts and table(
                [self.env._("Examples"), self.env._("Why they were left out")],
                [(count, reasons.get(code, code)) for code, count in rows],
            )

    @api.constrains("format")
    def _check_format(self):
        for dataset in self:
            if not self.env["gpt.dataset.format"]._of(dataset.format):
                raise ValidationError(
                    self.env._(
                        "There is no format %(code)s. Those that there are stand in "
                        "GPT / Configuration / Formats of Data Sets.",
                        code=dataset.format,
                    )
                )

    @api.constrains("valid_share")
    def _check_valid_share(self):
        if any(not 0 <= dataset.valid_share <= 0.9 for dataset in self):
            raise ValidationError(
                self.env._(
                    "The share for validation is between 0 and 90 %. Usual is 20 %."
                )
            )

    @api.constrains("epochs")
    def _check_epochs(self):
        if any(not 1 <= dataset.epochs <= 100 for dataset in self):
            raise ValidationError(self.env._("Training takes 1 to 100 epochs."))

    @api.constrains("company_id", "chain_id")
    def _check_company(self):
        for dataset in self:
            company = dataset.chain_id.company_id
            if company and company != dataset.company_id:
                raise ValidationError(
                    self.env._(
                        "The chain %(chain)s is another company's.",
                        chain=dataset.chain_id.name,
                    )
                )

    def write(self, vals):
        if vals.keys() & DECIDING and any(self.mapped("is_running")):
            raise UserError(
                self.env._("It is being exported. Change it when that has ended.")
            )
        return super().write(vals)

    def action_export(self):
        """Write the two files, in a job."""
        for dataset in self:
            dataset._prepare_export()
            job = delayed(
                clean_superuser(dataset),
                description=self.env._("Export data set %(id)s", id=dataset.id),
                identity_key=f"fine_tuning-export-{dataset.id}",
            )._export_job()
            dataset.job_uuid = job.uuid
        return True

    def _prepare_export(self):
        """Refuse what cannot be exported; forget what was exported before."""
        self.check_access("write")
        self._check_exportable()
        # sudo: gpt.dataset.problem - made by exports only
        self.problem_ids.sudo().unlink()
        self.write(
            RESULTS
            | {
                "state": "running",
                "example_ids": [(5,)],
                "exported_by_id": self.env.uid,
            }
        )

    def _check_exportable(self):
        self.ensure_one()
        if self.is_running and self._has_job():
            raise UserError(self.env._("It is being exported already."))
        if not self.chain_id.published_version_id:
            raise UserError(
                self.env._(
                    "Publish the chain %(chain)s first: the files have the prompt of "
                    "its published version.",
                    chain=self.chain_id.name,
                )
            )

    def _has_job(self):
        """Tell whether the job that exports it is still wanted, or at work."""
        self.ensure_one()
        # sudo: queue.job - whether there is one, for whoever exports
        return bool(
            self.env["queue.job"]
            .sudo()
            .search_count(
                [
                    ("uuid", "=", self.job_uuid),
                    (
                        "state",
                        "in",
                        ["wait_dependencies", "pending", "enqueued", "started"],
                    ),
                ],
                limit=1,
            )
        )

    def _export_job(self):
        """Export this data set; the job of :meth:`action_export`."""
        self.env["gpt.dataset.export"]._run(self)

    def action_open_examples(self):
        """Show the examples that are in the files."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gpt.example",
            "view_mode": "list,form",
            "domain": [("id", "in", self.example_ids.ids)],
            "name": self.env._("Examples"),
        }

    def action_open_problems(self):
        """Show what was left out, and what breaks a rule."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "gpt.dataset.problem",
            "view_mode": "list,form",
            "domain": [("dataset_id", "=", self.id)],
            "name": self.env._("Problems"),
        }

    def _drop_files(self):
        """Delete the files, in which something stands that was erased."""
        for dataset in self:
            dataset.problem_ids.unlink()
            dataset.write(
                RESULTS
                | {
                    "example_ids": [(5,)],
                    "problem": self.env._(
                        "The files were deleted: data of a person in them was erased. "
                        "Export again."
                    ),
                }
            )
