# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..compat import groups_of

# What an action may ask for, and the input of the chain that gets it.
NEEDS = {
    "needs_question": "question",
    "needs_text": "text",
    "needs_language": "language",
}


class GptAskAction(models.Model):
    """Something that people can ask the AI about a record: a chain, and for what."""

    _name = "gpt.ask.action"
    _description = "Ask AI Action"
    _inherit = ["gpt.link.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    chain_id = fields.Many2one(
        "gpt.chain",
        required=True,
        ondelete="restrict",
        groups="gpt_core.group_gpt_manager",
        help="Its inputs may be: record (fields and messages), question, text, "
        "language, user, company, today. It gets those that it declares.",
    )
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    model_ids = fields.Many2many(
        "ir.model",
        string="Offered On",
        domain=[("is_mail_thread", "=", True)],
        groups="gpt_core.group_gpt_manager",
        help="Empty: on every record that has messages.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Offered To",
        groups="gpt_core.group_gpt_manager",
        help="Empty: everybody who may ask the AI.",
    )
    needs_question = fields.Boolean(help="A question is typed.")
    takes_question = fields.Boolean(compute="_compute_takes_question")
    needs_text = fields.Boolean(help="A text is typed or pasted, to work on.")
    needs_language = fields.Boolean(help="A language is chosen.")

    @api.depends("chain_id.published_version_id", "chain_id.input_ids.name")
    def _compute_takes_question(self):
        # sudo: gpt.chain - the names of its inputs
        for action, known in zip(self, self.sudo(), strict=True):
            action.takes_question = "question" in known._inputs()

    def _inputs(self):
        """Return the names of what the action's chain may be given."""
        return self.chain_id._usable_inputs()[0]

    @api.constrains("chain_id", *NEEDS)
    def _check_needs(self):
        for action in self:
            # sudo: gpt.chain - the names of its inputs
            known = action.sudo()._inputs()
            for need, name in NEEDS.items():
                if action[need] and name not in known:
                    raise ValidationError(
                        self.env._(
                            "%(action)s asks for “%(need)s”, but its chain has no "
                            "input “%(input)s”: add it to the chain and publish it, "
                            "or do not ask for it.",
                            action=action.name,
                            need=self._fields[need]._description_string(self.env),
                            input=name,
                        )
                    )

    @api.model
    def _offered(self, model_name):
        """Return the actions that the user may run on records of a model."""
        # sudo: gpt.ask.action - models and groups, which not everybody may list
        actions = self.sudo().search(
            [("company_id", "in", [False, *self.env.companies.ids])]
        )
        groups = groups_of(self.env.user.sudo())
        found = actions.filtered(
            lambda action: (
                (not action.group_ids or bool(action.group_ids & groups))
                and action._is_for(model_name)
            )
        )
        return found.sudo(self.env.su)

    def _is_for(self, model_name):
        names = self.model_ids.mapped("model")
        return not names or model_name in names
