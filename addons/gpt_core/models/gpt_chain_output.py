# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.chain.choices import split_choices


class GptChainOutput(models.Model):
    """A field of a step's structured output."""

    _name = "gpt.chain.output"
    _description = "GPT Chain Output"
    _inherit = ["gpt.link.mixin", "gpt.chain.setting.mixin"]
    _order = "sequence, id"

    step_id = fields.Many2one(
        "gpt.chain.step", required=True, ondelete="cascade", gpt_unversioned="its place"
    )
    sequence = fields.Integer(default=10, gpt_unversioned="the order is kept")
    name = fields.Char(required=True, gpt_setting=True)
    ttype = fields.Selection(
        selection=[
            ("char", "Line of text"),
            ("text", "Text"),
            ("integer", "Whole number"),
            ("float", "Number"),
            ("boolean", "Yes or no"),
            ("selection", "Choice"),
            ("date", "Date"),
            ("list", "List of texts"),
        ],
        string="Type",
        default="char",
        required=True,
        gpt_setting=True,
    )
    description = fields.Char(
        gpt_setting=True, help="Tells the model what is wanted here."
    )
    required = fields.Boolean(
        gpt_setting=True, help="Otherwise the model may leave it empty."
    )
    choices = fields.Char(
        gpt_setting=True, help="For a choice: the allowed values, with commas."
    )
    field_name = fields.Char(
        string="Fills the Field",
        gpt_setting=True,
        help="Technical name of the field of the record that takes the value, such as "
        "x_gpt_summary. A field that the record does not have is left out.",
    )

    @api.constrains("ttype", "choices")
    def _check_choices(self):
        for output in self:
            if output.ttype == "selection" and not split_choices(output.choices or ""):
                raise ValidationError(
                    self.env._("%(name)s needs its choices.", name=output.name)
                )

    @api.constrains("name", "step_id")
    def _check_name(self):
        for step in self.step_id:
            names = step.output_ids.mapped("name")
            if len(set(names)) < len(names):
                raise ValidationError(
                    self.env._(
                        "Two outputs of the step %(step)s have the same name.",
                        step=step.name,
                    )
                )

    @api.constrains("field_name", "step_id")
    def _check_field_name(self):
        """Refuse a field that whoever chooses it may not change.

        Answers are written with the rights of others: of who runs the action, or of a
        job.
        """
        # The user counts, not sudo(): 19.0 checks constraints with it.
        user = self.env["res.users"].browse(self.env.uid)
        for output in self.filtered("field_name"):
            for model in output.step_id.chain_id._filled_models():
                name = output.field_name
                if name in model._fields and not self._may_fill(user, model, name):
                    raise ValidationError(
                        self.env._(
                            "You may not change the field %(field)s of %(model)s, so "
                            "an answer cannot fill it for you.",
                            field=name,
                            model=model._description,
                        )
                    )

    @api.model
    def _may_fill(self, user, model, name):
        """Tell whether a user may have answers written into a field of ``model``.

        An addon whose own fields are there to be filled says so here.
        """
        if user._is_superuser():
            return True
        groups = model._fields[name].groups
        writes = model.with_user(user).has_access("write")
        return writes and (not groups or user.has_groups(groups))
