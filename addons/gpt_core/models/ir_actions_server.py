# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.text.html_text import as_html
from ..utils.action_chain import KEY, ActionChain
from ..utils.record_values import fitting_value, stored_value
from ..utils.transaction import best_effort


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
    gpt_max_hour = fields.Integer(
        string="Most Requests per Hour",
        default=500,
        help="Of this action, for all records together. What comes after that is not "
        "asked, and the GPT managers are told. 0: no limit.",
    )

    @api.constrains("state", "gpt_chain_id")
    def _check_gpt_chain(self):
        for action in self:
            if action.state == "gpt_chain" and not action.gpt_chain_id:
                raise UserError(self.env._("Choose the chain to run."))

    @api.constrains("gpt_max_hour")
    def _check_gpt_max_hour(self):
        if any(action.gpt_max_hour < 0 for action in self):
            raise ValidationError(self.env._("Limits cannot be negative."))

    @api.constrains("model_id")
    def _check_gpt_paths(self):
        self.gpt_value_ids._check_path()

    @api.constrains("state", "gpt_chain_id", "gpt_value_ids")
    def _check_gpt_inputs(self):
        """Refuse values for inputs that the chain does not have."""
        for action in self.filtered(lambda a: a.state == "gpt_chain"):
            known, is_published = action.gpt_chain_id._usable_inputs()
            given = action.gpt_value_ids.mapped("input_name")
            unknown = sorted(set(given) - set(known))
            if not unknown:
                continue
            text = self.env._(
                "The chain %(chain)s has no input %(unknown)s. It has: %(known)s.",
                chain=action.gpt_chain_id.name,
                unknown=", ".join(unknown),
                known=", ".join(known),
            )
            if is_published:
                hint = self.env._("A new input can be used once it is published.")
                text = f"{text} {hint}"
            raise ValidationError(text)

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
        """Enqueue a request for each record.

        It is part of whatever saves the records: once the user may write them, nothing
        that is wrong with the action, the chain or the provider stops that.
        """
        records = eval_context.get("records") or eval_context.get("record")
        if not records:
            return False
        # The answer is written later, with the rights of whoever asks now.
        records.check_access("write")
        trigger = self.env["gpt.action.trigger"]
        answers = {trigger._ask_safely(self, record) for record in records}
        return self._gpt_unchanged_notice() if answers == {"unchanged"} else False

    def _gpt_unchanged_notice(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Nothing has changed since the last time, so nothing was asked."
                ),
            },
        }

    def _gpt_values(self, record):
        # sudo: gpt.action.value - set up by an administrator, run by any user
        return {
            value.input_name: value._of(record) for value in self.sudo().gpt_value_ids
        }

    # What becomes of the answer

    def _gpt_target(self, record, request):
        """Return ``record`` as it is written: with the rights with which it was asked.

        Automation rules act as superuser, on behalf of whoever set them off.
        """
        payload = request.payload or {}
        chain = ActionChain(tuple(payload.get("actions", ()))).with_action(self.id)
        record = record.with_user(request.user_id).sudo(bool(payload.get("sudo")))
        return record.with_context(**{KEY: chain})

    def _gpt_apply_to(self, record, request):
        """Write the answer of ``request`` to its record, as the user who asked."""
        self.ensure_one()
        with best_effort(self.env, f"Answer of GPT action {self.id}") as attempt:
            target = self._gpt_target(record, request)
            values = self._gpt_field_values(target, request)
            if values:
                target.write(values)
            if self.gpt_post and hasattr(target, "message_post"):
                target.message_post(body=self._gpt_note(request))
            # Here, so that what is computed from it knows where it comes from.
            target.env.flush_all()
        if attempt.error:
            trigger = self.env["gpt.action.trigger"]
            request.error_message = trigger._error_text(attempt.error)
            trigger._report(self, record, attempt.error, "not_applied")

    def _gpt_fail_on(self, record, request):
        self.ensure_one()
        if not hasattr(record, "message_post"):
            return
        reason = request.env["gpt.request.error"]._label(request.error_code)
        with best_effort(self.env, f"Failure note of GPT action {self.id}"):
            self._gpt_target(record, request).message_post(
                body=self.env._(
                    "%(action)s: %(reason)s", action=self.name, reason=reason
                )
            )

    def _gpt_note(self, request):
        if not request.data:
            return as_html(request.answer or "")
        lines = [
            Markup("<b>%s</b>: %s") % (name, escape(_as_line(value)))
            for name, value in request.data.items()
        ]
        return Markup("<br/>").join(lines)

    def _gpt_field_values(self, record, request):
        """Return what the structured output fills, by field, as each field takes it."""
        # sudo: gpt.chain.version - the user runs chains that they cannot read
        version = request.sudo().chain_version_id
        values = {}
        for output in version._spec().outputs if version else ():
            field = record._fields.get(output.field_name)
            value = (request.data or {}).get(output.name)
            if field is None or value is None or field.readonly:
                continue
            if not version._may_fill(self.env[record._name], field.name):
                continue
            fitting = fitting_value(record, field.name, value)
            if fitting is not None:
                values[field.name] = stored_value(field, fitting)
        return values


def _as_line(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
