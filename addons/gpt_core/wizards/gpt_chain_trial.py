# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine.chain.template import RESERVED_NAMES, template_names
from ..utils import html_trial as html

CHANNEL = "root.gpt.interactive"


class GptChainTrial(models.TransientModel):
    """A chain, or a draft of it, tried on a record or on values entered manually."""

    _name = "gpt.chain.trial"
    _description = "GPT Chain Trial"
    _inherit = ["gpt.link.mixin"]
    _rec_name = "chain_id"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", readonly=True
    )
    version_id = fields.Many2one("gpt.chain.version", help="Empty: the draft.")
    keeps_cases = fields.Boolean(related="chain_id.keeps_cases")
    record_ref = fields.Reference(
        selection="_selection_models",
        string="Record",
        help="Its fields give the values, and the names on it are masked, as they are "
        "in use. The record itself is not changed.",
    )
    value_ids = fields.One2many("gpt.chain.trial.value", "trial_id", string="Values")
    request_id = fields.Many2one("gpt.request", readonly=True, ondelete="set null")
    state = fields.Selection(related="request_id.state", related_sudo=False)
    is_running = fields.Boolean(compute="_compute_is_running")
    prompt_html = fields.Html(
        string="What Will Be Sent", compute="_compute_preview", sanitize=False
    )
    masked_html = fields.Html(
        string="What Is Masked", compute="_compute_preview", sanitize=False
    )
    preview_problem = fields.Text(compute="_compute_preview")
    empty_inputs = fields.Char(compute="_compute_empty_inputs")
    answer = fields.Text(compute="_compute_outcome")
    data_html = fields.Html(
        string="Structured Answer", compute="_compute_outcome", sanitize=False
    )
    trace_html = fields.Html(
        string="Step by Step", compute="_compute_outcome", sanitize=False
    )
    passages_html = fields.Html(
        string="Passages", compute="_compute_outcome", sanitize=False
    )
    masked_then_html = fields.Html(
        string="What Was Masked", compute="_compute_outcome", sanitize=False
    )
    error_code = fields.Selection(related="request_id.error_code", related_sudo=False)
    error_message = fields.Text(related="request_id.error_message", related_sudo=False)
    error_advice = fields.Char(related="request_id.error_advice", related_sudo=False)
    input_tokens = fields.Integer(related="request_id.input_tokens", related_sudo=False)
    output_tokens = fields.Integer(
        related="request_id.output_tokens", related_sudo=False
    )
    cost = fields.Float(related="request_id.cost", related_sudo=False)
    duration_ms = fields.Integer(related="request_id.duration_ms", related_sudo=False)

    @api.depends("chain_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for trial in self:
            trial.display_name = self.env._("Try: %(chain)s", chain=trial.chain_id.name)

    @api.depends("request_id.state")
    def _compute_is_running(self):
        for trial in self:
            trial.is_running = trial.request_id.state in ("pending", "running")

    @api.model
    def _selection_models(self):
        """Return the models whose records the user may choose."""
        # sudo: ir.model - the names of the models, whose records are checked by theirs
        found = self.env["ir.model"].sudo().search([("transient", "=", False)])
        return [
            (model.model, model.name)
            for model in found.sorted("name")
            if model.model in self.env and self._can_be_tried(self.env[model.model])
        ]

    @api.model
    def _can_be_tried(self, model):
        usable = model._auto and not model._abstract and not model._transient
        return usable and model.has_access("read")

    @api.model
    def _open(self, chain):
        trial = self.create({"chain_id": chain.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try It"),
            "res_model": self._name,
            "res_id": trial.id,
            "views": [(False, "form")],
        }

    @api.model_create_multi
    def create(self, vals_list):
        trials = super().create(vals_list)
        # On the trials themselves: the context may give defaults as well.
        self._check_request(*trials.mapped("request_id"))
        for trial in trials:
            trial._add_missing_lines()
        return trials

    def write(self, vals):
        self._check_request("request_id" in vals)
        result = super().write(vals)
        if "version_id" in vals:
            for trial in self:
                trial._add_missing_lines()
        return result

    def _check_request(self, *given):
        """Refuse another request: a trial shows what was masked in its own."""
        if not self.env.su and any(given):
            raise AccessError(self.env._("Press Ask the Model."))

    def _add_missing_lines(self):
        before = self.value_ids
        known = set(before.mapped("input_name"))
        self.value_ids = [
            Command.create({"input_name": name})
            for name in self._input_names()
            if name not in known
        ]
        (self.value_ids - before)._take_from_record()

    @api.onchange("record_ref")
    def _onchange_record_ref(self):
        """Take the values from the record, as far as one can tell which."""
        self.value_ids._take_from_record()

    def _offered_values(self):
        """Return what the consumer of the trial's record hands in, by input."""
        self.ensure_one()
        record = self.record_ref
        if not record or not record.has_access("read"):
            return {}
        try:
            return self.chain_id._origin._offered_values(record)
        except AccessError:
            return {}  # the user may read less than the consumer does

    @api.depends("version_id", "value_ids.input_name", "value_ids.value")
    def _compute_empty_inputs(self):
        for trial in self:
            trial.empty_inputs = ", ".join(trial._empty_names()) or False

    def _empty_names(self):
        return [name for name, text in self._values().items() if not text.strip()]

    def _input_names(self):
        """Return the names that need a value: inputs, and what a caller looks up."""
        spec = self._spec()
        used = set()
        for step in spec.steps:
            for prompt in (step.system_prompt, step.user_prompt):
                used |= template_names(prompt)
        declared = [item.name for item in spec.inputs]
        return [*declared, *(name for name in RESERVED_NAMES if name in used)]

    def _spec(self):
        """Return the specification of what is tried: a version, or the draft."""
        if self.version_id:
            return self.version_id._spec()
        return self.chain_id._spec_of(self.chain_id._snapshot())

    def _values(self):
        known = set(self._input_names())
        return {
            line.input_name: line.value or ""
            for line in self.value_ids
            if line.input_name in known
        }

    def action_send(self):
        """Ask the model, in a job; the draft is frozen for it, not published."""
        self.ensure_one()
        if self.is_running:
            raise UserError(self.env._("The model is being asked already."))
        values = self._values()
        if self.record_ref:
            self.record_ref.check_access("read")
            if values and len(self._empty_names()) == len(values):
                raise UserError(
                    self.env._(
                        "Nothing of this record gets into the prompt: every input is "
                        "empty. Choose its fields, or write the values."
                    )
                )
        request = self.env["gpt.request.queue"]._delay_trial(
            self.version_id or self.chain_id._frozen_draft(),
            values,
            purpose="trial",
            record=self.record_ref or None,
            channel=CHANNEL,
            description=self.env._("Try: %(chain)s", chain=self.chain_id.name),
        )
        # sudo: gpt.chain.trial - see _check_request
        self.sudo().request_id = request
        return True

    def action_add_case(self):
        """Open a new case with these values; those of a record are masked."""
        self.ensure_one()
        values = self._values()
        if self.record_ref:
            self.record_ref.check_access("read")
            masker = self.env["gpt.prompt.preview"]._masker(
                self._spec(), self.record_ref, values
            )
            if masker:
                values = {name: masker.mask(text) for name, text in values.items()}
        return self.chain_id._new_case(values, self.request_id)

    def action_open_request(self):
        """Open the trial's row of the ledger."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gpt.request",
            "res_id": self.request_id.id,
            "views": [(False, "form")],
        }

    # What is shown: the prompts before they are sent, and how it went

    @api.depends("version_id", "record_ref", "value_ids.input_name", "value_ids.value")
    @api.depends_context("lang")
    def _compute_preview(self):
        for trial in self:
            trial.prompt_html = trial.masked_html = trial.preview_problem = False
            try:
                prompts, masked = trial._preview()
            except UserError as error:
                trial.preview_problem = str(error)
                continue
            trial.prompt_html = html.prompts(prompts, trial._labels())
            trial.masked_html = html.masked(masked, trial._labels())

    def _preview(self):
        if not self.version_id:
            self.chain_id._checked_snapshot()
        if self.record_ref:
            # The names on it are masked, which tells who guesses them that they are.
            self.record_ref.check_access("read")
        return self.env["gpt.prompt.preview"]._step_prompts(
            self.chain_id, self._spec(), self._values(), self.record_ref or None
        )

    @api.depends("request_id.state")
    @api.depends_context("lang")
    def _compute_outcome(self):
        for trial in self:
            # sudo: gpt.request - what a trial masked is shown to whoever tried it
            request = trial._own_request().sudo()
            trial.answer = request.answer
            labels = trial._labels()
            trace = request.trace or {}
            trial.data_html = html.fields_table(_in_order(request), labels)
            trial.trace_html = html.calls(trace.get("calls") or [], labels)
            trial.passages_html = html.passages(trace.get("passages") or [], labels)
            trial.masked_then_html = html.masked(request.placeholders or {}, labels)

    def _own_request(self):
        """Return the trial's request if this very user tried it, else an empty one."""
        self.ensure_one()
        return self.request_id._filtered_access("read").filtered(
            lambda request: (
                request.purpose == "trial" and request.user_id == self.env.user
            )
        )

    @api.model
    def _labels(self):
        """Return the words of the page, by their keys in ``html_trial``."""
        return {
            "system": self.env._("System prompt"),
            "human": self.env._("User prompt"),
            "ai": self.env._("Answer"),
            "query": self.env._("Question to the documents"),
            "field": self.env._("Field"),
            "value": self.env._("Value"),
            "placeholder": self.env._("Sent as"),
            "kind": self.env._("What it is"),
            "original": self.env._("In the record"),
            "none_masked": self.env._("Nothing had to be masked."),
            "tokens": self.env._("tokens"),
            "page": self.env._("page"),
            "RFC": self.env._("Tax number (RFC)"),
            "CURP": self.env._("Population number (CURP)"),
            "CLABE": self.env._("Bank account (CLABE)"),
            "IBAN": self.env._("Bank account (IBAN)"),
            "CARD": self.env._("Card number"),
            "NSS": self.env._("Social security number"),
            "PHONE": self.env._("Phone number"),
            "EMAIL": self.env._("E-mail address"),
            "ADDRESS": self.env._("Street address"),
            "NAME": self.env._("Name of a person or company"),
            "TEXT": self.env._("Text that looks like a placeholder"),
        }


def _in_order(request):
    """Return the structured answer in the order of the chain's outputs."""
    version = request.chain_version_id
    names = [output.name for output in version._spec().outputs] if version else []
    data = request.data or {}
    return {name: data[name] for name in [*names, *data] if name in data}
