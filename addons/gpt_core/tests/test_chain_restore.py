# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import tagged

from ..engine.chain.fingerprint import fingerprint
from .common import GptCommon

# What a chain is made of, and how each part is reached from the chain.
PARTS = {
    "gpt.chain": lambda chain: chain,
    "gpt.chain.input": lambda chain: chain.input_ids,
    "gpt.chain.step": lambda chain: chain.step_ids,
    "gpt.chain.output": lambda chain: chain.step_ids.output_ids,
}
# Fields of which a version holds nothing, and why. Any other one is versioned.
NOT_VERSIONED = {
    "gpt.chain": {
        "name": "what it is called has no effect",
        "description": "for people only",
        "active": "whether it is used at all",
        "company_id": "who may use it",
        "input_ids": "a part of its own",
        "step_ids": "a part of its own",
        "case_ids": "examples belong to the chain, whatever its version",
        "evaluation_ids": "what came of the examples",
        "version_ids": "the versions themselves",
        "published_version_id": "the versions themselves",
        "draft_note": "becomes the note of the version",
    },
    "gpt.chain.input": {
        "chain_id": "its place",
        "sequence": "its place: the order is kept",
        "description": "for people only",
    },
    "gpt.chain.step": {
        "chain_id": "its place",
        "sequence": "its place: the order is kept",
        "output_ids": "a part of its own",
    },
    "gpt.chain.output": {
        "step_id": "its place",
        "sequence": "its place: the order is kept",
    },
}
AUTOMATIC = ("id", "create_uid", "create_date", "write_uid", "write_date")
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
# What has to be set as well for a field to mean anything.
WITH = {
    "own_temperature_value": {"own_temperature": True},
    "needs_quote": {"field_name": "x_any"},
}


@tagged("post_install", "-at_install")
class TestChainRestore(GptCommon):
    """Restore brings back every setting of a chain, of whichever addon."""

    def make_parts(self, code="restored"):
        output = {"name": "level", "ttype": "selection", "choices": "low, high"}
        chain = self.make_chain(
            code, outputs=[output], publish=False, user_prompt="No names"
        )
        if "quote_values" in chain:
            chain.quote_values = True
        return chain

    def versioned(self):
        """Yield the name of each model, and of each of its fields that has a value."""
        thread = self.env["mail.thread"]._fields
        for model in PARTS:
            for name, field in self.env[model]._fields.items():
                is_own = field.store and not field.compute and not field.related
                if is_own and name not in AUTOMATIC and name not in thread:
                    yield model, name

    def another(self, record, name):
        """Return a value of a field that it does not have now."""
        if (record._name, name) in VALUES:
            return VALUES[record._name, name]
        field = record._fields[name]
        if field.type == "boolean":
            return not record[name]
        if field.type in ("integer", "float"):
            return record[name] + 7
        if field.type in ("char", "text"):
            return "Something else"
        if field.type == "selection":
            values = field.get_values(self.env)
            return next(value for value in values if value != record[name])
        linked = self.env[field.comodel_name].create(
            {
                "provider_id": self.provider.id,
                "name": f"{record._name}-{name}-{record.id}",
            }
            if field.comodel_name == "gpt.model"
            else {"name": "linked"}
        )
        return linked.id if field.type == "many2one" else [Command.set(linked.ids)]

    def plain(self, record, name):
        value = record[name]
        return value.ids if record._fields[name].relational else value

    def test_every_setting(self):
        seen = set()
        for model, name in self.versioned():
            if name in NOT_VERSIONED[model]:
                continue
            seen.add((model, name))
            with self.subTest(f"{model}.{name}"):
                self.check_setting(model, name)
        self.assertGreater(len(seen), 25)

    def check_setting(self, model, name):
        chain = self.make_parts(f"of_{name}_{model}".replace(".", "_"))
        record = PARTS[model](chain)
        record.write(WITH.get(name, {}))
        original = self.plain(record, name)
        before = fingerprint(chain._snapshot())
        record[name] = self.another(record, name)
        wanted = self.plain(record, name)
        self.assertNotEqual(wanted, original)
        self.assertNotEqual(
            fingerprint(chain._snapshot()), before, "versions do not hold it"
        )
        self.assertEqual(chain.state, "draft")
        chain.action_publish()
        version = chain.published_version_id
        if record._fields[name].relational:
            record[name] = (
                False if record._fields[name].type == "many2one" else [Command.clear()]
            )
        else:
            record[name] = original
        self.assertEqual(chain.state, "changed")
        version.action_restore()
        self.assertEqual(self.plain(PARTS[model](chain), name), wanted)
        self.assertEqual(fingerprint(chain._snapshot()), version.fingerprint)
        self.assertEqual(chain.state, "published")

    def test_all_settings_together(self):
        chain = self.make_parts()
        self.change_all(chain, "kind", "ttype")
        chain.action_publish()
        version = chain.published_version_id
        # The other way round: everything is as it was when it was made.
        chain.step_ids.unlink()
        other = self.make_parts("other")
        chain.write(
            {
                name: other._fields[name].convert_to_write(other[name], other)
                for model, name in self.versioned()
                if model == "gpt.chain"
                and name not in NOT_VERSIONED[model]
                and name != "code"
            }
        )
        chain.step_ids = [Command.create({"name": "new", "user_prompt": "New"})]
        self.assertEqual(chain.state, "changed")
        version.action_restore()
        self.assertEqual(chain._snapshot(), version.snapshot)
        self.assertEqual(chain.state, "published")

    def change_all(self, chain, *left_out):
        for model, name in self.versioned():
            if name not in NOT_VERSIONED[model] and name not in left_out:
                record = PARTS[model](chain)
                record[name] = self.another(record, name)

    def test_exceptions_are_fields(self):
        """A reason for a field that is gone hides another one of its name."""
        known = {(model, name) for model, name in self.versioned()}
        for model, names in NOT_VERSIONED.items():
            for name in names:
                with self.subTest(f"{model}.{name}"):
                    field = self.env[model]._fields[name]
                    self.assertTrue((model, name) in known or field.type == "one2many")
