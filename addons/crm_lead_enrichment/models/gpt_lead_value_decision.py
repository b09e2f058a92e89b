# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people decide about a value."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..field_values import stored_value
from .gpt_lead_value import SUGGESTED, WRITTEN


class GptLeadValue(models.Model):
    _inherit = "gpt.lead.value"

    def action_accept(self):
        """Take the value over: it is a person's from now on, and stays."""
        for row in self:
            row._check_decidable(("applied", *SUGGESTED))
            if row.state in SUGGESTED:
                row._write_to_lead({"before": row._in_lead()})
            row._decide("accepted")
        return True

    def action_undo(self):
        """Put back what stood in the field before."""
        for row in self:
            row._check_decidable(WRITTEN)
            row._restore()
            row._decide("undone")
        return True

    def action_reject(self):
        """Ask why, and put back what stood in the field before."""
        self.ensure_one()
        self._check_decidable((*WRITTEN, *SUGGESTED))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reject: %s", self.label),
            "res_model": "gpt.lead.reject",
            "view_mode": "form",
            "target": "new",
            "context": {"default_value_id": self.id},
        }

    def _reject(self, reason, note):
        """Reject a value; the model does not write the same one again."""
        self._check_decidable((*WRITTEN, *SUGGESTED))
        if self.state in WRITTEN:
            self._restore()
        self._decide("rejected", reason=reason, reason_note=note)

    def _check_decidable(self, states):
        """Refuse what is past deciding, and whoever may not change the lead."""
        self.ensure_one()
        self.check_access("read")
        self.lead_id.check_access("write")
        if self.state not in states or not self.is_current:
            raise UserError(
                self.env._(
                    "%(field)s: this was decided already. Reload the page.",
                    field=self.label,
                )
            )

    def _restore(self):
        if self._in_lead() != self.value:
            raise UserError(
                self.env._(
                    "%(field)s was changed since; what stands there now is not the "
                    "model's any more.",
                    field=self.label,
                )
            )
        self._write_to_lead(use_before=True)

    def _write_to_lead(self, values=None, use_before=False):
        """Write the value, or what was before it, with the user's own rights."""
        field = self.lead_id._fields[self.field_name]
        plain = self.before if use_before else self.value
        if values:
            # sudo: gpt.lead.value - of a lead that the user may change, as checked
            self.sudo().write(values)
        self.lead_id._gpt_write({self.field_name: stored_value(field, plain)})
        if not use_before:
            # sudo: gpt.lead.value - of a lead that the user may change, as checked
            self.sudo()._note_written()

    def _decide(self, state, **values):
        # sudo: gpt.lead.value - of a lead that the user may change, as checked
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                **values,
            }
        )

    def _note_edits(self):
        """Mark the values that a person has changed in the lead by now."""
        for row in self.filtered(lambda row: row.state in WRITTEN):
            if row._in_lead() != row.value:
                row._decide("edited")
