# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..field_values import (
    as_label,
    as_plain,
    fitting_value,
    is_fillable,
    stored_value,
)

# States in which what stands in the field is ours, or was taken over from us.
WRITTEN = ("applied", "accepted")
# States that a person has not decided about, and that can be decided about.
SUGGESTED = ("suggested", "unproven")


class GptLeadValue(models.Model):
    """A value that the model gave for a field of a lead, its proof, and its fate."""

    _name = "gpt.lead.value"
    _description = "AI Value of a Lead"
    _order = "sequence, id"
    # Odoo itself writes them all: who decided, and when, is kept apart. Two keys less
    # to be looked up for each of the values of each lead.
    _log_access = False

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    run_id = fields.Many2one("gpt.lead.run", ondelete="set null", index=True)
    company_id = fields.Many2one(related="run_id.company_id")
    create_date = fields.Datetime(
        string="Found On", default=fields.Datetime.now, readonly=True
    )
    sequence = fields.Integer(default=10)
    field_name = fields.Selection(
        selection="_field_choices",
        string="Field of the Lead",
        required=True,
    )
    label = fields.Char(string="Field", compute="_compute_label")
    # As JSON: ids of linked records, keys of choices, dates as ISO text.
    value = fields.Json(string="Raw Value")
    before = fields.Json(string="Raw Value Before")
    value_text = fields.Char(string="Value", compute="_compute_texts")
    before_text = fields.Char(string="Before", compute="_compute_texts")
    quote = fields.Text()
    proof = fields.Char(
        compute="_compute_proof", help="The passage, or why there is none that counts."
    )
    source_kind = fields.Selection(
        selection=[
            ("field", "Field"),
            ("description", "Notes"),
            ("chat", "Chat"),
            ("email", "E-mail"),
            ("comment", "Message"),
            ("note", "Internal note"),
            ("record", "Empty fields of the lead"),
        ],
        string="Found In",
    )
    source_label = fields.Char(string="Where")
    message_id = fields.Many2one("mail.message", ondelete="set null")
    verdict = fields.Selection(
        selection=[
            ("proven", "Proven"),
            ("no_quote", "The model gave no proof."),
            ("not_found", "The passage stands nowhere in the lead."),
            ("courtesy", "The passage says nothing about it."),
            ("instruction", "The passage gives orders to the assistant."),
            ("instructed", "Somebody gives orders to the assistant in this lead."),
            ("invented", "It has a number or an address that nobody gave."),
            ("waived", "No proof asked for"),
            ("record", "Checked in the lead"),
        ],
        required=True,
    )
    state = fields.Selection(
        selection=[
            ("applied", "Written"),
            ("accepted", "Accepted"),
            ("edited", "Edited by a person"),
            ("suggested", "Suggestion"),
            ("unproven", "Without proof"),
            ("rejected", "Rejected"),
            ("undone", "Undone"),
            ("superseded", "Replaced"),
        ],
        required=True,
    )
    is_current = fields.Boolean(default=True, help="The latest of its field.")
    reason = fields.Selection(
        selection=[
            ("wrong", "It is wrong"),
            ("outdated", "It is out of date"),
            ("useless", "It is of no use"),
            ("other", "Another reason"),
        ],
        string="Why Rejected",
        readonly=True,
    )
    reason_note = fields.Char(string="Explanation", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(string="Decided On", readonly=True)

    @api.model
    def _field_choices(self):
        """Return every field that a chain may fill, with what people call it."""
        leads = self.env["crm.lead"]
        return [
            (name, label)
            for name, label in leads._gpt_labels().items()
            if is_fillable(leads._fields[name])
        ]

    @api.depends("field_name")
    def _compute_label(self):
        labels = self.env["crm.lead"]._gpt_labels()
        for row in self:
            row.label = labels.get(row.field_name, row.field_name)

    @api.depends("field_name", "value", "before")
    def _compute_texts(self):
        for row in self:
            field = self.env["crm.lead"]._fields.get(row.field_name)
            row.value_text = as_label(self.env, field, row.value)
            row.before_text = as_label(self.env, field, row.before)

    @api.depends("quote", "verdict")
    def _compute_proof(self):
        verdicts = dict(self._fields["verdict"]._description_selection(self.env))
        for row in self:
            passage = f"“{row.quote}”" if row.quote else ""
            verdict = "" if row.verdict == "proven" else verdicts[row.verdict]
            row.proof = " ".join(filter(None, [verdict, passage]))

    @api.depends("field_name", "value")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.label}: {row.value_text or ''}"

    # What becomes of an answer

    def _propose(self, run, lead, items, before, may_write):
        """Keep the values of an answer beside these, which are the lead's current ones.

        Return the rows of those that are new.

        :param items: the :class:`~..engine.judgement.Judged` values
        :param before: digests of the lead's fields when the model began to think
        :param may_write: whether the lead is still one that we write to
        """
        of_field = self.grouped("field_name")
        outrun, rows = self.browse(), []
        # Two values for one field: the chain's last word counts.
        for item in {item.wanted.field: item for item in items}.values():
            earlier = of_field.get(item.wanted.field, self.browse())[:1]
            values = self._proposed(run, lead, item, earlier, before)
            if not values:
                continue
            if values["state"] == "applied" and not may_write:
                values["state"] = "suggested"
            outrun |= earlier
            rows.append(values)
        outrun._supersede()
        return self.create(rows)

    @api.model
    def _proposed(self, run, lead, item, earlier, before):
        """Return the values of the row of one value, ``None`` if it is nothing new."""
        name = item.wanted.field
        value = fitting_value(lead, name, item.value)
        fate = value is not None and self._fate(lead, item, earlier, value, before)
        if not fate:
            return None
        current = as_plain(lead, name)
        return {
            "lead_id": lead.id,
            "run_id": run.id,
            "sequence": 10 * (1 + _place(name)),
            "field_name": name,
            "value": value,
            # A newer proof of what we wrote already: undoing goes further back.
            "before": earlier.before if value == current else current,
            "state": fate,
            **self._proof_values(item),
        }

    def _supersede(self):
        """Give way to a newer value of the same field."""
        self.write({"is_current": False})
        self.filtered(lambda row: row.state == "applied").state = "superseded"

    @api.model
    def _proof_values(self, item):
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
    def _fate(self, lead, item, earlier, value, before):
        """Return the state of a new value, ``None`` when there is nothing new in it.

        What a person wrote, emptied, undid or rejected stays as he left it.
        """
        name = item.wanted.field
        current = as_plain(lead, name)
        if value == current:
            # Ours may have a newer proof; a person's needs none of us.
            return "applied" if earlier.state == "applied" and item.is_proven else None
        refused = earlier.state in ("rejected", "undone") and earlier.value == value
        if refused or (not value and earlier.state != "applied"):
            return None
        if not item.is_proven:
            return "unproven"
        touched = before.get(name) != lead._gpt_digest(name)
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
        return not current or current == lead._gpt_default(name)

    @api.model
    def _current(self, lead, name=None):
        """Return the latest row of each field of these leads, or of one field."""
        domain = [("lead_id", "in", lead.ids), ("is_current", "=", True)]
        if name:
            domain.append(("field_name", "=", name))
        found = self.search(domain, order="id desc")
        return found[:1] if name else found

    def _in_lead(self):
        """Return what stands in the lead's field now, as JSON."""
        self.ensure_one()
        return as_plain(self.lead_id, self.field_name)

    def _note_written(self):
        """Keep what the lead made of our values: it cleans addresses and texts."""
        for row in self:
            if row._in_lead() != row.value:
                row.value = row._in_lead()

    def _stored_value(self):
        """Return the value as ``write`` takes it."""
        self.ensure_one()
        return stored_value(self.env["crm.lead"]._fields[self.field_name], self.value)


def _place(name):
    order = ("x_gpt_summary", "x_priority", "x_next_step", "x_missing_fields")
    return order.index(name) if name in order else len(order) + (name != "x_confidence")
