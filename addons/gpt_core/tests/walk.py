# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything that the installed addons of this repository add, found by looking."""

import importlib
from importlib.util import find_spec

from odoo.addons.base.tests.common import BaseCommon

from . import samples as core_samples

CORE = "gpt_core"


def our_modules(env):
    """Return the names of the installed addons, each after what it depends on."""
    core = env["ir.module.module"].search([("name", "=", CORE)])
    found = (core | core.downstream_dependencies()).filtered(
        lambda module: module.state == "installed"
    )
    names, ordered = set(found.mapped("name")), []
    while len(ordered) < len(found):
        for module in found.sorted("name"):
            needed = set(module.dependencies_id.mapped("name")) & names
            if module.name not in ordered and needed <= set(ordered):
                ordered.append(module.name)
    return ordered


def our_models(env):
    """Return the names of the models that these addons define, without mixins.

    Those of which there can be no record are left out: another addon, which is not
    installed, brings the first value of a field that is required.
    """
    modules = set(our_modules(env))
    return sorted(
        name
        for name, model in env.registry.items()
        if model._original_module in modules
        and not model._abstract
        and not any(
            field.type == "selection" and field.required and field.selection == []
            for field in model._fields.values()
        )
    )


def our_fields(env, model):
    """Return the fields of a model that these addons add, or define."""
    modules = set(our_modules(env))
    return [
        field
        for field in env[model]._fields.values()
        if field._modules and set(field._modules) <= modules
    ]


class Samples:
    """A record of each model, about one contact, and what its addons say of them.

    * ``kept``: texts, by "model" or "model.field", that are kept for good, and why
    * ``shown``: fields that show something of a record which their reader may not read
    * ``open``: fields of Odoo's models that visitors may read
    * ``shared``: models without a company
    * ``groups``: further kinds of users, and their groups
    """

    def __init__(self, env, contact):
        self.made, self.kept, self.shown = {"contact": contact}, {}, {}
        self.open, self.shared, self.groups = {}, {}, {}
        for name in our_modules(env):
            module = _samples_module(name)
            if module is not None:
                self.made |= module.samples(env, self.made)
                self.kept |= module.KEPT
                self.shown |= getattr(module, "SHOWN", {})
                self.open |= getattr(module, "OPEN", {})
                self.shared |= getattr(module, "SHARED", {})
                self.groups |= getattr(module, "GROUPS", {})
        env.flush_all()


def _samples_module(name):
    if name == CORE:
        return core_samples
    path = f"odoo.addons.{name}.tests.samples"
    return importlib.import_module(path) if find_spec(path) else None


class WalkCase(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create(
            {"name": "Ana Robles Tuz", "email": "ana.robles@example.com"}
        )
        cls.samples = Samples(cls.env, cls.contact)
        cls.made, cls.kept = cls.samples.made, cls.samples.kept

    def test_every_model_has_a_sample(self):
        missing = [model for model in our_models(self.env) if not self.made.get(model)]
        self.assertFalse(missing, "no sample of these in <addon>/tests/samples.py")
