# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, models
from odoo.tools import SQL

from odoo.addons.gpt_core.utils.transaction import best_effort

from ..engine.object_template import NotAPath, convert
from ..engine.old_models import catalogue_name
from ..utils.old_records import KEPT, has_column, name_in, owns_field, owns_model, plain

AGENT_APP = "much_automated_agent_actions"
_STATE = "generative_ai"
_TABLE = "ir_act_server"
_MODEL = "ir.actions.server"
# What else the app may send along, which chains do not.
_EXTRAS = ("include_report_id", "include_all_attachments", "include_chatter")
_TYPES = {
    "char": "char",
    "text": "text",
    "html": "text",
    "integer": "integer",
    "float": "float",
    "monetary": "float",
    "boolean": "boolean",
    "date": "date",
}


class GptMigrationAction(models.AbstractModel):
    """Moves server actions of much_automated_agent_actions to chains."""

    _name = "gpt.migration.action"
    _description = "AI Server Actions of Another App"

    @api.model
    def _actions(self):
        """Return the actions that can be moved, empty when the app is not here.

        Other apps have columns of these names as well: nothing is read that is not
        declared by this one.
        """
        actions = self.env[_MODEL].sudo()
        if not has_column(self.env, _TABLE, "prompt_template") or not owns_field(
            self.env, AGENT_APP, _MODEL, "prompt_template"
        ):
            return actions
        self.env.flush_all()
        # The state is unknown to the ORM where the app's code is not loaded.
        self.env.cr.execute(
            "SELECT id FROM ir_act_server WHERE state = %s ORDER BY id", [_STATE]
        )
        return actions.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _move(self):
        """Move the actions; return what to report. One that fails stays as it is."""
        lines = []
        for action in self._actions():
            with best_effort(self.env, f"Migration of action {action.id}") as attempt:
                lines.append(self._move_one(action))
            if attempt.error:
                values = {"action": action.name, "error": str(attempt.error)}
                lines.append(("todo", "action_failed", values))
        return lines

    def _move_one(self, action):
        old = self._read(action)
        try:
            prompt = convert(plain(old.get("prompt_template")))
        except NotAPath as error:
            values = {"action": action.name, "reason": str(error)}
            return ("todo", "action_stays", values)
        chain = self._chain(action, prompt, old)
        action.write(
            {
                "state": "gpt_chain",
                "gpt_chain_id": chain.id,
                "gpt_post": not chain.step_ids.output_ids,
                "gpt_value_ids": [
                    Command.clear(),
                    *(
                        Command.create({"input_name": name, "path": path})
                        for name, path in prompt.paths.items()
                    ),
                ],
            }
        )
        # An action that the app shipped would go with it.
        identifiers = self.env["ir.model.data"].sudo()
        identifiers.search(
            [
                ("module", "=", AGENT_APP),
                ("model", "=", _MODEL),
                ("res_id", "=", action.id),
            ]
        ).write({"module": KEPT, "noupdate": True})
        values = {
            "action": action.name,
            "chain": chain.name,
            "dropped": any(old.get(name) for name in _EXTRAS),
        }
        return ("done", "action", values)

    def _read(self, action):
        """Return the app's columns of an action, those that it has in this database."""
        names = [
            name
            for name in ("prompt_template", "ai_model_id", "output_field_id", *_EXTRAS)
            if has_column(self.env, _TABLE, name)
            and owns_field(self.env, AGENT_APP, _MODEL, name)
        ]
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        self.env.cr.execute(
            SQL("SELECT %s FROM ir_act_server WHERE id = %s", columns, action.id)
        )
        return dict(zip(names, self.env.cr.fetchone(), strict=True))

    def _chain(self, action, prompt, old):
        step = {
            "name": "answer",
            "kind": "prompt",
            "user_prompt": prompt.template,
            "output_ids": self._outputs(old.get("output_field_id")),
        }
        if model := self._model(old.get("ai_model_id")):
            step["model_id"] = model.id
        chain = self.env["gpt.chain"].create(
            {
                "name": action.name,
                "code": self._free_code(action),
                "description": self.env._(
                    "Made out of a server action of the app %(app)s.", app=AGENT_APP
                ),
                "input_ids": [Command.create({"name": name}) for name in prompt.paths],
                "step_ids": [Command.create(step)],
            }
        )
        chain.action_publish()
        return chain

    def _free_code(self, action):
        chains = self.env["gpt.chain"].with_context(active_test=False)
        code, number = f"action_{action.id}", 2
        while chains.search_count([("code", "=", code)], limit=1):
            code, number = f"action_{action.id}_{number}", number + 1
        return code

    def _outputs(self, field_id):
        """Return the output that fills the field which the app's action filled."""
        field = self.env["ir.model.fields"].browse(field_id or ()).exists()
        if not field:
            return []
        values = {
            "name": field.name,
            "description": field.field_description,
            "ttype": _TYPES.get(field.ttype, "text"),
            "required": True,
            "field_name": field.name,
        }
        if field.ttype == "selection":
            values["ttype"] = "selection"
            values["choices"] = ", ".join(field.selection_ids.mapped("value"))
        return [Command.create(values)]

    def _model(self, model_id):
        """Return the model of the catalogue that has the name of the app's."""
        if not model_id or not owns_model(self.env, AGENT_APP, "ai.model"):
            return None
        name = catalogue_name(name_in(self.env, "ai_model", model_id))
        found = self.env["gpt.model"].search(
            [("kind", "=", "chat"), ("name", "=", name)], limit=1
        )
        return found.filtered(lambda model: model.deprecation != "past")
