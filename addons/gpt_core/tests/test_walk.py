# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All fields and methods of all models of the installed addons, by all kinds of users:
nobody reads what a rule hides from them, along whatever field leads there."""

import inspect

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .walk import WalkCase, our_fields, our_models, our_modules

MARK = "Ajeno"
LINKS = ("many2one", "many2many", "reference", "many2one_reference")
# Kinds of users, and their groups; addons add theirs.
GROUPS = {
    "visitor": ("base.group_public",),
    "portal": ("base.group_portal",),
    "employee": ("base.group_user",),
    "manager": ("base.group_user", "gpt_core.group_gpt_manager"),
}
OUTSIDE = ("visitor", "portal")


@tagged("post_install", "-at_install")
class TestWalk(WalkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {}
        kinds = {**GROUPS, **cls.samples.groups}
        for name, groups in kinds.items():
            cls.users[name] = new_test_user(
                cls.env, f"walk_{name}", groups=",".join(groups)
            )
        elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.users["elsewhere"] = new_test_user(
            cls.env,
            "walk_elsewhere",
            groups=",".join(
                group
                for group in {group for groups in kinds.values() for group in groups}
                if group not in ("base.group_public", "base.group_portal")
            ),
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        cls.models = [cls.env[name] for name in our_models(cls.env)]

    # Rows

    def test_outsiders_have_no_models(self):
        for model in self.models:
            for name in OUTSIDE:
                for operation in ("read", "write", "create", "unlink"):
                    allowed = model.with_user(self.users[name]).has_access(operation)
                    self.assertFalse(allowed, f"{name}: {operation} {model._name}")

    def test_outsiders_have_no_fields(self):
        """Of Odoo's own models, which they may read."""
        own = {model._name for model in self.models}
        for model in set(self.env.registry) - own:
            for field in our_fields(self.env, model):
                record = self.env[model]
                if (
                    str(field) in self.samples.open
                    or record._abstract
                    or record._transient
                    or field.name in record._inherits
                ):
                    continue
                for name in OUTSIDE:
                    user = self.users[name]
                    if record.with_user(user).has_access("read"):
                        hidden = field.groups and not user.has_groups(field.groups)
                        self.assertTrue(hidden, f"{name} reads {field}")

    def test_rows_of_a_company_are_its_own(self):
        stranger = self.users["elsewhere"]
        for model in self.models:
            sample = self.made[model._name]
            records = model.with_user(stranger)
            if model._name in self.samples.shared:
                continue
            if records.has_access("read"):
                domain = [("id", "in", sample.ids)]
                found = records.with_context(active_test=False).search(domain)
                with self.subTest(model._name):
                    self.assertFalse(found, "read in another company")
                    with self.assertRaises(AccessError):
                        sample.with_user(stranger).read(["id", "display_name"])

    def test_pages_are_their_makers(self):
        """What a page of one manager shows is no other's."""
        other = self.users["manager"]
        for model in self.models:
            if model._transient and model.with_user(other).has_access("read"):
                with self.subTest(model._name), self.assertRaises(AccessError):
                    self.made[model._name].with_user(other).read(["id", "display_name"])

    # Links

    def links(self, model):
        """Return the fields of a model of ours that link to something."""
        return [
            field
            for field in our_fields(self.env, model._name)
            if field.type in LINKS and field.store and not field.related
            and field.name not in ("create_uid", "write_uid")
        ]  # fmt: skip

    def target_of(self, sample, field):
        """Return the record that the sample links to by a field."""
        value = sample[field.name]
        if field.type == "many2one_reference":
            model = sample[field.model_field]
            return self.env[model].browse(value) if model and value else None
        return value[:1] if value else None

    def hide(self, target, user):
        """Let a user read all of a model but this record, and mark what is in it."""
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id(target._name),
                "domain_force": f"[('id', '!=', {target.id})]"
                f" if user.id == {user.id} else [(1, '=', 1)]",
            }
        )
        for field in target._fields.values():
            if (
                field.type not in ("char", "text", "html") or not field.store
                or not field.column_type or field.company_dependent
                or field.name in ("code", "model", "login", "parent_path")
            ):  # fmt: skip
                continue
            value = f"{MARK}-{field.name}-{target.id}"
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(target._table),
                    SQL.identifier(field.name),
                    SQL("jsonb_build_object('en_US', %s)", value)
                    if field.translate
                    else SQL("%s", value),
                    target.id,
                )
            )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def hidden_links(self):
        """Yield a user, a sample, its link, and what is hidden behind it."""
        for model in self.models:
            sample = self.made[model._name]
            for field in self.links(model):
                target = self.target_of(sample, field)
                if not target or target._name == "res.users":
                    continue
                for name, user in self.users.items():
                    if name in (*OUTSIDE, "elsewhere"):
                        continue
                    if not model.with_user(user).has_access("read"):
                        continue
                    with self.undone():
                        self.own(sample, user)
                        self.hide(target, user)
                        yield name, user, sample, field, target

    def undone(self):
        return _Undone(self.env)

    def own(self, sample, user):
        """Make a user the maker of a sample: rules of pages ask for them."""
        for record in self.made.values():
            for name in ("create_uid", "user_id"):
                field = record._fields.get(name)
                if record._auto and field and field.store and (
                    record._transient or record == sample
                ) and field.comodel_name == "res.users":  # fmt: skip
                    self.env.cr.execute(
                        SQL(
                            "UPDATE %s SET %s = %s WHERE id = %s",
                            SQL.identifier(record._table),
                            SQL.identifier(name),
                            user.id,
                            record.id,
                        )
                    )
        self.env.invalidate_all()

    def readable(self, user, sample):
        fields = sample.with_user(user).fields_get([], ["type"])
        return [
            name
            for name in fields
            if not sample._fields[name].relational
            and name not in ("create_uid", "write_uid")
        ]

    def test_fields_show_nothing_of_hidden_records(self):
        """Whoever reads the row, but not what it is about, is told nothing of that:
        by fields that are related or computed, of whatever depth."""
        tried = set()
        for name, user, sample, link, target in self.hidden_links():
            for field in self.readable(user, sample):
                label = f"{sample._name}.{field}"
                if label in self.samples.shown:
                    continue
                with self.subTest(f"{name}: {label} of {link} to {target}"):
                    self.env.invalidate_all()
                    tried.add(label)
                    try:
                        with self.env.cr.savepoint():
                            shown = sample.with_user(user).read([field])
                    except AccessError:
                        continue
                    self.assertNotIn(MARK, str(shown))
        self.assertGreater(len(tried), 100, "nearly nothing was tried")

    def test_nobody_links_to_hidden_records(self):
        """Not when a record is made or changed, by defaults, nor in a form: its name
        would be shown."""
        tried = set()
        for name, user, sample, field, target in self.hidden_links():
            model = sample.browse().with_user(user)
            if model.has_access("create") or model.has_access("write"):
                tried.add(str(field))
                for way, shown in self.attempts(user, sample, field, target):
                    with self.subTest(f"{name}: {way} {field}"):
                        self.assertNotIn(MARK, shown)
        chosen = {
            str(field)
            for model in self.models
            for field in self.links(model)
            if model.with_user(self.users["manager"]).has_access("create")
            and field.comodel_name != "res.users"
            and self.target_of(self.made[model._name], field)
        }
        self.assertFalse(chosen - tried)

    def attempts(self, user, sample, field, target):
        """Yield what a user is shown who tries to link to a hidden record."""
        model = sample.browse().with_user(user)
        value = self.given(field, target)
        values = self.values_of(sample, field)
        spec = {name: {} for name in self.readable(user, sample)}
        if field.type in ("many2one", "many2many"):
            spec[field.name] = {"fields": {"display_name": {}}}
        default = model.with_context(**{f"default_{field.name}": value})
        whole = {**values, field.name: value}
        ways = {
            "create": lambda: self.shown(model.create(whole), spec),
            "default": lambda: self.shown(default.create(values), spec),
            "default_get": lambda: default.default_get(list(spec)) and "",
            "form": lambda: model.onchange(dict(whole), [field.name], spec),
            "new form": lambda: default.onchange({}, [], spec),
            "write": lambda: self.written(sample.with_user(user), field, value, spec),
        }
        for way, attempt in ways.items():
            self.env.invalidate_all()
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    shown = attempt()
            except UserError:  # AccessError and ValidationError are such
                continue
            yield way, str(shown)

    def given(self, field, target):
        if field.type == "many2many":
            return [Command.set(target.ids)]
        return f"{target._name},{target.id}" if field.type == "reference" else target.id

    def values_of(self, sample, but):
        """Return the values of a record like the sample, without one of its links."""
        values = {}
        for field in sample._fields.values():
            if field.store:
                if field.name in ("id", *MAGIC) or field.type == "one2many":
                    continue
                if field.related or (field.compute and field.readonly):
                    continue
                value = sample[field.name]
                if field.type == "many2many":
                    value = [Command.set(value.ids)]
                elif field.type == "many2one":
                    value = value.id
                elif field.type == "reference":
                    value = value and f"{value._name},{value.id}"
                values[field.name] = value
        values.pop(but.name, None)
        for name in ("name", "code"):
            if isinstance(values.get(name), str):
                values[name] += "_x"
        return values

    def shown(self, record, spec):
        return record.web_read(spec)

    def written(self, record, field, value, spec):
        record.sudo().write({field.name: False}) if not field.required else None
        record.write({field.name: value})
        return record.web_read(spec)

    # Methods

    def public_methods(self, model):
        """Return the names of methods of ours that can be called with records."""
        modules = tuple(f"odoo.addons.{name}." for name in our_modules(self.env))
        names = set()
        for cls in type(model).__mro__:
            if cls.__module__.startswith(modules):
                names |= {
                    name
                    for name, method in vars(cls).items()
                    if callable(method) and not name.startswith("_")
                }
        return sorted(names - {"create", "write", "unlink", "init", "default_get",
                               "onchange", "copy", "copy_data"})  # fmt: skip

    def test_methods_do_nothing_to_hidden_records(self):
        """Called by name, with the ids of what one may not read."""
        for model in self.models:
            sample = self.made[model._name]
            for method in self.public_methods(model):
                function = getattr(type(model), method)
                if getattr(function, "_api", "") in (
                    "model",
                    "model_create",
                ) or getattr(function, "_api_model", False):
                    continue
                for name, user in self.users.items():
                    record = sample.with_user(user)
                    if self.reads(record):
                        continue
                    with self.subTest(f"{name}: {model._name}.{method}"):
                        self.refused(record, method)

    def reads(self, record):
        return bool(record._filtered_access("read"))

    def refused(self, record, method):
        """Call a method, which must be refused before it does or tells anything."""
        self.env.invalidate_all()
        parameters = list(
            inspect.signature(getattr(record, method)).parameters.values()
        )
        needed = [1 for p in parameters if p.default is p.empty and
                  p.kind is p.POSITIONAL_OR_KEYWORD]  # fmt: skip
        try:
            with self.env.cr.savepoint():
                told = getattr(record, method)(*needed)
        except AccessError:
            return
        self.assertFalse(told, "it was answered")


MAGIC = ("create_uid", "create_date", "write_uid", "write_date")


class _Undone:
    """A savepoint that is always rolled back."""

    def __init__(self, env):
        self.env = env

    def __enter__(self):
        self.savepoint = self.env.cr.savepoint(flush=True)
        self.savepoint.__enter__()

    def __exit__(self, *_error):
        self.env.invalidate_all(flush=False)
        self.savepoint.rollback()
        self.savepoint.close(rollback=True)
        self.env.invalidate_all(flush=False)
        self.env.registry.clear_cache()
