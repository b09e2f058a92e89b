# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a file ends up: in the collection that somebody chose, and in no other."""

import json

from psycopg2 import IntegrityError

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SALARIES, KbCase

PUBLIC = "Visitors of the website can read this."


@tagged("post_install", "-at_install")
class TestUploads(KbCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The first of all collections, which used to be taken.
        cls.public = cls.make_collection("A", is_public=True, sequence=1)
        cls.closed = cls.make_collection("Sueldos", sequence=2)
        cls.manager = cls.people["manager"]
        cls.documents = cls.env["gpt.kb.document"].with_user(cls.manager)

    def dropped(self, user=None, **values):
        """Return an upload of a pay slip, as the browser leaves it."""
        uploads = self.env["gpt.kb.upload"].with_user(user or self.manager)
        upload = uploads.create(values)
        upload.env["ir.attachment"].create(
            {
                "name": "nómina.md",
                "raw": SALARIES.encode(),
                "res_model": upload._name,
                "res_id": upload.id,
            }
        )
        upload.invalidate_recordset()
        return upload

    def none_made(self):
        self.assertFalse(self.env["gpt.kb.document"].search([]))

    def test_no_collection_chosen(self):
        upload = self.dropped()
        self.assertFalse(upload.collection_id)
        with self.assertRaisesRegex(UserError, "Choose the collection"):
            upload.action_confirm()
        attachments = upload.attachment_ids
        with self.assertRaisesRegex(UserError, "Choose the collection"):
            upload._make_documents(attachments, upload.collection_id)
        self.assertTrue(attachments.exists(), "nothing is lost")
        self.none_made()

    def test_chosen(self):
        upload = self.dropped()
        form = Form(upload)
        self.assertFalse(form.collection_id)
        form.collection_id = self.closed
        self.assertEqual(form.audience, "Only GPT managers can read this.")
        form = form.save()
        answer = form.action_confirm()["params"]
        self.assertIn("Only GPT managers can read this.", answer["message"])
        (document,) = self.env["gpt.kb.document"].search([])
        self.assertEqual(document.collection_id, self.closed)
        self.assertEqual((document.name, document.state), ("nómina.md", "queued"))
        self.assertFalse(upload.attachment_ids)

    def test_public_is_said(self):
        form = Form(self.dropped())
        self.assertFalse(form.is_public)
        form.collection_id = self.public
        self.assertTrue(form.is_public)
        self.assertEqual(form.audience, PUBLIC)
        answer = form.save().action_confirm()["params"]
        self.assertIn(PUBLIC, answer["message"])
        self.assertEqual(answer["type"], "warning")
        (document,) = self.documents.search([])
        self.assertTrue(document.is_public)
        sales = self.make_collection("Ventas", group_ids=self.sales_group.ids)
        self.assertIn("Sales Team", sales.audience)

    def test_dropped_on_a_collection(self):
        upload = self.dropped(collection_id=self.closed.id)
        upload.action_confirm()
        self.assertEqual(self.documents.search([]).collection_id, self.closed)

    def test_no_habit_chooses(self):
        """A default of the database is nobody's choice for this file."""
        defaults = self.env["ir.default"]
        for model in ("gpt.kb.document", "gpt.kb.upload"):
            defaults.set(model, "collection_id", self.public.id)
        defaults.set("gpt.kb.collection", "is_public", True)
        self.assertFalse(self.dropped().collection_id)
        self.assertFalse(Form(self.documents).collection_id)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.documents.create({"name": "nómina", "text": SALARIES})
        self.none_made()
        made = self.env["gpt.kb.collection"].create({"name": "Nueva"})
        self.assertFalse(made.is_public)
        self.assertFalse(Form(self.env["gpt.kb.collection"]).is_public)
        named = self.env["gpt.kb.collection"].name_create("Rápida")[0]
        self.assertFalse(self.env["gpt.kb.collection"].browse(named).is_public)
        self.assertFalse(self.public.copy().is_public)

    def test_form_of_a_document(self):
        form = Form(self.documents)
        self.assertFalse(form.collection_id)
        form.collection_id = self.public
        self.assertTrue(form.is_public)
        context = self.closed.action_open_documents()["context"]
        form = Form(self.documents.with_context(**context))
        self.assertEqual(form.collection_id, self.closed)
        self.assertFalse(form.is_public)

    def test_import_without_a_collection(self):
        for header, row in (
            (["name", "text"], ["nómina", SALARIES]),
            (["name", "text", "collection_id"], ["nómina", SALARIES, ""]),
        ):
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                result = self.documents.load(header, [row])
            self.assertFalse(result["ids"])
            self.assertTrue(result["messages"])
        self.none_made()

    def test_files_of_others(self):
        upload = self.dropped()
        other = self.env["gpt.kb.upload"].with_user(self.people["stranger"])
        mine = other.create({"collection_id": self.closed.id})
        with self.assertRaises(AccessError):
            mine.write({"attachment_ids": [(4, upload.attachment_ids.id)]})
        with self.assertRaises(AccessError):
            upload.with_user(self.people["stranger"]).read(["attachment_ids"])
        with self.assertRaises(AccessError):
            self.env["gpt.kb.upload"].with_user(self.people["salesperson"]).create({})
        self.none_made()

    def test_collection_of_another_company(self):
        theirs = self.make_collection("Theirs", company_ids=self.other_company.ids)
        with self.assertRaises(AccessError):
            self.dropped(collection_id=theirs.id)
        upload = self.dropped()
        with self.assertRaises(AccessError):
            upload.collection_id = theirs
        with self.assertRaises(UserError):
            upload._make_documents(upload.attachment_ids, theirs.with_env(upload.env))

    def test_what_nobody_confirms_goes(self):
        upload = self.dropped()
        attachments = upload.attachment_ids
        upload.sudo().unlink()
        self.assertFalse(attachments.exists())


@tagged("post_install", "-at_install")
class TestUploadRoute(HttpCase):
    def test_files_that_are_too_large(self):
        """One that the server refuses does not take the others with it."""
        groups = "base.group_user,gpt_core.group_gpt_manager"
        user = new_test_user(self.env, "kb_uploader", groups=groups)
        self.authenticate(user.login, user.login)
        upload = self.env["gpt.kb.upload"].with_user(user).create({})
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", 2000)
        self.env.flush_all()
        answers = []
        for name, size in (("a.txt", 100), ("b.txt", 50_000), ("c.txt", 100)):
            with mute_logger("odoo.http"):
                answers.append(
                    self.url_open(
                        "/web/binary/upload_attachment",
                        data={
                            "csrf_token": http.Request.csrf_token(self),
                            "model": upload._name,
                            "id": upload.id,
                        },
                        files={"ufile": (name, b"x" * size)},
                    )
                )
        self.assertEqual([answer.ok for answer in answers], [True, False, True])
        self.assertTrue(all(json.loads(a.text)[0]["id"] for a in answers if a.ok))
        upload.invalidate_recordset()
        self.assertEqual(
            sorted(upload.attachment_ids.mapped("name")), ["a.txt", "c.txt"]
        )
