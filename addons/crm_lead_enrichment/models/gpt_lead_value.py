# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang

from odoo.addons.gpt_core.utils.record_values import (
    as_label,
    as_plain,
    is_fillable,
    stored_value,
)

# States in which what stands in the field is ours, or was taken over from us.
WRITTEN = ("applied", "accepted")
# States that a person has not decided about, and that can be decided about.
SUGGESTED = ("suggested", "ungrounded")
# States in which a person does not want it; it is not given again.
REFUSED = ("rejected", "undone")
# States of decisions that can be taken back.
TAKEN_BACK = (*REFUSED, "edited")
STATES = [
    ("applied", "Filled in"),
    ("accepted", "Accepted"),
    ("edited", "Edited by a person"),
    ("suggested", "Suggestion"),
    ("ungrounded", "Without evidence"),
    ("rejected", "Rejected"),
    ("undone", "Undone"),
    ("superseded", "Replaced"),
]
BATCH = 1000
# Copies of what stands, or stood, in the lead. The value itself is the lead's.
COPIES = ("quote", "source_label", "reason_note")


class GptLeadValue(models.Model):
    """A value that the model gave for a field of a lead, and its evidence."""

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
    evidence = fields.Char(
        compute="_compute_evidence", help="The quoted passage, or why none counts."
    )
    why = fields.Char(
        compute="_compute_why", help="Why the value is not in its field yet."
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
            ("grounded", "Grounded"),
            ("no_evidence", "The model gave no evidence."),
            ("not_found", "Quote not found in the lead."),
            ("small_talk", "The quote is only small talk."),
            ("injection", "The quote contains instructions aimed at the AI."),
            ("injection_elsewhere", "This lead contains instructions aimed at the AI."),
            (
                "ungrounded_figure",
                "It has a number or an address that is not in the lead.",
            ),
            ("unrelated", "The quote does not support the value."),
            ("waived", "No evidence required"),
            ("record", "Checked in the lead"),
        ],
        required=True,
    )
    state = fields.Selection(
        selection=STATES,
        required=True,
    )
    state_before = fields.Selection(
        selection=STATES, readonly=True, help="What it was until it was decided about."
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
            row.value_text = row._shown(row.value)
            row.before_text = row._shown(row.before)

    def _shown(self, plain):
        """Return the JSON of this row's field as the user writes dates and amounts."""
        field = self.env["crm.lead"]._fields.get(self.field_name)
        if plain and field.type == "date":
            return format_date(self.env, plain)
        if plain and field.type == "monetary":
            return formatLang(
                self.env, plain, currency_obj=self.lead_id.company_currency
            )
        return self._text(self.field_name, plain)

    @api.model
    def _text(self, name, plain):
        """Return the JSON of a field of a lead as people read it."""
        leads = self.env["crm.lead"]
        if name == "x_missing_fields":
            return ", ".join(label for _name, label in leads._gpt_labels_of(plain))
        if name == "x_confidence" and plain:
            return f"{plain:.0%}"
        return as_label(self.env, leads._fields.get(name), plain)

    @api.depends("quote", "verdict")
    def _compute_evidence(self):
        verdicts = dict(self._fields["verdict"]._description_selection(self.env))
        for row in self:
            passage = f"“{row.quote}”" if row.quote else ""
            verdict = "" if row.verdict == "grounded" else verdicts[row.verdict]
            row.evidence = " ".join(filter(None, [verdict, passage]))

    @api.depends("state", "verdict", "field_name", "lead_id")
    def _compute_why(self):
        verdicts = dict(self._fields["verdict"]._description_selection(self.env))
        for row in self:
            now = row._shown(row._in_lead())
            if row.state == "ungrounded":
                why = self.env._("Not filled in: %s", verdicts[row.verdict])
            elif row.state != "suggested":
                why = False
            elif now:
                why = self.env._("The field has another value: %s", now)
            else:
                why = self.env._("The field is empty, and the lead says this.")
            row.why = why

    @api.depends("field_name", "value")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.label}: {row.value_text or ''}"

    # What stands in the lead

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

    def _supersede(self):
        """Give way to a newer value of the same field."""
        self.write({"is_current": False})
        self.filtered(lambda row: row.state == "applied").state = "superseded"

    # What people decide

    def action_accept(self):
        """Take the value over: it is a person's from now on, and stays."""
        for row in self:
            row._check_decidable(("applied", *SUGGESTED))
            if row.state in SUGGESTED:
                row._write_to_lead({"before": row._in_lead()})
            row._decide("accepted")
        self._refresh_missing()
        return True

    def action_undo(self):
        """Put back what stood in the field before."""
        for row in self:
            row._check_decidable(WRITTEN)
            row._restore()
            row._decide("undone")
        self._refresh_missing()
        return True

    def action_take_back(self):
        """Take back a decision: the value is again what it was before it."""
        for row in self:
            row._check_decidable(TAKEN_BACK)
            if row.state_before in SUGGESTED:
                row._decide(row.state_before)
            else:
                # What stands there now can be had back by another undo.
                row._write_to_lead({"before": row._in_lead()})
                row._decide("accepted")
            # sudo: gpt.lead.value - of a lead that the user may change, as checked
            row.sudo().write({"reason": False, "reason_note": False})
        self._refresh_missing()
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

    def action_ask_again(self):
        """Ask the model for this value only; what it says is a new row."""
        self.ensure_one()
        self.check_access("read")
        return self.lead_id._gpt_notify(
            self.env["gpt.lead.trigger"]._ask_again(self.lead_id, self.field_name)
        )

    def _reject(self, reason, note):
        """Reject a value; the model does not write the same one again."""
        self._check_decidable((*WRITTEN, *SUGGESTED))
        if self.state in WRITTEN:
            self._restore()
        self._decide("rejected", reason=reason, reason_note=note)
        self._refresh_missing()

    def _refresh_missing(self):
        # sudo: crm.lead - the list of missing data follows from what was decided
        self.env["gpt.lead.writer"]._list_missing(self.lead_id.sudo())

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
                "state_before": self.state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                **values,
            }
        )
        self.env["gpt.lead.example"]._on_decided(self)

    def _note_edits(self):
        """Mark the values that a person has changed in the lead by now."""
        for row in self.filtered(lambda row: row.state in WRITTEN):
            if row._in_lead() != row.value:
                row._decide("edited")

    # How long it is kept

    @api.model
    def _purge(self, before):
        """Forget the evidence of old values; return whether there may be more."""
        replaced = self.search(
            [("create_date", "<", before), ("is_current", "=", False)], limit=BATCH
        )
        replaced.unlink()
        told = [(name, "!=", False) for name in COPIES]
        old = self.search(
            [("create_date", "<", before), *["|"] * (len(told) - 1), *told], limit=BATCH
        )
        old.write(dict.fromkeys(COPIES, False))
        return BATCH in (len(replaced), len(old))
