# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..utils.record_values import text_at


class GptActionValue(models.Model):
    """Where a server action takes the value of a chain's input from."""

    _name = "gpt.action.value"
    _description = "GPT Action Value"
    _inherit = ["gpt.link.mixin"]
    _order = "id"

    action_id = fields.Many2one(
        "ir.actions.server", required=True, ondelete="cascade", index=True
    )
    input_name = fields.Char(string="Input", required=True)
    path = fields.Char(
        string="Field",
        required=True,
        help="A field of the record, or of a linked one: name, partner_id.email.",
    )

    @api.constrains("input_name", "action_id")
    def _check_input(self):
        self.action_id._check_gpt_inputs()

    @api.constrains("path", "action_id")
    def _check_path(self):
        for value in self:
            model = self.env.get(value.action_id.model_id.model)
            for name in value.path.split("."):
                field = model is not None and model._fields.get(name)
                if not field:
                    raise ValidationError(
                        self.env._(
                            "%(model)s has no field %(name)s.",
                            model=value.action_id.model_id.name,
                            name=value.path,
                        )
                    )
                model = self.env.get(field.comodel_name or "")

    def _of(self, record):
        """Return the value's text on ``record``, read with the user's own rights."""
        self.ensure_one()
        return text_at(record, self.path)
