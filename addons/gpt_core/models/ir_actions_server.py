# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

# Set while an answer is written, so that what it changes does not ask again.
APPLYING = "gpt_applying_action"


class IrActionsServer(models.Model):
    """A server action that runs a chain on the records of any model, in jobs."""

    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[("gpt_chain", "GPT Chain")],
        ondelete={"gpt_chain": "cascade"},
    )
    gpt_chain_id = fields.Many2one("gpt.chain", string="Chain", ondelete="restrict")
    gpt_value_ids = fields.One2many(
        "gpt.action.value", "action_id", string="Values", copy=True
    )
    gpt_post = fields.Boolean(
        string="Post the Answer",
        default=True,
        help="As a note in the chatter of the record, where it has one. Structured "
        "output fills the fields that the chain's outputs name.",
    )

    @api.constrains("state", "gpt_chain_id")
    def _check_gpt_chain(self):
        for action in self:
            if action.state == "gpt_chain" and not action.gpt_chain_id:
                raise UserError(self.env._("Choose the chain to run."))

    def action_gpt_preview(self):
        """Show the prompt for a record, as it would be sent; nothing is sent."""
        self.ensure_one()
        record = self.env[self.model_id.model].search([], limit=1)
        if not record:
            raise UserError(self.env._("There is no record to try it on."))
        preview = self.env["gpt.action.preview"].create(
            {"action_id": self.id, "res_id": record.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": preview._name,
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
        }

    def _run_action_gpt_chain_multi(self, eval_context):
        records = eval_context.get("records") or eval_context.get("record")
        if not records or self.env.context.get(APPLYING) == self.id:
            return False
        # The answer is written later, with the rights of whoever asks now.
        records.check_access("write")
        for record in records:
            self.env["gpt.service"].delay_complete(
                self.sudo().gpt_chain_id,
                self._gpt_values(record),
                record=record,
                memo={"server_action": self.id},
                description=self.name,
            )
        return False

    def _gpt_values(self, record):
        # sudo: gpt.action.value - set up by an administrator, run by any user
        return {
            value.input_name: value._of(record) for value in self.sudo().gpt_value_ids
        }

    def _gpt_apply_to(self, record, request):
        """Write the answer of ``request`` to its record, as the user who asked."""
        self.ensure_one()
        record = record.with_user(request.user_id).with_context(**{APPLYING: self.id})
        values = self._gpt_field_values(record, request)
        if values:
            record.write(values)
        if self.gpt_post and hasattr(record, "message_post"):
            record.message_post(body=self._gpt_note(request))

    def _gpt_fail_on(self, record, request):
        self.ensure_one()
        if hasattr(record, "message_post"):
            reason = request._error_label(request.error_code)
            record.with_user(request.user_id).message_post(
                body=self.env._(
                    "%(action)s: %(reason)s", action=self.name, reason=reason
                )
            )

    def _gpt_note(self, request):
        if not request.data:
            return plaintext2html(request.answer or "")
        lines = [
            Markup("<b>%s</b>: %s") % (name, escape(_as_line(value)))
            for name, value in request.data.items()
        ]
        return Markup("<br/>").join(lines)

    def _gpt_field_values(self, record, request):
        """Return what the structured output fills, by field, as each field takes it."""
        # sudo: gpt.chain.version - the user runs chains that he cannot read
        snapshot = request.sudo().chain_version_id.snapshot or {}
        outputs = [o for step in snapshot.get("steps", []) for o in step["outputs"]]
        values = {}
        for output in outputs:
            field = record._fields.get(output.get("field_name") or "")
            value = (request.data or {}).get(output["name"])
            if field is not None and value is not None and not field.readonly:
                values |= _field_value(self.env, field, value)
        return values


def _as_line(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _field_value(env, field, value):
    """Return ``{name: value}`` as ``field`` takes it, ``{}`` when it does not."""
    text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    if field.type in ("char", "text"):
        return {field.name: text}
    if field.type == "html":
        return {field.name: plaintext2html(text)}
    if field.type == "selection":
        return {field.name: text} if text in field.get_values(env) else {}
    if field.type == "date":
        return {field.name: text}
    if field.type == "boolean":
        return {field.name: bool(value)}
    if field.type in ("integer", "float", "monetary"):
        return {field.name: value} if isinstance(value, int | float) else {}
    return {}
