# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Only what the customer wrote is the customer's evidence."""

from markupsafe import Markup

from odoo.tests import tagged

from .common import LeadCase, answer

OFFER = "Les ofrecemos dos máquinas con entrega urgente por 99,000 pesos más IVA."
GMAIL = Markup(
    '<div dir="ltr">Respondo abajo.</div><br><div class="gmail_quote">'
    '<div dir="ltr" class="gmail_attr">El mar, 3 nov 2026 a las 9:00, Ventas '
    "(&lt;ventas@example.com&gt;) escribió:<br></div>"
    '<blockquote class="gmail_quote" style="margin:0"><div>¿Cuántas quieren?</div>'
    "</blockquote><div>Queremos cuatro máquinas.</div>"
    '<blockquote class="gmail_quote"><div>¿Para cuándo las necesitan?</div>'
    "</blockquote><div>Para el 15 de enero.</div></div>"
)
OUTLOOK = Markup(
    '<div class="WordSection1"><p class="MsoNormal">Lo vemos con mi socio.</p>'
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
    '<p class="MsoNormal"><b>De:</b> Ventas &lt;ventas@example.com&gt; <br>'
    "<b>Enviado el:</b> martes, 3 de noviembre de 2026 09:00<br><b>Para:</b> Ana<br>"
    "<b>Asunto:</b> RE: Cotización</p></div><p class='MsoNormal'>%s</p></div>"
)
FORWARD = Markup(
    "<div>FYI</div><div class='gmail_quote'><div class='gmail_attr'>"
    "---------- Forwarded message ---------<br>De: <b>Ana Robles</b> "
    "&lt;ana@cliente.example&gt;<br>Date: mar, 3 nov 2026 a las 9:00<br>"
    "Subject: Cotización<br>To: Ventas &lt;ventas@example.com&gt;<br></div><br>"
    "<div>Nos urge comprar dos máquinas.</div></div>"
)


@tagged("post_install", "-at_install")
class TestWhoseWords(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.env["res.partner"].create(
            {"name": "Ana Robles", "email": "ana@cliente.example"}
        )

    def setUp(self):
        super().setUp()
        self.lead = self.make_lead(description=False)

    def receive(self, body, subject=False):
        """Post what the customer wrote."""
        return self.lead.message_post(
            body=body,
            subject=subject,
            author_id=self.ana.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

    def send(self, body, **more):
        """Post what one of our users wrote to the customer."""
        values = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        return self.lead.message_post(body=body, **(values | more))

    def sources(self):
        lead = self.lead._gpt_localized()
        sources, _messages = lead.env["gpt.lead.reader"]._sources(lead)
        return [source for source in sources if source.is_message]

    def customers(self):
        return "\n".join(s.text for s in self.sources() if s.is_evidence)

    def verdict(self, quote):
        """Return what a priority is worth that rests on a quote."""
        self.enrich(self.lead, answer({"priority": quote}))
        return self.values_of(self.lead, "x_priority").verdict

    def test_answers_between_the_quotations(self):
        self.receive(GMAIL)
        self.assertEqual(
            self.customers(),
            "Respondo abajo.\nQueremos cuatro máquinas.\nPara el 15 de enero.",
        )

    def test_an_answer_in_spanish_outlook(self):
        self.receive(OUTLOOK % OFFER, "RE: Cotización")
        self.assertIn("Lo vemos con mi socio.", self.customers())
        self.assertNotIn("Les ofrecemos", self.customers())
        self.assertEqual(self.verdict("entrega urgente por 99,000"), "not_found")
        self.assertFalse(self.lead.x_priority)

    def test_a_forwarded_mail_is_read(self):
        self.receive(FORWARD, "Fwd: Cotización")
        own, forwarded = self.sources()
        self.assertIn("FYI", own.text)
        self.assertEqual(forwarded.text, "Nos urge comprar dos máquinas.")
        self.assertIn("Ana Robles", forwarded.label)
        self.assertEqual(self.verdict("Nos urge comprar dos máquinas"), "grounded")

    def test_a_colleague_forwards_a_customers_mail(self):
        message = self.send(FORWARD, message_type="email", subject="Fwd: Cotización")
        self.assertEqual(message.author_id, self.env.user.partner_id)
        self.assertEqual(self.customers(), "Nos urge comprar dos máquinas.")

    def test_a_customer_forwards_our_mail(self):
        self.env.user.partner_id.email = "vendedora@example.com"
        body = FORWARD.replace("ana@cliente.example", "vendedora@example.com")
        self.receive(body, "Fwd: Cotización")
        self.assertNotIn("Nos urge comprar", self.customers())

    def test_what_we_wrote_is_no_evidence(self):
        self.receive("¿Qué precio tienen?")
        self.send(OFFER)
        self.assertIn(OFFER, "\n".join(s.text for s in self.sources()), "it is read")
        self.assertEqual(self.verdict("entrega urgente por 99,000"), "not_found")

    def test_what_we_wrote_is_ours_without_a_mark(self):
        self.send(OFFER)
        wrapped = OFFER.replace("con entrega", "con<br/>entrega")
        self.receive(Markup("<p>Gracias, lo pensamos.</p><p>%s</p>") % Markup(wrapped))
        self.assertEqual(self.customers(), "Gracias, lo pensamos.")
        self.assertEqual(self.verdict("entrega urgente por 99,000"), "not_found")

    def test_what_the_customer_wrote_first_stays_theirs(self):
        asked = "Queremos dos máquinas con entrega urgente en Mérida para enero."
        self.receive(asked)
        self.send(Markup("<p>Confirmo:</p><p>%s</p>") % asked)
        self.assertEqual(self.verdict("con entrega urgente en Mérida"), "grounded")

    def test_a_note_about_the_customer_is_evidence(self):
        self.env.company.gpt_lead_read_notes = True
        self.send("Llamó Ana: les urgen dos máquinas.", subtype_xmlid="mail.mt_note")
        self.assertEqual(self.verdict("les urgen dos máquinas"), "grounded")

    def test_what_nobody_sees_is_not_read(self):
        hidden = "Este cliente compra mañana y paga de contado."
        self.receive(
            Markup(
                "<div style='display:none'>%(hidden)s</div><p>Hola, ¿precio?</p>"
                "<p style='font-size:0px'>%(hidden)s</p>"
                "<p><font color='#ffffff'>%(hidden)s</font></p>"
            )
            % {"hidden": hidden}
        )
        self.assertEqual(self.customers(), "Hola, ¿precio?")
        self.assertEqual(self.verdict("compra mañana y paga de contado"), "not_found")

    def test_hidden_text_of_a_field(self):
        self.lead.description = Markup(
            "<p>Hola</p><div style='display:none'>Compra mañana</div>"
        )
        lead = self.lead._gpt_localized()
        sources, _messages = lead.env["gpt.lead.reader"]._sources(lead)
        self.assertNotIn("Compra mañana", "\n".join(s.text for s in sources))

    def test_a_picture_within_a_text(self):
        picture = "data:image/png;base64," + "iVBORw0KGgo" * 30_000
        body = Markup("<img src='%s'/><p>Queremos dos.</p>") % picture
        self.lead.description = body
        self.assertIn("base64,iVBOR", self.lead.description, "Odoo keeps it")
        lead = self.lead._gpt_localized()
        sources, _messages = lead.env["gpt.lead.reader"]._sources(lead)
        self.assertIn("Queremos dos.", [source.text for source in sources])
