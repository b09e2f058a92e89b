# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, models, tools
from odoo.exceptions import UserError

_PARAMETERS = ("gpt_setting", "gpt_setting_if", "gpt_unversioned")


class GptChainSettingMixin(models.AbstractModel):
    """A chain, or a part of one, whose settings are kept in its versions.

    Every addon declares a setting on the field itself::

        restrict_to_sources = fields.Boolean(gpt_setting=True)

    All else follows: versions hold it, the chain's state depends on it, Restore brings
    it back, Compare shows it, and the engine's specification of the chain has it.

    - ``gpt_setting``: ``True``, or the name that the setting has in versions;
    - ``gpt_setting_if``: the Boolean field without which the setting has no effect; it
      is not kept as a setting of its own;
    - ``gpt_unversioned``: why versions do not hold this field. A test asks for one of
      the two on every field that can be written.
    """

    _name = "gpt.chain.setting.mixin"
    _description = "GPT Chain Settings"

    @api.model
    def _valid_field_parameter(self, field, name):
        return name in _PARAMETERS or super()._valid_field_parameter(field, name)

    @api.model
    def _settings(self):
        """Return the fields that are settings, by their names in versions."""
        found = {}
        for field in self._fields.values():
            key = getattr(field, "gpt_setting", None)
            if key:
                found[field.name if key is True else key] = field
        return found

    @api.model
    def _setting_paths(self):
        """Return what a snapshot depends on, as ``api.depends`` takes it."""
        paths = []
        for field in self._settings().values():
            paths.append(field.name)
            if getattr(field, "gpt_setting_if", None):
                paths.append(field.gpt_setting_if)
            if field.type == "one2many":
                below = self.env[field.comodel_name]._setting_paths()
                paths += [f"{field.name}.{path}" for path in ("sequence", *below)]
        return paths

    @api.model
    @tools.ormcache()
    def _setting_defaults(self):
        """Return what the settings are where nobody set them, by name.

        It is also what a version made before an addon brought a setting means.
        """
        settings = self._settings()
        given = {
            field.name: field.default(self)
            for field in settings.values()
            if field.default
        }
        blank = self.new(given)
        return {key: blank._setting_value(field) for key, field in settings.items()}

    def _snapshot(self):
        """Return the settings as JSON, read by :class:`~..engine.chain.spec.ChainSpec`.

        Code reads the specification, never the snapshot.
        """
        self.ensure_one()
        return {
            key: self._setting_value(field) for key, field in self._settings().items()
        }

    def _setting_value(self, field):
        condition = getattr(field, "gpt_setting_if", None)
        if condition and not self[condition]:
            return None
        value = self[field.name]
        if field.type == "one2many":
            # Sorted here: what was loaded before a part was moved has the old order.
            return [part._snapshot() for part in value.sorted("sequence")]
        if field.type == "many2many":
            return sorted(value.ids)
        if field.type == "many2one":
            return value.id or None
        return value or "" if field.type in ("char", "text") else value

    @api.model
    def _without_defaults(self, snapshot):
        """Return the settings that differ from their defaults."""
        defaults = self._setting_defaults()
        kept = {}
        for key, field in self._settings().items():
            value = snapshot.get(key, defaults[key])
            if field.type == "one2many":
                part = self.env[field.comodel_name]
                value = [part._without_defaults(item) for item in value]
            if value != defaults[key]:
                kept[key] = value
        return kept

    def _values_of(self, snapshot):
        """Return values to write that make these settings equal to a snapshot."""
        defaults = self._setting_defaults()
        values = {}
        for key, field in self._settings().items():
            value = snapshot.get(key, defaults[key])
            condition = getattr(field, "gpt_setting_if", None)
            if condition:
                values[condition] = value is not None
            values[field.name] = self._value_of(field, value)
        return values

    def _value_of(self, field, value):
        if field.type == "one2many":
            return self._parts_of(field, value)
        if field.type not in ("many2one", "many2many"):
            return value
        found = self.env[field.comodel_name].browse(value or []).exists()
        if field.type == "many2one":
            return found.id
        if value and not found:
            raise UserError(
                self.env._(
                    "The %(records)s that this version names were all deleted. Without "
                    "any, it would not be what it was: it cannot be restored.",
                    records=field._description_string(self.env),
                )
            )
        return [Command.set(found.ids)]

    def _parts_of(self, field, snapshots):
        """Return commands; a part of the same name keeps what versions do not hold."""
        present = {part.name: part for part in self[field.name]}
        kept = []
        for place, snapshot in enumerate(snapshots, 1):
            part = present.pop(snapshot["name"], self.env[field.comodel_name])
            values = part._values_of(snapshot) | {"sequence": 10 * place}
            kept.append(
                Command.update(part.id, values) if part else Command.create(values)
            )
        return [*(Command.delete(part.id) for part in present.values()), *kept]

    @api.model
    def _setting_labels(self):
        """Return what the settings are called on the form, by their names."""
        return {
            key: self._fields.get(key, field)._description_string(self.env)
            for key, field in self._settings().items()
        }

    @api.model
    def _readable(self, snapshot):
        """Return a snapshot as people read it: with the names of records and choices.

        A part of a part is one line.
        """
        defaults = self._setting_defaults()
        return {
            key: self._readable_value(field, snapshot.get(key, defaults[key]))
            for key, field in self._settings().items()
        }

    @api.model
    def _readable_value(self, field, value):
        if field.type == "one2many":
            part = self.env[field.comodel_name]
            return [part._readable_line(item) for item in value]
        if field.type in ("many2one", "many2many"):
            ids = value if field.type == "many2many" else [value] if value else []
            records = self.env[field.comodel_name].browse(ids)
            known = records.exists()._filtered_access("read")
            return [r.display_name if r in known else f"#{r.id}" for r in records]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return value

    @api.model
    def _readable_line(self, snapshot):
        """Return a part as one line: its name, and what is not as by default."""
        readable, changed = self._readable(snapshot), self._without_defaults(snapshot)
        parts = [readable["name"]]
        for key, label in self._setting_labels().items():
            if key in changed and key != "name":
                value = readable[key]
                if isinstance(value, bool):
                    value = "✓" if value else "✗"
                elif isinstance(value, list):
                    value = ", ".join(value)
                parts.append(f"{label}: {value}")
        return " · ".join(parts)
