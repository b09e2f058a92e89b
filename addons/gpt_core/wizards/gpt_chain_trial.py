# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine.chain.template import RESERVED_NAMES, template_names

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
        if self.record_ref:
            self.record_ref.check_access("read")
        request = self.env["gpt.request.queue"]._delay_trial(
            self.version_id or self.chain_id._frozen_draft(),
            self._values(),
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
