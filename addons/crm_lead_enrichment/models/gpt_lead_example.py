# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, models

from odoo.addons.gpt_core.utils.record_values import as_label

from ..engine.evidence_check import QUOTE_SUFFIX
from .gpt_lead_value import REFUSED

SOURCE = "lead"
# A salesperson decides about one value after the other: all are one example.
DECIDING_SECONDS = 300
# What people decided, which makes a value right or wrong.
DECIDED = ("accepted", "edited", *REFUSED)
_RELATIONAL = ("many2one", "many2many")


class GptLeadExample(models.AbstractModel):
    """Proposes examples out of what people made of the values of their leads."""

    _name = "gpt.lead.example"
    _description = "Proposals of Examples from Leads"
    _inherit = ["gpt.example.source"]

    @api.model
    def _on_decided(self, rows):
        """Have the answers proposed whose values people have decided about."""
        # sudo: gpt.lead.run - which request it was, for whoever changes the lead
        for request in rows.sudo().run_id.request_id:
            if self._is_wanted(request.chain_id):
                self._enqueue(request, "_propose_lead_example_job", DECIDING_SECONDS)

    @api.model
    def _propose_decided(self, request):
        """Propose the answer as people have left it by now.

        Where they only accepted, it is a right answer. Where they edited or rejected,
        theirs is preferred to the model's.
        """
        rows = self._decided_rows(request)
        if not rows or not request.masked_data:
            self._withdraw(request, SOURCE)
            return
        right = self._right_answer(request, rows)
        if right == request.masked_data:
            values = self._values(request, SOURCE, preferred=False, rejected=False)
        else:
            values = self._values(
                request,
                SOURCE,
                kind="preference",
                preferred=json.dumps(right, ensure_ascii=False),
                rejected=self._answer(request),
            )
        if values and self._is_wanted(request.chain_id):
            self._propose(request, values)

    @api.model
    def _decided_rows(self, request):
        rows = self.env["gpt.lead.value"].search(
            [
                ("run_id", "=", request.lead_run_id.id),
                ("run_id", "!=", False),
                ("state", "in", DECIDED),
            ],
            order="id",
        )
        # An answer of an earlier try is not what they decided about.
        return rows.filtered(lambda row: row.run_id.request_id == request)

    @api.model
    def _right_answer(self, request, rows):
        """Return the fields of the answer as people left them."""
        version = request.chain_version_id
        outputs = {output.name: output for output in version._spec().outputs}
        right = dict(request.masked_data)
        wanted = self.env["gpt.lead.chain"]._wanted(version)
        of_field = {value.field: value.name for value in wanted}
        for row in rows:
            name = of_field.get(row.field_name)
            if name not in right or row.state == "accepted":
                continue
            if row.state == "edited":
                right[name] = self._as_answered(row, outputs[name])
                continue
            for refused in {name, name + QUOTE_SUFFIX} & right.keys():
                right[refused] = _nothing(outputs.get(refused))
        return right

    @api.model
    def _as_answered(self, row, output):
        """Return what a person wrote as the model should have answered it."""
        field = row.lead_id._fields[row.field_name]
        value = row._in_lead()
        if field.type in _RELATIONAL:
            value = as_label(self.env, field, value)
        if value is False and output.ttype != "boolean":
            return _nothing(output)
        if output.ttype == "selection":
            return self._choice(field, value, output)
        if output.ttype == "list":
            return [part.strip() for part in str(value).split(",")]
        return value

    @api.model
    def _choice(self, field, value, output):
        """Return the choice of an output that means a value of a selection."""
        if value in output.choices:
            return value
        label = as_label(self.with_context(lang="en_US").env, field, value)
        same = (c for c in output.choices if c.casefold() == str(label).casefold())
        return next(same, _nothing(output))


def _nothing(output):
    """Return what an output holds when there is nothing to say."""
    if output is None or not output.required:
        return None
    return [] if output.ttype == "list" else ""
