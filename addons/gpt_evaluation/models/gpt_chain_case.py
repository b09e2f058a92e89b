# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.gpt_core.engine.chain.template import RESERVED_NAMES
from odoo.addons.gpt_core.engine.digest import digest

from ..engine.expectations import likely


class GptChainCase(models.Model):
    """An example of a chain: what its inputs are, and what the answer must be like."""

    _name = "gpt.chain.case"
    _description = "GPT Chain Case"
    _inherit = ["gpt.link.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", index=True
    )
    value_ids = fields.One2many(
        "gpt.chain.case.value", "case_id", string="Values", copy=True
    )
    expectation_ids = fields.One2many(
        "gpt.chain.case.expectation", "case_id", string="Expectations", copy=True
    )
    result_ids = fields.One2many("gpt.chain.evaluation.result", "case_id")
    last_result_id = fields.Many2one(
        "gpt.chain.evaluation.result",
        compute="_compute_last_result",
    )
    last_state = fields.Selection(
        selection=lambda self: (
            self.env["gpt.chain.evaluation.result"]._fields["state"].selection
        ),
        string="Last Outcome",
        compute="_compute_last_result",
    )

    @api.depends("result_ids.state")
    def _compute_last_result(self):
        for case in self:
            results = case.result_ids.filtered(lambda r: r.state != "cancelled")
            case.last_result_id = results.sorted("id")[-1:]
            case.last_state = case.last_result_id.state

    @api.onchange("chain_id")
    def _onchange_chain_id(self):
        """Offer a line for each input that has none."""
        known = set(self.value_ids.mapped("input_name"))
        self.value_ids = [
            Command.create({"input_name": name})
            for name in self.chain_id.input_ids.mapped("name")
            if name not in known
        ]

    @api.constrains("value_ids", "chain_id")
    def _check_values(self):
        for case in self:
            names = case.value_ids.mapped("input_name")
            known = [*case.chain_id.input_ids.mapped("name"), *RESERVED_NAMES]
            unknown = sorted(set(names) - set(known))
            if unknown:
                raise ValidationError(
                    self.env._(
                        "The chain has no input %(unknown)s. It has: %(known)s.",
                        unknown=", ".join(unknown),
                        known=", ".join(known),
                    )
                )
            if len(set(names)) < len(names):
                raise ValidationError(
                    self.env._("The case %(name)s has an input twice.", name=case.name)
                )

    @api.model
    def _open_new(self, chain, values, request=None):
        """Return a window with a new case of ``chain``, filled in but not saved."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Case"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_chain_id": chain.id,
                "default_value_ids": [
                    Command.create({"input_name": name, "value": str(value or "")})
                    for name, value in values.items()
                ],
                "default_expectation_ids": [
                    Command.create(line) for line in self._expectations_of(request)
                ],
            },
        }

    @api.model
    def _expectations_of(self, request):
        """Return what may be expected after a request went as it did, as lines."""
        if not request:
            return []
        if request.error_code:
            return [{"kind": "error", "error_code": request.error_code}]
        outputs = request.chain_id.step_ids.output_ids
        types = {output.name: output.ttype for output in outputs}
        # Only what the draft still has can be expected of it.
        data = {
            name: value for name, value in (request.data or {}).items() if name in types
        }
        return [
            {"kind": line.kind, "output_name": line.output, "value": line.value}
            for line in likely(data, types)
        ]

    def _values(self):
        self.ensure_one()
        return {line.input_name: line.value or "" for line in self.value_ids}

    def _expectations(self):
        """Return the engine's ``Expectation`` of each line."""
        self.ensure_one()
        return [line._expectation() for line in self.expectation_ids]

    def _fingerprint(self):
        """Return what changes when the case does: older results then say nothing."""
        self.ensure_one()
        lines = [[line.kind, line.value, line.output] for line in self._expectations()]
        return digest(self._values(), lines)

    def _result_on(self, version_fingerprint):
        """Return the last result of this case, as it is now, on such a version."""
        self.ensure_one()
        # Of more than one try, a fault of the provider says nothing about the chain.
        return self.env["gpt.chain.evaluation.result"].search(
            [
                ("case_id", "=", self.id),
                ("case_fingerprint", "=", self._fingerprint()),
                ("version_id.fingerprint", "=", version_fingerprint),
                ("state", "in", ["passed", "failed"]),
            ],
            order="id desc",
            limit=1,
        )

    def _is_waiting_on(self, version_fingerprint):
        """Tell whether this case, as it is now, still runs on such a version."""
        self.ensure_one()
        return bool(
            self.env["gpt.chain.evaluation.result"].search_count(
                [
                    ("case_id", "=", self.id),
                    ("case_fingerprint", "=", self._fingerprint()),
                    ("version_id.fingerprint", "=", version_fingerprint),
                    ("state", "=", "pending"),
                ],
                limit=1,
            )
        )
