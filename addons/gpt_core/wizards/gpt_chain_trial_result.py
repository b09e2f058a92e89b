# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a trial shows: the prompts before they are sent, and how it went."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..utils import html_trial as html


class GptChainTrial(models.TransientModel):
    _inherit = "gpt.chain.trial"

    prompt_html = fields.Html(
        string="What Will Be Sent", compute="_compute_preview", sanitize=False
    )
    masked_html = fields.Html(
        string="What Is Masked", compute="_compute_preview", sanitize=False
    )
    preview_problem = fields.Text(compute="_compute_preview")
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
            self._spec(), self._values(), self.record_ref or None
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
