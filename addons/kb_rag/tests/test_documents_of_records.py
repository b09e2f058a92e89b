# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import RETURNS, KbCase


@tagged("post_install", "-at_install")
class TestSources(KbCase):
    """Documents made of records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection()
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": f"Proveedor {n}",
                    "ref": "kb",
                    "comment": f"<p>Entrega el cemento {n} cada lunes.</p>"
                    "<script>x</script>"
                    "<table><tr><td>Saco</td><td>50 kg</td></tr></table>",
                }
                for n in range(3)
            ]
        )
        cls.source = cls.env["gpt.kb.source"].create(
            {
                "collection_id": cls.collection.id,
                "model_id": cls.env.ref("base.model_res_partner").id,
                "domain": "[('ref', '=', 'kb')]",
                "field_ids": [
                    Command.set(
                        cls.env["ir.model.fields"]
                        .search(
                            [
                                ("model", "=", "res.partner"),
                                ("name", "in", ["ref", "comment"]),
                            ]
                        )
                        .ids
                    )
                ],
                "with_attachments": True,
            }
        )

    def sync(self):
        self.source.action_sync()
        self.run_jobs()
        return self.source.document_ids.sorted("res_id")

    def test_manager_configures_one(self):
        """A GPT manager who gives no access rights picks models and fields."""
        env = self.env(user=self.people["manager"])
        self.assertFalse(env.user.has_group("base.group_erp_manager"))
        model_id = env["ir.model"].name_search("res.partner", limit=1)[0][0]
        form = Form(env["gpt.kb.source"])
        form.collection_id = env["gpt.kb.collection"].browse(self.collection.id)
        form.model_id = env["ir.model"].browse(model_id)
        domain = [("model_id", "=", model_id), ("name", "=", "ref")]
        form.field_ids.add(env["ir.model.fields"].search(domain))
        source = form.save()
        self.assertEqual(source.name, "Contact")
        self.assertEqual(source.field_ids.name, "ref")

    def test_records_become_documents(self):
        documents = self.sync()
        self.assertEqual(documents.mapped("name"), self.partners.mapped("name"))
        self.assertEqual(set(documents.mapped("state")), {"indexed"})
        text = documents[0].text
        self.assertIn("Entrega el cemento 0 cada lunes.", text)
        self.assertIn("Saco | 50 kg", text)
        self.assertNotIn("<", text)
        (passage, *_rest) = self.retrieve("¿Cuándo entrega el cemento 1?")
        self.assertIn("cemento", passage["text"])

    def test_follows_changes(self):
        self.sync()
        sent = len(self.embedded_texts())
        self.sync()
        self.assertEqual(len(self.embedded_texts()), sent, "nothing changed")
        self.partners[0].comment = "<p>Entrega la varilla los martes.</p>"
        self.partners[1].ref = "other"
        documents = self.sync()
        self.assertEqual(len(documents), 2)
        self.assertIn("varilla", documents[0].text)

    def test_deleted_record_is_gone_at_once(self):
        self.sync()
        question = "¿Cuándo entrega el cemento?"
        self.assertTrue(self.retrieve(question))
        self.partners.unlink()
        self.assertFalse(self.retrieve(question))
        self.assertFalse(self.source.document_ids)

    def test_a_record_is_deleted_whatever_becomes_of_its_document(self):
        self.sync()
        question = "¿Cuándo entrega el cemento?"
        self.break_table("gpt.kb.document", "DELETE")
        with mute_logger("odoo.addons.gpt_core.utils.transaction", "odoo.sql_db"):
            self.partners.unlink()
        self.assertFalse(self.partners.exists())
        self.assertFalse(self.retrieve(question), "nobody is answered from it")
        self.env.cr.execute("DROP TRIGGER gpt_broken ON gpt_kb_document")
        self.sync()
        self.assertFalse(self.source.document_ids, "the next update finds it")

    def test_attachments(self):
        attachment = self.env["ir.attachment"].create(
            {
                "name": "términos.md",
                "raw": RETURNS.encode(),
                "res_model": "res.partner",
                "res_id": self.partners[0].id,
            }
        )
        documents = self.sync()
        attached = documents.filtered(lambda d: d.kind == "attachment")
        self.assertEqual(attached.attachment_id, attachment)
        self.assertEqual(attached.state, "indexed")
        self.assertTrue(self.retrieve("¿Cuánto cuesta el envío?"))
        attachment.raw = RETURNS.replace("150", "999").encode()
        self.sync()
        self.assertIn("999", "".join(attached.chunk_ids.mapped("text")))
        attachment.unlink()
        self.assertFalse(attached.exists())
        self.assertNotIn("pesos", self.texts_found("¿Cuánto cuesta el envío?"))

    def test_website_pages(self):
        """A page that is published answers visitors; one that is not, nobody else."""
        if "website.page" not in self.env:
            self.skipTest("there is no website")
        shown, hidden = (
            self.make_page(name, text, published)
            for name, text, published in (
                ("Envíos", "El envío a Mérida cuesta 210 pesos.", True),
                ("Borrador", "El envío a Oaxaca costará 77 pesos.", False),
            )
        )
        field = self.env["ir.model.fields"]._get("website.page", "arch_db")
        self.source.write(
            {
                "model_id": self.env.ref("website.model_website_page").id,
                "domain": f"[('id', 'in', {(shown | hidden).ids})]",
                "field_ids": [Command.set(field.ids)],
                "with_attachments": False,
            }
        )
        self.collection.is_public = True
        documents = self.sync()
        self.assertEqual(set(documents.mapped("state")), {"indexed"})
        text = documents.filtered(lambda d: d.res_id == shown.id).text
        self.assertIn("El envío a Mérida cuesta 210 pesos.", text)
        self.assertNotIn("t-call", text)
        visitor = self.people["public"]
        found = self.retrieve("¿Cuánto cuesta el envío a Mérida?", visitor)
        self.assertIn("210 pesos", found[0]["text"])
        question = "¿Cuánto costará el envío a Oaxaca?"
        self.assertNotIn("77 pesos", str(self.retrieve(question, visitor)))
        hidden.is_published = True
        self.assertIn("77 pesos", str(self.retrieve(question, visitor)))
        for name in ("portal", "salesperson"):
            self.assertIn("77 pesos", str(self.retrieve(question, self.people[name])))
        for limit in (
            {"visibility": "connected"},
            {"visibility": False, "date_publish": "2999-01-01"},
        ):
            hidden.write(limit)
            self.assertNotIn("77 pesos", str(self.retrieve(question, visitor)), limit)
        shown.unlink()
        found = self.retrieve("¿Cuánto cuesta el envío a Mérida?", visitor)
        self.assertNotIn("210 pesos", str(found))

    def test_bad_filter(self):
        for domain in ("[('nothing', '=', 1)]", "import os", "[(", "__import__('os')"):
            with self.subTest(domain), self.assertRaises(ValidationError):
                self.source.domain = domain

    def test_other_models_pay_nothing(self):
        watched = self.env["gpt.kb.source"]._watched_models()
        self.assertEqual(watched, {"res.partner", "ir.attachment"})
        record = self.env["res.country"].create({"name": "Utopía", "code": "UU"})
        with self.assertQueryCount(12):
            record.unlink()

    def test_filter_tells_no_more_than_its_user_may_read(self):
        """How many records it finds would tell, try by try, what else is there."""
        if "website.page" not in self.env:
            self.skipTest("there is no website")
        env = self.env(user=self.people["manager"])
        self.assertFalse(env["website.page"].has_access("read"))
        values = {
            "collection_id": self.collection.id,
            "model_id": env["ir.model"]._get_id("website.page"),
        }
        for domain in (
            [("create_uid.login", "like", "a")],
            [("write_uid", "like", "a")],
            [("create_uid", "any", [("login", "like", "a")])],
            [("create_uid", "not any", [["login", "like", "a"]])],
            [("write_uid", "child_of", ["Administrator"])],
            ["|", ("url", "!=", False), ("view_id.arch_db", "like", "x")],
            [("visibility_password", "like", "a")],
            [("no_such_field", "=", 1)],
        ):
            with self.subTest(domain), self.assertRaises(UserError):
                env["gpt.kb.source"].create({**values, "domain": repr(domain)})
        pages = [("url", "!=", "/no"), ("website_id", "in", [False, 1])]
        source = env["gpt.kb.source"].create({**values, "domain": repr(pages)})
        self.assertTrue(source.sudo()._records())
        # Also when it runs, whatever was stored before.
        self.env.cr.execute(
            "UPDATE gpt_kb_source SET domain = %s WHERE id = %s",
            [repr([("create_uid.login", "like", "a")]), source.id],
        )
        source.invalidate_recordset()
        with self.assertRaises(AccessError):
            source.sudo()._records()

    def test_filter_by_fields_of_some_groups(self):
        env = self.env(user=self.people["manager"])
        for domain in (
            [("signup_type", "!=", False)],
            [("user_ids.signature", "!=", False), ("signup_type", "=", "x")],
        ):
            with self.subTest(domain), self.assertRaises(UserError):
                env["gpt.kb.source"].create(
                    {
                        "collection_id": self.collection.id,
                        "model_id": env["ir.model"]._get_id("res.partner"),
                        "domain": repr(domain),
                    }
                )
