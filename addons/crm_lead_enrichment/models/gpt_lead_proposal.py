# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.utils.record_values import as_plain, fitting_value

_FIRST = ("x_gpt_summary", "x_priority", "x_next_step", "x_missing_fields")


class GptLeadProposal(models.AbstractModel):
    """What becomes of a model's values: written, suggested, or left out."""

    _name = "gpt.lead.proposal"
    _description = "Proposal of Lead Values"

    @api.model
    def _propose(self, run, lead, version, items, current, before):
        """Keep the values of an answer beside the lead's current ones.

        Return the rows of those that are new.

        :param version: that of the chain that gave the answer
        :param items: the :class:`~..engine.evidence_check.GroundedValue` values
        :param current: the lead's rows of :meth:`~gpt.lead.value._current`
        :param before: digests of the lead's fields when the model was asked
        """
        of_field = current.grouped("field_name")
        replaced, rows = current.browse(), []
        decisions = lead.env["gpt.lead.decision"]
        refused = decisions._refused(lead, current).grouped("field_name")
        may_write = not lead._gpt_unwanted()
        offered = lead.env["gpt.lead.chain"]._offered(version)
        # Two values for one field: the chain's last word counts.
        for item in {item.wanted.field: item for item in items}.values():
            earlier = of_field.get(item.wanted.field, current.browse())[:1]
            values = self._row_values(run, lead, item, earlier, before)
            decided = refused.get(item.wanted.field, current.browse())
            decided |= earlier.filtered(lambda row: row.state == "accepted")
            if not values:
                continue
            is_decided = decisions._is_decided(run, item, values["value"], decided)
            is_offer = item.wanted.name in offered
            if is_offer and lead[item.wanted.field]:
                continue
            # Who asks again wants to see what comes, also what was refused before.
            if is_decided and not run.only_field:
                continue
            held_back = is_decided or is_offer or not may_write
            if values["state"] == "applied" and held_back:
                values["state"] = "suggested"
            replaced |= earlier
            rows.append(values)
        replaced._supersede()
        return current.create(rows)

    @api.model
    def _row_values(self, run, lead, item, earlier, before):
        """Return the values of the row of one value, ``None`` if it is nothing new."""
        name = item.wanted.field
        value = fitting_value(lead, name, item.value)
        state = value is not None and self._state(lead, item, earlier, value, before)
        if not state:
            return None
        current = as_plain(lead, name)
        return {
            "lead_id": lead.id,
            "run_id": run.id,
            "sequence": 10 * (1 + _place(name)),
            "field_name": name,
            "value": value,
            # Newer evidence of what we wrote already: undoing goes further back.
            "before": earlier.before if value == current else current,
            "state": state,
            **self._evidence_values(item),
        }

    @api.model
    def _evidence_values(self, item):
        source = item.source
        kind = source.kind if source else False
        if item.verdict == "record":
            kind = "record"
        return {
            "verdict": item.verdict,
            "quote": item.quote or False,
            "source_kind": kind,
            "source_label": source.label if source else False,
            "message_id": source.reference if source else False,
        }

    @api.model
    def _state(self, lead, item, earlier, value, before):
        """Return the state of a new value, ``None`` when there is nothing new in it.

        What a person wrote, emptied, undid or rejected stays as they left it.
        """
        name = item.wanted.field
        current = as_plain(lead, name)
        if value == current:
            # Ours may have newer evidence; a person's needs none of us.
            is_ours = earlier.state == "applied" and item.is_grounded
            return "applied" if is_ours else None
        if not value and earlier.state != "applied":
            return None
        if not item.is_grounded:
            return "ungrounded"
        touched = before.get(name) != lead.env["gpt.lead.chain"]._digest(lead, name)
        if touched or not self._is_free(lead, name, earlier, current):
            return "suggested"
        return "applied"

    @api.model
    def _is_free(self, lead, name, earlier, current):
        """Tell whether a field is empty, or holds what we wrote ourselves."""
        if earlier.state == "applied":
            return current == earlier.value
        if earlier.state in ("accepted", "edited"):
            return False
        # Or it has the value that a field has when nobody filled it.
        return not current or current == lead.default_get([name]).get(name, False)


def _place(name):
    if name in _FIRST:
        return _FIRST.index(name)
    return len(_FIRST) + (name != "x_confidence")
