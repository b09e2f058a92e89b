# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HOLIDAYS, RETURNS, SALARIES, KbCase

SALARY = "¿Cuál es el sueldo mensual del director general?"
HOLIDAY = "¿Cuántos días de vacaciones tiene el personal el primer año?"


@tagged("post_install", "-at_install")
class TestOrigin(KbCase):
    """Nobody reads through a document what they may not read themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection(is_public=True)
        cls.manager = cls.people["manager"]
        cls.note = cls.env["res.partner"].create({"name": "Nota"})
        cls.note_files = {"res_model": "res.partner", "res_id": cls.note.id}

    def make_file(self, user, text=SALARIES, **values):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "privado.md", "raw": text.encode()} | values)
        )

    def document_values(self, file, **values):
        return {
            "name": "Ajeno",
            "collection_id": self.collection.id,
            "kind": "attachment",
            "attachment_id": file.id,
        } | values

    def create_as_manager(self, *args, **values):
        documents = self.env["gpt.kb.document"].with_user(self.manager)
        return documents.create(self.document_values(*args, **values))

    def hide_the_note(self):
        self.env["ir.rule"].create(
            {
                "name": "not that one",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {self.note.id})]",
            }
        )

    def assert_unread(self, text="180 mil"):
        """Neither documents, chunks, answers nor the tester show a text."""
        self.run_jobs()
        env = self.env(user=self.manager, su=False)
        for name, value in (("document", "text"), ("chunk", "text")):
            found = env[f"gpt.kb.{name}"].search([]).mapped(value)
            self.assertNotIn(text, str(found))
        self.assertNotIn(text, str(self.retrieve(SALARY, self.manager)))
        for audience in ("me", "visitor"):
            tester = env["gpt.kb.tester"].create(
                {"question": SALARY, "audience": audience}
            )
            tester.action_search()
            self.assertNotIn(text, str(tester.line_ids.mapped("text")))

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_file_of_somebody_else(self):
        secret = self.make_file(self.env.ref("base.user_admin"))
        for values in ({}, self.note_files, {"kind": "file"}):
            with self.subTest(values), self.assertRaises(AccessError):
                self.create_as_manager(secret, **values)
        self.assert_unread()

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_file_of_somebody_else_written_afterwards(self):
        secret = self.make_file(self.env.ref("base.user_admin"))
        document = self.create_as_manager(
            self.make_file(self.env.user, RETURNS, **self.note_files), **self.note_files
        )
        with self.assertRaises(AccessError):
            document.attachment_id = secret
        with self.assertRaises(AccessError):
            document.copy({"attachment_id": secret.id})
        document.invalidate_recordset()
        document.action_index()
        self.assert_unread()

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_file_of_a_record_that_is_hidden(self):
        secret = self.make_file(self.env.ref("base.user_admin"), **self.note_files)
        self.hide_the_note()
        for values in (self.note_files, {}):
            with self.subTest(values), self.assertRaises(AccessError):
                self.create_as_manager(secret, **values)
        self.assert_unread()

    def test_only_files_of_the_record(self):
        """Who reads the record reads the file: so it must be a file of that record."""
        loose = self.make_file(self.manager)
        other = self.env["res.partner"].create({"name": "Otra"})
        elsewhere = self.make_file(
            self.env.user, res_model="res.partner", res_id=other.id
        )
        for file in (loose, elsewhere):
            for values in ({}, self.note_files):
                with self.subTest(values), self.assertRaises(ValidationError):
                    self.create_as_manager(file, **values)

    def test_file_that_moves_to_another_record(self):
        file = self.make_file(self.env.user, RETURNS, **self.note_files)
        document = self.index(self.create_as_manager(file, **self.note_files))
        self.assertEqual(document.state, "indexed")
        file.write({"raw": SALARIES.encode(), "res_id": self.note.copy().id})
        self.index(document)
        self.assertEqual(document.problem, "empty")
        self.assert_unread()

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_record_that_is_hidden(self):
        self.hide_the_note()
        documents = self.env["gpt.kb.document"].with_user(self.manager)
        values = {"name": "A", "collection_id": self.collection.id, "text": RETURNS}
        with self.assertRaises(AccessError):
            documents.create(values | self.note_files)
        document = documents.create(values)
        with self.assertRaises(AccessError):
            document.write(self.note_files)

    def test_files_of_records_that_visitors_read(self):
        """They read the record, and in Odoo none of its files but public ones."""
        # As a shop does with its products.
        model = self.env.ref("base.model_res_partner_category")
        for group in ("base.group_public", "base.group_portal"):
            self.env["ir.model.access"].create(
                {
                    "name": f"{group} reads categories",
                    "model_id": model.id,
                    "group_id": self.env.ref(group).id,
                    "perm_read": True,
                }
            )
        record = self.env["res.partner.category"].create({"name": "Etiqueta"})
        about = {"res_model": record._name, "res_id": record.id}
        file = self.make_file(self.env.ref("base.user_admin"), HOLIDAYS, **about)
        self.index(
            self.env["gpt.kb.document"].create(self.document_values(file, **about))
        )
        for name, public in (("public", False), ("portal", False), ("public", True)):
            file.sudo().public = public
            found = self.retrieve(HOLIDAY, self.people[name])
            self.assertEqual(bool(found), public, name)
        file.sudo().public = False
        self.assertTrue(self.retrieve(HOLIDAY, self.people["salesperson"]))

    def make_source(self, model, domain="[]", fields=(), user=None):
        names = [("model", "=", model), ("name", "in", fields)]
        return (
            self.env["gpt.kb.source"]
            .with_user(user or self.manager)
            .create(
                {
                    "collection_id": self.collection.id,
                    "model_id": self.env["ir.model"]._get(model).id,
                    "domain": domain,
                    "field_ids": [
                        Command.set(self.env["ir.model.fields"].search(names).ids)
                    ],
                }
            )
        )

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_source_of_a_model_without_rights(self):
        with self.assertRaises(AccessError):
            self.make_source("ir.config_parameter", fields=["value"])
        source = self.make_source("res.partner")
        with self.assertRaises(AccessError):
            source.model_id = self.env["ir.model"]._get("ir.config_parameter")

    def test_source_draws_from_what_its_maker_reads(self):
        self.note.write({"ref": "kb", "comment": SALARIES})
        shown = self.env["res.partner"].create({"name": "Otra", "ref": "kb"})
        self.hide_the_note()
        source = self.make_source("res.partner", "[('ref', '=', 'kb')]", ["comment"])
        source.action_sync()
        self.run_jobs()
        self.assertEqual(source.sudo().document_ids.mapped("res_id"), shown.ids)
        with self.assertRaises(AccessError):
            source.with_user(self.people["salesperson"]).action_sync()
        source.user_id = self.env.ref("base.user_root")
        self.assertEqual(source.user_id, self.manager, "nobody else's rights")

    def test_pages_of_somebody_without_rights(self):
        """Whoever may not read pages draws from those that everybody sees."""
        if "website.page" not in self.env:
            self.skipTest("there is no website")
        shown = self.make_page("Envíos", "El envío a Mérida cuesta 210 pesos.", True)
        hidden = self.make_page("Sueldos", SALARIES, False)
        pages = shown | hidden
        file = self.make_file(
            self.env.user, HOLIDAYS, res_model="website.page", res_id=shown.id
        )
        source = self.make_source(
            "website.page", f"[('id', 'in', {pages.ids})]", ["arch_db"]
        )
        source.with_attachments = True
        source.action_sync()
        self.run_jobs()
        documents = source.sudo().document_ids
        self.assertEqual(set(documents.mapped("res_id")), set(shown.ids))
        self.assertEqual(documents.attachment_id, file)
        self.assert_unread()
        for name in ("public", "portal", "salesperson", "manager"):
            user = self.people[name]
            found = self.retrieve("¿Cuánto cuesta el envío a Mérida?", user)
            self.assertIn("210 pesos", str(found), name)
            self.assertNotIn("doce", str(self.retrieve(HOLIDAY, user)), name)
        hidden.is_published = True
        hidden.visibility = "connected"
        source.action_sync()
        self.run_jobs()
        self.assert_unread()
        with self.assertRaises(ValidationError):
            self.make_source("website.page", fields=["visibility_password"])

    @mute_logger("odoo.models", "odoo.osv.expression", "odoo.orm.domains")
    def test_fields_that_only_some_read(self):
        """Whoever reads the record would read them through the document."""
        admin = self.env.ref("base.user_admin")
        for user in (self.manager, admin):
            with self.subTest(user.login), self.assertRaises(ValidationError):
                self.make_source("gpt.provider", fields=["api_key"], user=user)
        with self.assertRaises(AccessError):
            self.make_source("gpt.provider", "[('api_key', 'like', 'sk-')]")
        source = self.make_source("gpt.provider", fields=["name"])
        self.assertIn("Name: Local", self.synced_text(source))
        # Closed since it was chosen.
        field = self.env["gpt.provider"]._fields["name"]
        self.patch(field, "groups", "base.group_system")
        self.assertNotIn("Name: Local", self.synced_text(source))

    def synced_text(self, source):
        source.action_sync()
        self.run_jobs()
        return "".join(source.sudo().document_ids.mapped("text"))
