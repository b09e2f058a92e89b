# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.gpt_core.utils.unique import add_unique_constraint


class GptLeadInput(models.Model):
    """A field of the lead that the model reads; others never leave Odoo."""

    _name = "gpt.lead.input"
    _description = "Lead Data for the Model"
    _inherit = ["gpt.cached.mixin", "gpt.link.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    field_id = fields.Many2one(
        "ir.model.fields",
        required=True,
        ondelete="cascade",
        domain="[('model', '=', 'crm.lead'), ('ttype', 'not in', "
        "['binary', 'one2many', 'json', 'properties'])]",
    )
    name = fields.Char(related="field_id.field_description", string="Label")
    field_name = fields.Char(related="field_id.name", string="Field Name", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Chosen By",
        default=lambda self: self.env.user,
        required=True,
        readonly=True,
        copy=False,
        help="The model reads the field as long as this user may.",
    )
    is_wanted = fields.Boolean(
        string="Required Information",
        help="While it is empty, it is listed among the missing data of the lead.",
    )

    def init(self):
        add_unique_constraint(self, "field_id")

    @api.constrains("field_id")
    def _check_field(self):
        for item in self:
            if item.field_id.model != "crm.lead":
                raise ValidationError(self.env._("Choose a field of the lead."))
            if not item._is_open():
                raise AccessError(
                    self.env._(
                        "You may not read the field %(field)s, so the model cannot "
                        "read it for you.",
                        field=item.name,
                    )
                )
            twins = self.with_context(active_test=False).search_count(
                [("field_id", "=", item.field_id.id)]
            )
            if twins > 1:
                raise ValidationError(
                    self.env._("%(field)s is in the list already.", field=item.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["user_id"] = self.env.uid
        return super().create(vals_list)

    def write(self, vals):
        # Who chooses a field is answerable for it; who drags it elsewhere is not.
        if vals.keys() & {"user_id", "field_id"}:
            vals = vals | {"user_id": self.env.uid}
        return super().write(vals)

    def _is_open(self):
        """Tell whether whoever chose the field may read it on leads."""
        self.ensure_one()
        # sudo: res.users - whose rights count, whoever asks
        user = self.sudo().user_id
        field = self.env["crm.lead"]._fields.get(self.field_name)
        if field is None or user._is_superuser():
            return field is not None
        return not field.groups or user.has_groups(field.groups)

    @api.model
    @tools.ormcache()
    def _field_names(self):
        """Return the names of the fields that the model reads, in their order."""
        # sudo: gpt.lead.input - salespeople change leads without knowing this list
        chosen = self.sudo().search([("active", "=", True)])
        return tuple(chosen.filtered(lambda i: i._is_open()).mapped("field_name"))

    @api.model
    @tools.ormcache()
    def _wanted_names(self):
        """Return the names of the fields that should be known of every lead."""
        # sudo: gpt.lead.input - salespeople change leads without knowing this list
        wanted = self.sudo().search([("is_wanted", "=", True)])
        return tuple(wanted.filtered(lambda i: i._is_open()).mapped("field_name"))
