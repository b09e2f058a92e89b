# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import tagged

from ..engine.chain.spec import ChainSpec, InputSpec, OutputSpec, StepSpec
from .common import GptCommon

# What a chain is made of: how each part is reached, and what code reads of it.
PARTS = {
    "gpt.chain": (lambda chain: chain, ChainSpec),
    "gpt.chain.input": (lambda chain: chain.input_ids, InputSpec),
    "gpt.chain.step": (lambda chain: chain.step_ids, StepSpec),
    "gpt.chain.output": (lambda chain: chain.step_ids.output_ids, OutputSpec),
}
# Values that are allowed, where not any one is.
VALUES = {
    ("gpt.chain", "code"): "another_code",
    ("gpt.chain", "own_temperature_value"): 0.5,
    ("gpt.chain.input", "name"): "another",
    ("gpt.chain.step", "name"): "another_step",
    ("gpt.chain.step", "kind"): "check",
    ("gpt.chain.step", "own_temperature_value"): 0.5,
    ("gpt.chain.output", "name"): "another",
    ("gpt.chain.output", "ttype"): "text",
    ("gpt.chain.output", "choices"): "high, low",
    ("gpt.chain.output", "field_name"): "x_another",
}


@tagged("post_install", "-at_install")
class TestChainRestore(GptCommon):
    """Restore brings back every setting of a chain, of whichever addon."""

    def make_parts(self, code="restored"):
        output = {"name": "level", "ttype": "selection", "choices": "low, high"}
        return self.make_chain(
            code, outputs=[output], publish=False, user_prompt="No names"
        )

    def settings(self):
        """Yield the model and the field of each setting that is no list of parts."""
        for model in PARTS:
            for field in self.env[model]._settings().values():
                if field.type != "one2many":
                    yield model, field

    def another(self, record, field):
        """Return a value of a field that it does not have now, nor by default."""
        name = field.name
        if (record._name, name) in VALUES:
            return VALUES[record._name, name]
        if field.type == "boolean":
            return not record[name]
        if field.type in ("integer", "float"):
            return record[name] + 7
        if field.type in ("char", "text"):
            return "Something else"
        if field.type == "selection":
            values = field.get_values(self.env)
            return next(value for value in values if value != record[name])
        values = {"name": f"{record._name}-{name}-{record.id}"}
        if field.comodel_name == "gpt.model":
            values["provider_id"] = self.provider.id
        linked = self.env[field.comodel_name].create(values)
        return linked.id if field.type == "many2one" else [Command.set(linked.ids)]

    def change(self, record, field):
        """Give a field another value, and what it needs to have an effect."""
        condition = getattr(field, "gpt_setting_if", None)
        if condition:
            record[condition] = True
        record[field.name] = self.another(record, field)

    def plain(self, record, field):
        value = record[field.name]
        return value.ids if field.relational else value

    def test_every_setting(self):
        seen = 0
        for model, field in self.settings():
            seen += 1
            with self.subTest(f"{model}.{field.name}"):
                self.check_setting(model, field)
        self.assertGreaterEqual(seen, 25)

    def check_setting(self, model, field):
        chain = self.make_parts(f"of_{field.name}_{model}".replace(".", "_"))
        find, _spec = PARTS[model]
        before = chain._fingerprint(chain._snapshot())
        original = self.plain(find(chain), field)
        self.change(find(chain), field)
        wanted = self.plain(find(chain), field)
        self.assertNotEqual(wanted, original)
        self.assertNotEqual(chain._fingerprint(chain._snapshot()), before)
        chain.action_publish()
        version = chain.published_version_id
        find(chain)[field.name] = False if field.relational else original
        self.assertEqual(chain.state, "changed")
        version.action_restore()
        self.assertEqual(self.plain(find(chain), field), wanted)
        self.assertEqual(chain._snapshot(), version.snapshot)
        self.assertEqual(chain.state, "published")

    def test_all_settings_together(self):
        chain = self.make_parts()
        for model, field in self.settings():
            self.change(PARTS[model][0](chain), field)
        for model, (find, _spec) in PARTS.items():
            record, defaults = find(chain), self.env[model]._setting_defaults()
            for key, value in record._snapshot().items():
                self.assertNotEqual(value, defaults[key], f"{model}: {key}")
        chain.action_publish()
        version = chain.published_version_id
        # Everything is as it is in a new chain, and nothing has its name any more.
        other = self.make_parts("other")
        chain.step_ids.unlink()
        chain.input_ids.unlink()
        chain.write(
            {
                field.name: field.convert_to_write(other[field.name], other)
                for model, field in self.settings()
                if model == "gpt.chain" and field.name != "code"
            }
            | {"code": "changed", "own_temperature": False}
        )
        chain.step_ids = [Command.create({"name": "new", "user_prompt": "New"})]
        self.assertEqual(chain.state, "changed")
        version.action_restore()
        self.assertEqual(chain._snapshot(), version.snapshot)
        self.assertEqual(chain.state, "published")
        chain.action_publish()
        self.assertEqual(chain.published_version_id, version, "nothing was changed")
        chain.max_chars += 1
        chain.action_publish()
        expected = {**version.snapshot, "max_chars": chain.max_chars}
        self.assertEqual(chain.published_version_id.snapshot, expected)

    def test_every_field_is_declared(self):
        """A field is a setting, or says why versions do not hold it."""
        thread = self.env["mail.thread"]._fields
        automatic = ("id", "create_uid", "create_date", "write_uid", "write_date")
        for model in PARTS:
            settings = self.env[model]._settings().values()
            switches = [getattr(field, "gpt_setting_if", None) for field in settings]
            for name, field in self.env[model]._fields.items():
                is_own = name not in automatic and name not in thread
                if not (field.store and is_own) or field.compute or field.related:
                    continue
                with self.subTest(f"{model}.{name}"):
                    excuse = getattr(field, "gpt_unversioned", None)
                    declared = field in settings or name in switches
                    self.assertNotEqual(bool(excuse), declared)

    def test_what_code_reads(self):
        """The specification has every setting, with the default of its field."""
        chain = self.make_parts()
        spec = chain._spec_of(chain._snapshot())
        records = (spec, spec.inputs[0], spec.steps[0], spec.outputs[0])
        for (model, (_find, spec_class)), part in zip(
            PARTS.items(), records, strict=True
        ):
            for key, default in self.env[model]._setting_defaults().items():
                with self.subTest(f"{model}: {key}"):
                    self.assertTrue(hasattr(part, key))
                    field = spec_class.model_fields.get(key)
                    if field and not field.is_required():
                        self.assertEqual(field.default or None, default or None)

    def test_comparison_names_every_setting(self):
        chain = self.make_parts()
        chain.action_publish()
        for model, field in self.settings():
            if field.name in ("name", "code"):
                continue
            with self.subTest(f"{model}.{field.name}"):
                self.change(PARTS[model][0](chain), field)
                comparison = self.env["gpt.chain.compare"].create(
                    {"chain_id": chain.id, "left_id": chain.published_version_id.id}
                )
                self.assertFalse(comparison.is_same)
                self.assertIn(self.label(model, field), comparison.difference)
                chain.published_version_id.action_restore()

    def label(self, model, field):
        """Return under which label a difference of a field is shown."""
        if model == "gpt.chain.output":
            field = self.env["gpt.chain.step"]._fields["output_ids"]
        model = self.env[field.model_name]
        names = {field_.name: key for key, field_ in model._settings().items()}
        return model._setting_labels()[names[field.name]]
