# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GptCommon

RFC = "GODE561231GR8"
PHONE = "55 1234 5678"


@tagged("post_install", "-at_install")
class TestPrivacy(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")
        cls.service = cls.env["gpt.service"]
        cls.partner = cls.env["res.partner"].create({"name": "Ana López Ruiz"})

    def complete(self, text, **kwargs):
        return self.service.complete("brief", {"text": text}, **kwargs)

    def stored(self, record):
        """Return everything the database has of a record, as one text."""
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT prompt, masked_answer, masked_data FROM {record._table} "
            "WHERE id = %s",
            [record.id],
        )
        return str(self.env.cr.fetchone())

    def test_masked_outside_restored_inside(self):
        self.server.answer_with("Gracias, [[NAME_1]]. Anoté [[RFC_1]].")
        request = self.complete(
            f"Soy ana lopez ruiz, mi RFC es {RFC}", record=self.partner
        )
        sent = str(self.last_sent())
        self.assertNotIn(RFC, sent)
        self.assertNotIn("lopez", sent)
        self.assertIn("[[RFC_1]]", sent)
        self.assertEqual(request.answer, f"Gracias, ana lopez ruiz. Anoté {RFC}.")
        self.assertNotIn(RFC, self.stored(request))
        self.assertIn("[[RFC_1]]", request.prompt)

    def test_structured_output_is_restored(self):
        chain = self.make_chain("extract", outputs=({"name": "rfcs", "ttype": "list"},))
        self.server.answer_with({"rfcs": ["[[RFC_1]]"]})
        request = self.service.complete(chain, {"text": f"RFC {RFC}"})
        self.assertEqual(request.data, {"rfcs": [RFC]})
        self.assertNotIn(RFC, self.stored(request))

    def test_stable_in_a_conversation(self):
        conversation = self.env["gpt.conversation"].create({"name": "Chat"})
        self.complete(f"Mi teléfono es {PHONE}", conversation=conversation)
        self.complete("Otro: 33 1234 5678", conversation=conversation)
        self.assertIn("[[PHONE_2]]", str(self.last_sent()))
        self.server.answer_with("Le llamo al [[PHONE_1]].")
        request = self.complete(f"Use el {PHONE}", conversation=conversation)
        self.assertIn("[[PHONE_1]]", str(self.last_sent()))
        self.assertEqual(request.answer, f"Le llamo al {PHONE}.")

    def test_conversations_do_not_share(self):
        first = self.env["gpt.conversation"].create({"name": "One"})
        self.complete(f"RFC {RFC}", conversation=first)
        self.server.answer_with("Es [[RFC_1]].")
        other = self.env["gpt.conversation"].create({"name": "Two"})
        request = self.complete("Dime el [[RFC_1]]", conversation=other)
        self.assertNotIn(RFC, request.answer)

    def test_switched_off(self):
        self.chain.mask_pii = False
        self.chain.action_publish()
        request = self.complete(f"RFC {RFC}")
        self.assertIn(RFC, str(self.last_sent()))
        self.assertFalse(request.placeholders)

    def test_what_administrators_wrote_is_not_masked(self):
        chain = self.make_chain("trusted", publish=False, system_prompt="Facts: {text}")
        chain.input_ids.trusted = True
        chain.action_publish()
        self.service.complete(chain, {"text": f"Llame al {PHONE}"})
        self.assertIn(PHONE, str(self.last_sent()))

    def test_cut_after_restoring(self):
        self.server.answer_with("Anoté [[RFC_1]] sin falta. " * 42)
        request = self.complete(f"RFC {RFC}")
        self.assertLess(len(request.answer), 900)
        self.assertTrue(request.answer.endswith("falta."))

    def test_retention(self):
        old = self.complete(f"RFC {RFC}")
        recent = self.complete("Hola")
        self.env.cr.execute(
            "UPDATE gpt_request SET create_date = create_date - INTERVAL '181 days' "
            "WHERE id = %s",
            [old.id],
        )
        old.invalidate_recordset()
        cost = old.cost
        self.env["gpt.request.retention"]._cron_purge()
        self.assertFalse(old.prompt or old.answer or old.placeholders)
        self.assertEqual(old.cost, cost)
        self.assertTrue(recent.prompt and recent.answer)
        self.env["ir.config_parameter"].set_param("gpt_core.retention_days", "0")
        self.env["gpt.request.retention"]._cron_purge()
        self.assertTrue(recent.prompt)

    def test_erase_a_contact(self):
        child = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.partner.id}
        )
        conversation = self.env["gpt.conversation"].create(
            {"name": "Chat", "partner_id": self.partner.id}
        )
        erased = (
            self.complete("Hola", record=child)
            | self.complete("Hola", record=self.partner)
            | self.complete("Hola", conversation=conversation)
        )
        kept = self.complete("Hola", record=self.env.company.partner_id)
        employee = new_test_user(self.env, "curious", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.partner.with_user(employee).action_gpt_erase()
        self.partner.action_gpt_erase()
        self.assertFalse(erased.exists())
        self.assertFalse(conversation.exists())
        self.assertTrue(kept.exists())

    def test_names_of_who_wrote_to_a_record(self):
        """Authors of its messages, and names beside addresses, wherever they stand."""
        record = self.env["res.partner"].create(
            {"name": "Cafetería", "email": "Rosa Canul <rosa@example.com>"}
        )
        author = self.env["res.partner"].create({"name": "Ana Robles"})
        for values in (
            {"author_id": author.id},
            {"author_id": False, "email_from": "Eva Chi <eva@example.com>"},
            {"author_id": False, "email_from": '"Pech, Luis" <luis@example.com>'},
        ):
            record.message_post(body="Hola", message_type="comment", **values)
        text = "Rosa Canul, Ana Robles, Eva Chi y Luis Pech; cafetería"
        self.complete(text, record=record)
        self.assertIn(
            "[[NAME_1]], [[NAME_2]], [[NAME_3]] y [[NAME_4]]; [[NAME_5]]",
            str(self.last_sent()),
        )

    def test_names_in_what_is_sent(self):
        """The headers of a mail tell names that no record knows."""
        text = "De: Eva Chi <eva@example.com>\nAsunto: Precio\n\nHola.\nEva Chi"
        self.server.answer_with("Estimada [[NAME_1]]")
        request = self.complete(text)
        self.assertNotIn("Eva", str(self.last_sent()))
        self.assertEqual(request.answer, "Estimada Eva Chi")

    def test_names_stay_masked_in_a_conversation(self):
        conversation = self.env["gpt.conversation"].create({"name": "Chat"})
        self.complete("Eva Chi <eva@example.com>", conversation=conversation)
        self.complete("¿Ya contestaron a Eva Chi?", conversation=conversation)
        self.assertIn("contestaron a [[NAME_1]]", str(self.last_sent()))
