# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..engine.tuning.profile import SUFFIX_CHARS, Settings
from .gpt_tuning_problem import PROBLEM_LABELS
from .gpt_tuning_profile import HYPERPARAMETERS

# In these somebody works on the job: the provider, or we.
ACTIVE = ("uploading", "queued", "running")
# What users may say of a job; the rest is what comes of it.
CHOSEN = {
    "name", "dataset_id", "provider_id", "base_model", "profile_id", "method", "epochs",
    "batch", "learning_rate", "beta", "suffix", "seed", "chain_id", "compare_model_id",
    "use_in", "served_as", "company_id",
}  # fmt: skip
# Of these, the ones that may still be changed when the job was started.
LATER = {"name", "chain_id", "compare_model_id", "use_in", "served_as"}


class GptTuningJob(models.Model):
    """A model that a provider tunes on a data set, from its files to its use.

    The work is done by ``gpt.tuning.follow``, in jobs; the result is compared and used
    by ``gpt.tuning.use``.
    """

    _name = "gpt.tuning.job"
    _description = "GPT Tuning Job"
    _inherit = ["gpt.link.mixin", "gpt.tuning.result.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    dataset_id = fields.Many2one(
        "gpt.dataset",
        string="Data Set",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    provider_id = fields.Many2one(
        "gpt.provider", required=True, ondelete="restrict", check_company=True
    )
    base_model = fields.Char(
        required=True,
        help="The name that the provider lists for tuning, often one with a date, such "
        "as gpt-4.1-mini-2025-04-14.",
    )
    profile_id = fields.Many2one(
        "gpt.tuning.profile",
        compute="_compute_profile_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        ondelete="restrict",
        help="What the tuning API of this provider accepts.",
    )
    profile_note = fields.Text(related="profile_id.note", related_sudo=False)
    can_pause = fields.Boolean(related="profile_id.can_pause", related_sudo=False)
    needs_deployment = fields.Boolean(
        related="profile_id.needs_deployment", related_sudo=False
    )
    method = fields.Selection(
        selection=[
            ("supervised", "Supervised: answers to copy"),
            ("dpo", "Preferences (DPO): better and worse answers"),
        ],
        compute="_compute_method",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    epochs = fields.Integer(help="How often the examples are gone through.")
    batch = fields.Integer(string="Batch Size")
    learning_rate = fields.Float(digits=(16, 6))
    beta = fields.Float(
        digits=(16, 3), help="How close the model stays to its base; for preferences."
    )
    suffix = fields.Char(
        size=SUFFIX_CHARS, help="Part of the name of the tuned model, to know it by."
    )
    seed = fields.Integer(help="The same seed gives a similar result. 0: a random one.")

    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("uploading", "Uploading"),
            ("queued", "Queued"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    is_running = fields.Boolean(compute="_compute_is_running")
    is_paused = fields.Boolean(readonly=True, copy=False)
    progress = fields.Float(readonly=True, copy=False)
    step = fields.Integer(string="Steps Done", readonly=True, copy=False)
    total_steps = fields.Integer(string="Steps", readonly=True, copy=False)
    started_at = fields.Datetime(string="Started On", readonly=True, copy=False)
    ended_at = fields.Datetime(string="Ended On", readonly=True, copy=False)
    ends_at = fields.Datetime(string="Expected End", readonly=True, copy=False)
    problem_code = fields.Selection(
        selection=PROBLEM_LABELS, string="Problem Kind", readonly=True, copy=False
    )
    problem_detail = fields.Text(readonly=True, copy=False)
    problem = fields.Text(compute="_compute_problem")
    event_ids = fields.One2many("gpt.tuning.event", "job_id", string="Events")
    metric_ids = fields.One2many("gpt.tuning.metric", "job_id", string="Figures")
    checkpoint_ids = fields.One2many("gpt.tuning.checkpoint", "job_id")
    loss_graph = fields.Text(compute="_compute_loss_graph")
    metric_count = fields.Integer(compute="_compute_loss_graph")

    example_ids = fields.Many2many(
        "gpt.example", string="Examples Learned", readonly=True, copy=False
    )
    erased_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When data of a person was erased who was in the examples.",
    )

    # What is known at the provider; each is committed before the next is asked for.
    train_file_ref = fields.Char(
        string="Training File There", readonly=True, copy=False
    )
    valid_file_ref = fields.Char(
        string="Validation File There", readonly=True, copy=False
    )
    remote_id = fields.Char(string="Job There", readonly=True, copy=False, index=True)
    is_over_there = fields.Boolean(readonly=True, copy=False)
    files_deleted = fields.Boolean(readonly=True, copy=False)
    # What was asked and not answered yet, and what a user wants next.
    asked = fields.Char(readonly=True, copy=False)
    wanted = fields.Selection(
        selection=[("cancel", "Cancel"), ("pause", "Pause"), ("resume", "Resume")],
        readonly=True,
        copy=False,
    )
    # Of the queue's job that follows: an older one does nothing.
    round = fields.Integer(readonly=True, copy=False)
    attempt = fields.Integer(readonly=True, copy=False)
    tries = fields.Integer(readonly=True, copy=False)
    next_look = fields.Datetime(readonly=True, copy=False)
    job_uuid = fields.Char(string="Queue Job", readonly=True, copy=False)

    trained_tokens = fields.Integer(readonly=True, copy=False)
    currency_id = fields.Many2one("res.currency", readonly=True, copy=False)
    training_cost = fields.Float(
        readonly=True,
        copy=False,
        digits=(16, 6),
        help="Trained tokens at the base model's price of training. Empty when the "
        "catalogue has no such price.",
    )

    @api.depends("state")
    def _compute_is_running(self):
        for job in self:
            job.is_running = job.state in ACTIVE

    @api.depends("provider_id")
    def _compute_profile_id(self):
        profiles = self.env["gpt.tuning.profile"]
        for job in self:
            job.profile_id = profiles._of_provider(job.provider_id)

    @api.depends("dataset_id")
    def _compute_method(self):
        for job in self:
            is_preference = "preference" in (job.dataset_id.format or "")
            job.method = "dpo" if is_preference else "supervised"

    @api.depends("problem_code", "problem_detail")
    @api.depends_context("lang")
    def _compute_problem(self):
        problems = self.env["gpt.tuning.problem"]
        for job in self:
            code, detail = job.problem_code, job.problem_detail or ""
            job.problem = problems._text(code, detail) if code else False

    @api.depends("metric_ids.value")
    @api.depends_context("lang")
    def _compute_loss_graph(self):
        for job in self:
            losses = job.metric_ids.filtered(lambda m: m.kind == "train_loss")
            values = [
                {"x": str(metric.step), "y": metric.value, "name": str(metric.step)}
                for metric in losses.sorted("step")
            ]
            title = self.env._("Training loss")
            graph = {"values": values, "title": title, "key": title, "area": True}
            job.loss_graph = json.dumps([graph])
            job.metric_count = len(job.metric_ids)

    @api.constrains("epochs", "batch", "learning_rate", "beta", "seed")
    def _check_hyperparameters(self):
        for job in self:
            if min(job[name] for name in (*HYPERPARAMETERS, "seed")) < 0:
                raise ValidationError(
                    self.env._("Epochs, batch size, rates and seed are 0 or more.")
                )

    @api.constrains("suffix")
    def _check_suffix(self):
        for job in self:
            if len(job.suffix or "") > SUFFIX_CHARS:
                raise ValidationError(
                    self.env._(
                        "A suffix has %(limit)s characters at most.", limit=SUFFIX_CHARS
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_chosen(vals, CHOSEN)
        return super().create(vals_list)

    def write(self, vals):
        is_begun = any(job.state in (*ACTIVE, "done") for job in self)
        self._check_chosen(vals, LATER if is_begun else CHOSEN)
        result = super().write(vals)
        if vals.get("served_as"):
            self._rename_model()
        return result

    def _check_chosen(self, vals, allowed):
        wrong = vals.keys() - allowed
        if wrong and not self.env.su:
            raise AccessError(
                self.env._(
                    "This is not changed by hand once a job is started: %(fields)s. "
                    "Use the buttons, or duplicate the job.",
                    fields=", ".join(sorted(wrong)),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_active(self):
        if any(job.state in ACTIVE for job in self):
            raise UserError(self.env._("Cancel the job before you delete it."))

    def _settings(self):
        """Return the engine's :class:`Settings`."""
        self.ensure_one()
        return Settings(
            model=(self.base_model or "").strip(),
            method=self.method,
            hyperparameters={name: self[name] for name in HYPERPARAMETERS},
            suffix=self.suffix or "",
            seed=self.seed or None,
            metadata={"odoo_job": str(self.id), "odoo_attempt": str(self.attempt)},
        )

    # What users press

    def action_start(self):
        """Have jobs upload the files, start the training, and follow it to its end."""
        for job in self:
            self.env["gpt.tuning.follow"]._start(job)
        return True

    def action_cancel(self):
        """Have the training stopped; what was trained by then may be charged."""
        for job in self:
            self.env["gpt.tuning.follow"]._want(job, "cancel")
        return True

    def action_pause(self):
        """Have the training paused; checkpoints can be looked at meanwhile."""
        for job in self:
            self.env["gpt.tuning.follow"]._want(job, "pause")
        return True

    def action_resume(self):
        """Have the training go on."""
        for job in self:
            self.env["gpt.tuning.follow"]._want(job, "resume")
        return True

    def action_follow(self):
        """Look again, also at a job whose provider was lost."""
        for job in self:
            self.env["gpt.tuning.follow"]._again(job)
        return True

    def action_delete_files(self):
        """Have the files of examples deleted at the provider."""
        for job in self:
            self.env["gpt.tuning.files"]._delete(job)
        return True

    def action_show_metrics(self):
        """Show loss and accuracy as a chart."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "fine_tuning.gpt_tuning_metric_action"
        )
        return action | {"domain": [("job_id", "=", self.id)]}

    def _note_erased(self):
        """Say what there is to delete at the provider, of a person who was erased."""
        sent = self.filtered(lambda job: job.train_file_ref or job.remote_id)
        sent.erased_at = fields.Datetime.now()
        for job in sent:
            text = self.env._(
                "Data of a person was erased who was in the examples. Press Delete "
                "Files There. If the person wants it, delete the tuned model at the "
                "provider, too, and train anew without them."
            )
            self.env["gpt.tuning.follow"]._tell(job, text, "warn")

    # The queue's jobs

    def _follow_job(self, number):
        """Do the next things for this job; the queue's job of ``gpt.tuning.follow``."""
        return self.env["gpt.tuning.follow"]._run(self, number)

    def _delete_files_job(self):
        """Delete the files; the queue's job of ``gpt.tuning.files``."""
        return self.env["gpt.tuning.files"]._run_delete(self)
