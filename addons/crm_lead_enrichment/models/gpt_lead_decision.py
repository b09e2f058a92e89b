# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.same_meaning import same_meaning, same_passage
from .gpt_lead_value import REFUSED

_FREE_TEXT = ("text", "html")


class GptLeadDecision(models.AbstractModel):
    """Whether people have decided about a new value of the model already.

    A decision is about what a value means, not about its letters. It holds as long as
    what the value rests on is what was there when they decided.
    """

    _name = "gpt.lead.decision"
    _description = "Decisions About Lead Values"

    @api.model
    def _refused(self, lead, current):
        """Return the rows of a lead that were undone or rejected, also replaced ones.

        :param current: the lead's rows of :meth:`~gpt.lead.value._current`
        """
        if not current:  # nothing to decide about yet
            return current
        return current.search(
            [("lead_id", "in", lead.ids), ("state", "in", REFUSED)], order="id desc"
        )

    @api.model
    def _is_decided(self, run, item, value, rows):
        """Tell whether one of ``rows`` is a decision that holds for a new value.

        :param run: that gave the value
        :param item: the :class:`~..engine.evidence_check.GroundedValue`
        :param value: as JSON of the field
        :param rows: of the same field, that people decided about
        """
        return any(self._holds(row, run, item, value) for row in rows)

    @api.model
    def _holds(self, row, run, item, value):
        is_same = self._is_same(row.field_name, row.value, value)
        field = self.env["crm.lead"]._fields[row.field_name]
        if not (is_same or field.type in _FREE_TEXT):
            return False
        return not self._rests_on_new(row, run, item, is_same)

    @api.model
    def _is_same(self, name, one, other):
        if name == "x_missing_fields":  # a list, as text
            one, other = ((names or "").split(", ") for names in (one, other))
        return same_meaning(one, other)

    @api.model
    def _rests_on_new(self, row, run, item, is_same):
        """Tell whether a value rests on what was not there when people decided."""
        if item.source is None:
            # It has no passage: it may rest on anything, or on nothing.
            is_waived = item.verdict == "waived" and not is_same
            return is_waived and run.fingerprint != row.run_id.fingerprint
        if item.source.digest in (row.run_id.source_digests or ()):
            return False
        if not row.quote:  # it was forgotten, see _purge()
            return not is_same
        return not same_passage(item.quote, row.quote)
