# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.expectations import Expectation, is_number


class GptChainCaseExpectation(models.Model):
    """One thing that must be so when a case is run."""

    _name = "gpt.chain.case.expectation"
    _description = "GPT Chain Case Expectation"
    _inherit = ["gpt.link.mixin"]
    _order = "sequence, id"

    case_id = fields.Many2one(
        "gpt.chain.case", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("contains", "contains"),
            ("not_contains", "does not contain"),
            ("equals", "is exactly"),
            ("at_least", "is at least"),
            ("at_most", "is at most"),
            ("matches", "matches the pattern"),
            ("max_chars", "is not longer than (characters)"),
            ("error", "is this error"),
        ],
        default="contains",
        required=True,
    )
    output_name = fields.Char(
        string="Field",
        help="A field of the structured output. Empty: the whole answer.",
    )
    value = fields.Char(
        help="Capital and small letters are the same. For a field that is yes or no, "
        "write yes or no. A pattern is a regular expression.",
    )
    error_code = fields.Selection(
        selection=lambda self: self.env["gpt.request"]._fields["error_code"].selection,
        string="Error",
    )

    @api.depends("kind", "output_name", "value", "error_code")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            value = line.value or ""
            if line.kind == "error" and line.error_code:
                value = self.env["gpt.request.error"]._label(line.error_code)
            subject = line.output_name or self.env._("The answer")
            line.display_name = f"{subject} {kinds.get(line.kind, '')}: {value}"

    @api.constrains("kind", "value", "error_code")
    def _check_value(self):
        for line in self:
            empty_field = line.kind == "equals" and line.output_name
            if not (line.error_code or line.value or empty_field):
                raise ValidationError(
                    self.env._("Say what is expected: %(line)s", line=line.display_name)
                )
            if line.kind == "max_chars" and not line.value.strip().isdecimal():
                raise ValidationError(
                    self.env._("%(value)s is no number.", value=line.value)
                )
            if line.kind in ("at_least", "at_most") and not is_number(line.value):
                raise ValidationError(
                    self.env._("%(value)s is no number.", value=line.value)
                )
            if line.kind == "matches":
                line._check_pattern()

    def _check_pattern(self):
        try:
            re.compile(self.value)
        except re.error as error:
            raise ValidationError(
                self.env._(
                    "The pattern %(pattern)s cannot be used: %(why)s.",
                    pattern=self.value,
                    why=error,
                )
            ) from error

    @api.constrains("output_name", "case_id")
    def _check_output_name(self):
        for line in self.filtered("output_name"):
            known = line.case_id.chain_id.step_ids.output_ids.mapped("name")
            if line.output_name not in known:
                raise ValidationError(
                    self.env._(
                        "The chain has no output %(name)s. It has: %(known)s.",
                        name=line.output_name,
                        known=", ".join(known) or "-",
                    )
                )

    def _expectation(self):
        self.ensure_one()
        value = self.error_code if self.kind == "error" else self.value
        return Expectation(self.kind, value or "", self.output_name or "")
