# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HOLIDAYS, SALARIES, KbCase

WARRANTY = "¿Cuánto dura la garantía del molino?"
SALARY = "¿Cuál es el sueldo mensual del director general?"


@tagged("post_install", "-at_install")
class TestCitations(KbCase):
    """A citation outlives its document, with title and page, for the same people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env.ref("base.group_user")
        cls.collection = cls.make_collection(group_ids=cls.group.ids)
        cls.salesperson = cls.people["salesperson"]

    def pdf(self, *pages):
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        for text in pages:
            canvas.drawString(50, 700, text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def setUp(self):
        super().setUp()
        self.make_chain("brief")
        self.manual = self.add_file(
            self.collection,
            self.pdf("Bienvenido.", "La garantía del molino dura doce meses."),
            "Manual.pdf",
        )

    def ask(self, question, user=None):
        service = self.env["gpt.service"].with_user(user or self.salesperson)
        return service.retrieve_and_complete("brief", question)

    def cited(self, request, user=None):
        citations = request.with_user(user or self.salesperson).kb_citation_ids
        citations.invalidate_recordset()
        return citations.mapped("display_name")

    def test_deleted(self):
        request = self.ask(WARRANTY)
        before = self.cited(request)
        self.assertEqual(before, ["[1] Manual.pdf, p. 2"])
        self.manual.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.cited(request), before)
        self.assertTrue(request.with_user(self.salesperson).answer)
        self.assertFalse(self.ask(WARRANTY).kb_citation_ids, "no answer any more")

    def test_replaced(self):
        request = self.ask(WARRANTY)
        self.manual.write(
            {
                "name": "Manual 2027.pdf",
                "datas": base64.b64encode(
                    self.pdf("La garantía del molino dura un año.")
                ),
            }
        )
        self.run_jobs()
        self.assertEqual(self.cited(request), ["[1] Manual.pdf, p. 2"])
        self.assertEqual(self.cited(self.ask(WARRANTY)), ["[1] Manual 2027.pdf, p. 1"])

    def assert_hidden(self, request, *users, title="Manual.pdf"):
        """Nobody of them reads the request, or that it was given that document."""
        self.env.invalidate_all()
        for user in users:
            mine = request.with_user(user)
            with self.assertRaises(AccessError):
                mine.read(["answer", "sources"])
            citations = self.env["gpt.kb.citation"].with_user(user)
            given = citations.search([("request_id", "=", request.id)])
            self.assertNotIn(title, given.mapped("title"))

    def test_deleted_and_nobody_elses(self):
        """Who could not read the document does not read what was answered from it."""
        secret = self.make_collection("Sueldos", company_ids=self.other_company.ids)
        payroll = self.add_text(secret, SALARIES, "Nómina")
        request = self.env["gpt.service"].retrieve_and_complete("brief", SALARY)
        self.assertEqual(request.kb_citation_ids[0].document_id, payroll)
        insiders = (self.people["manager"], self.salesperson)
        self.assert_hidden(request, *insiders, title="Nómina")
        payroll.unlink()
        self.assert_hidden(request, *insiders, title="Nómina")
        secret.unlink()
        self.assert_hidden(request, *insiders, title="Nómina")

    def test_right_withdrawn_after_it_was_deleted(self):
        request = self.ask(WARRANTY)
        self.manual.unlink()
        self.collection.group_ids = self.sales_group
        self.assert_hidden(request, self.salesperson)
        self.collection.group_ids = self.group
        self.env.invalidate_all()
        self.assertEqual(self.cited(request), ["[1] Manual.pdf, p. 2"])

    def test_moved_before_it_was_deleted(self):
        request = self.ask(WARRANTY)
        self.manual.collection_id = self.make_collection("Cerrada")
        self.assert_hidden(request, self.salesperson)
        self.manual.unlink()
        self.assert_hidden(request, self.salesperson)

    def test_of_a_record(self):
        note = self.env["res.partner"].create({"name": "Nota"})
        document = self.add_text(
            self.collection, HOLIDAYS, "Nota", res_model="res.partner", res_id=note.id
        )
        request = self.ask("¿Cuántos días de vacaciones tiene el personal?")
        self.assertEqual(self.cited(request)[0], "[1] Nota")
        document.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.cited(request)[0], "[1] Nota")
        self.env["ir.rule"].create(
            {
                "name": "not that one",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {note.id})]",
            }
        )
        self.assert_hidden(request, self.salesperson, title="Nota")

    def test_of_a_record_that_is_gone(self):
        """Nobody can tell any more who might read it."""
        note = self.env["res.partner"].create({"name": "Nota"})
        document = self.add_text(
            self.collection, HOLIDAYS, "Nota", res_model="res.partner", res_id=note.id
        )
        request = self.ask("¿Cuántos días de vacaciones tiene el personal?")
        document.unlink()
        note.unlink()
        people = (self.salesperson, self.people["manager"])
        self.assert_hidden(request, *people, title="Nota")
