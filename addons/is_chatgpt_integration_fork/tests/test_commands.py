# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .ask_common import AskCase


@tagged("post_install", "-at_install")
class TestCommands(AskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.env["discuss.channel"].create(
            {
                "name": "Ventas",
                "channel_type": "channel",
                "channel_member_ids": [
                    Command.create({"partner_id": user.partner_id.id})
                    for user in (cls.asker, cls.other)
                ],
            }
        )

    def says(self, *texts):
        """Have the other one write these, one message each."""
        channel = self.channel.with_user(self.other)
        return [
            channel.message_post(
                body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
            )
            for text in texts
        ]

    def member(self, user=None):
        partner = (user or self.asker).partner_id
        members = self.channel.channel_member_ids
        found = members.filtered(lambda member: member.partner_id == partner)
        return found.with_user(user or self.asker)

    def reads(self, message, away=False):
        member = self.member()
        if away:
            long_ago = fields.Datetime.now() - timedelta(hours=3)
            member.sudo().last_seen_dt = long_ago
        member._mark_as_read(message.id)

    def told(self):
        """Return what was shown to people on the bus since the last look."""
        self.env.cr.precommit.run()
        found = self.env["bus.bus"].sudo().search([], order="id")
        rows = [row for row in found if "transient_message" in row.message]
        texts = [(row.channel, row.message) for row in rows]
        found.unlink()
        return texts

    def run_command(self, name, body="", answer=None):
        """Run a command of the asker's; return what they and others were shown."""
        self.told()
        if answer:
            self.server.answer_with(answer)
        channel = self.channel.with_user(self.asker)
        getattr(channel, f"execute_command_{name}")(body=body)
        ask = self.env["gpt.ask"].search([], limit=1)
        self.env.cr.precommit.run()
        if answer:
            self.perform(ask)
        return self.told()

    def test_question(self):
        self.says("El envío a Mérida sale el martes.")
        before = self.channel.message_ids
        told = self.run_command("ai", "/ai ¿Cuándo sale?", "El <martes>.")
        self.assertIn("¿Cuándo sale?", self.sent())
        self.assertIn("sale el martes", self.sent())
        self.assertEqual(self.channel.message_ids, before, "nothing is posted")
        self.assertEqual(len(told), 2)
        self.assertIn("&lt;martes&gt;", told[-1][1])
        partner = self.asker.partner_id
        for channel, _message in told:
            self.assertIn(f'"res.partner",{partner.id}]', channel.replace(" ", ""))
        ask = self.env["gpt.ask"].with_user(self.asker).search([])
        self.assertEqual(ask.answer, "El <martes>.")
        self.assertFalse(self.env["gpt.ask"].with_user(self.other).search([]))

    def test_without_a_question(self):
        told = self.run_command("ai", "/ai ")
        self.assertEqual(len(told), 1)
        self.assertIn("question", told[0][1])

    def test_summary_of_what_was_missed(self):
        _first, second = self.says("Lo viejo", "Lo leído")
        self.reads(second)
        _third, last = self.says("Se cambia el precio", "Y la fecha")
        self.reads(last, away=True)
        (while_here,) = self.says("Sigo aquí")
        self.reads(while_here)
        told = self.run_command("summary", answer="Cambian precio y fecha.")
        sent = self.sent()
        for text in ("Se cambia el precio", "Y la fecha", "Sigo aquí"):
            self.assertIn(text, sent)
        self.assertNotIn("Lo viejo", sent)
        self.assertNotIn("Lo leído", sent)
        self.assertIn("Cambian precio y fecha.", told[-1][1])
        # What was summed up is not summed up again.
        (told,) = self.run_command("summary")
        self.assertIn("read everything", told[1])

    def test_own_messages_are_not_missed(self):
        (last,) = self.says("Hola")
        self.reads(last)
        self.member().sudo().last_seen_dt = fields.Datetime.now() - timedelta(hours=3)
        self.channel.with_user(self.asker).message_post(
            body="Yo misma", message_type="comment"
        )
        (told,) = self.run_command("summary")
        self.assertIn("read everything", told[1])

    def test_reading_costs_no_query_more(self):
        messages = self.says("Para calentar", "Uno", "Dos")
        member_class = self.env.registry["discuss.channel.member"]
        counts = []
        for number, message in enumerate(messages):
            if number == 2:
                self.patch(
                    member_class, "_set_last_seen_message", _original(member_class)
                )
            self.member().sudo().last_seen_dt = False
            self.env.flush_all()
            self.env.invalidate_all()
            member = self.member()
            before = self.cr.sql_log_count
            member._mark_as_read(message.id)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_failure(self):
        self.server.faults.order(self.Fault("wrong_key"))
        channel = self.channel.with_user(self.asker)
        channel.execute_command_ai(body="/ai ¿Qué?")
        ask = self.env["gpt.ask"].search([], limit=1)
        self.told()
        self.perform(ask)
        (told,) = self.told()
        self.assertIn("gave no answer", told[1])

    def test_outsiders(self):
        self.channel.add_members(self.portal.partner_id.ids)
        channel = self.channel.with_user(self.portal)
        self.told()
        channel.execute_command_ai(body="/ai ¿Qué?")
        self.assertFalse(self.env["gpt.ask"].search([]))

    def test_a_channel_that_one_may_not_read(self):
        group = self.env["discuss.channel"].create(
            {
                "name": "Privado",
                "channel_type": "group",
                "channel_member_ids": [
                    Command.create({"partner_id": self.other.partner_id.id})
                ],
            }
        )
        self.told()
        group.with_user(self.asker).execute_command_ai(body="/ai ¿Qué?")
        self.assertFalse(self.env["gpt.ask"].search([("request_id", "!=", False)]))
        self.assertFalse(self.server.journal.entries("/v1/responses"))


def _original(member_class):
    """Return Odoo's own method, as it is without this addon."""
    for base in member_class.__mro__:
        method = base.__dict__.get("_set_last_seen_message")
        if method and base.__module__.startswith("odoo.addons.mail."):
            return method
    raise AssertionError("there is none")
