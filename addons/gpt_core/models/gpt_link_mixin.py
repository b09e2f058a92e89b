# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

_LINKS = ("many2one", "many2many", "many2one_reference", "reference")


class GptLinkMixin(models.AbstractModel):
    """Nobody links a record of theirs to one that they may not read.

    Whoever reads a record is shown the names of those that it links to, and what its
    related fields take from them: Odoo reads both as superuser. A link that users can
    choose themselves is therefore checked wherever it comes from: values, defaults in
    the context, and forms that are not saved yet.
    """

    _name = "gpt.link.mixin"
    _description = "Links to Readable Records"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_links(self._fields)
        return records

    def write(self, vals):
        result = super().write(vals)
        self._check_links(vals)
        return result

    @api.model
    def default_get(self, fields_list):
        self.check_access("read")  # Odoo tells defaults to everybody
        defaults = super().default_get(fields_list)
        self.new(defaults)._check_links(defaults)
        return defaults

    def onchange(self, values, field_names, fields_spec):
        self.check_access("read")
        self.new(values, origin=self)._check_links(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_links(self, names):
        """Refuse these fields' links to records that the user may not read.

        :raises AccessError: naming the first of them
        """
        # What programs write for somebody is theirs to answer for.
        if self.env.su:
            return
        for name in names:
            field = self._fields.get(name)
            if field is None or not _is_chosen(field):
                continue
            for record in self:
                record._linked(field)._origin.check_access("read")

    def _linked(self, field):
        """Return the records that a field of this record links to."""
        self.ensure_one()
        value = self[field.name]
        if field.type != "many2one_reference":
            return value or self.browse()
        model = self[field.model_field]
        return self.env[model].browse(value) if value and model else self.browse()


def _is_chosen(field):
    """Tell whether users may choose what a field links to."""
    given = not field.compute or field.inverse or not field.readonly
    logged = field.name in ("create_uid", "write_uid")
    return field.type in _LINKS and field.store and given and not logged
