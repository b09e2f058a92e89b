# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the model is given to read, of texts as they really come in."""

from markupsafe import Markup

from odoo.tests import HttpCase, tagged

from odoo.addons.base.models.ir_qweb_fields import nl2br
from odoo.addons.base.tests.common import BaseCommon

# As Odoo's contact form writes what its own fields do not take.
FORM = (
    "Queremos dos máquinas.\n\n"
    "Other Information:\n___________\n\n"
    "De : Mérida\nPara : Cancún\nPresupuesto : 55,000 pesos\n\n"
)


def sources_of(lead):
    lead = lead._gpt_localized()
    return lead.env["gpt.lead.reader"]._sources(lead)


@tagged("post_install", "-at_install")
class TestSources(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.env["crm.lead"].create({"name": "Cafetería"})

    def texts(self):
        sources, _messages = sources_of(self.lead)
        return "\n".join(source.text for source in sources)

    def receive(self, body):
        self.lead.message_post(
            body=body, message_type="email", subtype_xmlid="mail.mt_comment"
        )

    def test_custom_fields_of_the_contact_form(self):
        self.lead.description = nl2br(FORM)
        texts = self.texts()
        self.assertIn("Queremos dos máquinas.", texts)
        self.assertIn("De : Mérida\nPara : Cancún\nPresupuesto : 55,000 pesos", texts)

    def test_an_answer_in_outlook(self):
        self.receive(
            nl2br(
                "Sí, nos interesa.\n________________________________\n"
                "De: Ventas <ventas@example.com>\nPara: Ana\n\nLes ofrecemos una."
            )
        )
        self.assertIn("Sí, nos interesa.", self.texts())
        self.assertNotIn("Les ofrecemos", self.texts())

    def test_a_mail_of_empty_lines(self):
        self.receive(nl2br("hola" + "\n" * 2000 + "saludos"))
        self.assertIn("hola\n\nsaludos", self.texts())

    def test_paragraphs_are_lines(self):
        self.receive(Markup("<div>Uno</div><div>dos <b>tres</b></div>"))
        self.assertIn("Uno\ndos tres", self.texts())


@tagged("post_install", "-at_install")
class TestContactForm(HttpCase):
    def test_what_was_filled_in_reaches_the_model(self):
        form = self.env["ir.model"]._get("crm.lead")
        if not getattr(form, "website_form_access", False):
            self.skipTest("needs the contact form of website_crm")
        fields = {
            "contact_name": "Ana",
            "email_from": "ana@example.com",
            "name": "Cotización de la web",
            "description": "Queremos dos máquinas.",
            "Presupuesto": "55,000 pesos",
            "De": "Mérida",
        }
        reply = self.url_open("/website/form/crm.lead", data=fields).json()
        lead = self.env["crm.lead"].browse(reply["id"])
        sources, _messages = sources_of(lead)
        (text,) = (s.text for s in sources if s.kind == "description")
        for said in ("dos máquinas", "Presupuesto : 55,000 pesos", "De : Mérida"):
            self.assertIn(said, text)
