# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .ask_common import AskCase


@tagged("post_install", "-at_install")
class TestAsk(AskCase):
    def test_summary(self):
        self.contact.message_post(body="Quieren dos máquinas.", message_type="comment")
        ask = self.ask("summary", answer="Quieren dos máquinas; hay que cotizar.")
        self.assertEqual(ask.state, "done")
        self.assertEqual(ask.answer, "Quieren dos máquinas; hay que cotizar.")
        sent = self.sent()
        self.assertIn("Compras", sent)
        self.assertIn("por la tarde", sent)
        self.assertIn("dos máquinas", sent)
        self.assertNotIn("Cafetería Kaab", sent, "masked as chains do")

    def test_answer_in_the_user_s_language(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.asker.lang = "es_ES"
        self.ask("summary", user=self.asker.with_context(lang="es_ES"))
        ask = self.new("summary").with_context(lang="es_ES")
        self.server.answer_with("Bien.")
        ask.action_ask()
        self.perform(ask)
        self.assertIn("Spanish", self.sent())

    def test_long_answers_are_not_cut(self):
        answer = "Una frase de la respuesta larga. " * 100
        self.assertEqual(self.ask("summary", answer=answer).answer, answer.strip())

    def test_translation(self):
        portuguese = self.env.ref("base.lang_pt_BR")
        self.assertFalse(portuguese.active, "any language, not only those of the users")
        ask = self.ask(
            "translate",
            text="El envío es gratuito.",
            lang_id=portuguese.id,
            answer="O envio é gratuito.",
        )
        self.assertEqual(ask.answer, "O envio é gratuito.")
        self.assertIn("Portuguese", self.sent())
        self.assertIn("El envío es gratuito.", self.sent())
        self.assertNotIn("por la tarde", self.sent(), "the record has no part in it")

    def test_own_question(self):
        ask = self.ask("question", question="¿Cuándo hay que llamar?")
        self.assertEqual(ask.answer, "Listo.")
        self.assertIn("¿Cuándo hay que llamar?", self.sent())
        self.assertIn("por la tarde", self.sent())

    def test_reply(self):
        self.ask("reply", question="Que sí hay existencias")
        self.assertIn("Que sí hay existencias", self.sent())
        self.assertIn("por la tarde", self.sent())

    def test_improve(self):
        ask = self.ask("improve", text="ola, ya emos enbiado", answer="Hola, ya…")
        self.assertEqual(ask.answer, "Hola, ya…")
        self.assertIn("ola, ya emos enbiado", self.sent())

    def test_a_question_is_asked_for_where_the_chain_takes_one(self):
        takes = {
            name: self.new(name).takes_question
            for name in ("summary", "reply", "translate", "improve", "question")
        }
        self.assertEqual(
            {name for name, does in takes.items() if does}, {"reply", "question"}
        )

    def test_the_form_of_an_employee(self):
        """What the window does for somebody who may read neither chains nor models."""
        employee = new_test_user(self.env, "employee", groups="base.group_user")
        window = self.env["gpt.ask"].with_user(employee)
        opened = window.action_open(self.contact._name, self.contact.id)
        form = Form(
            window.with_context(**opened["context"]),
            view="is_chatgpt_integration_fork.gpt_ask_view_form",
        )
        self.assertEqual(form.action_id, self.action("summary"))
        self.assertEqual(form.record_name, "Cafetería Kaab")
        self.assertEqual(len(form.offered_ids), 5, "not what is for channels")
        form.action_id = self.action("question")
        form.question = "¿Qué quieren?"
        ask = form.save()
        self.server.answer_with("Nada.")
        opened = ask.action_ask()
        self.assertEqual(opened["res_id"], ask.id)
        self.perform(ask)
        self.assertEqual(ask.answer, "Nada.")

    def test_what_is_missing_is_said(self):
        for name in ("question", "improve", "translate"):
            with self.assertRaisesRegex(UserError, "empty"):
                self.new(name, text="  ").action_ask()

    def test_an_action_of_one_s_own(self):
        chain = self.make_chain("mine", inputs=("record",), user_prompt="{record}")
        values = {"name": "Mine", "chain_id": chain.id}
        with self.assertRaises(ValidationError):
            self.env["gpt.ask.action"].create(values | {"needs_text": True})
        group = self.env["res.groups"].create({"name": "Chosen"})
        action = self.env["gpt.ask.action"].create(
            values
            | {
                "group_ids": [Command.link(group.id)],
                "model_ids": [
                    Command.link(self.env["ir.model"]._get_id("res.partner"))
                ],
            }
        )
        actions = self.env["gpt.ask.action"].with_user(self.asker)
        self.assertNotIn(action, actions._offered("res.partner"))
        with self.assertRaisesRegex(UserError, "not offered"):
            self.new("summary", action_id=action.id).action_ask()
        chosen = new_test_user(self.env, "chosen")
        chosen.write({self.groups_field(): [Command.link(group.id)]})
        actions = actions.with_user(chosen)
        self.assertIn(action, actions._offered("res.partner"))
        self.assertNotIn(action, actions._offered("res.users"))

    def groups_field(self):
        return "group_ids" if "group_ids" in self.env["res.users"] else "groups_id"

    # Failures

    def test_failure_says_what_to_do(self):
        ask = self.new("summary")
        self.server.faults.order(self.Fault("wrong_key"))
        ask.action_ask()
        self.perform(ask)
        self.assertEqual(ask.state, "failed")
        self.assertTrue(ask.error_code)
        self.assertTrue(ask.error_advice)
        self.server.reset()
        self.server.answer_with("Ahora sí.")
        ask.action_ask()
        self.perform(ask)
        self.assertEqual(ask.answer, "Ahora sí.")

    def test_not_twice_at_once(self):
        ask = self.new("summary")
        ask.action_ask()
        self.assertTrue(ask.is_running)
        with self.assertRaisesRegex(UserError, "already"):
            ask.action_ask()

    def test_a_crashed_job_leaves_nobody_waiting(self):
        ask = self.new("summary")
        ask.action_ask()
        request = ask.sudo().request_id
        request.state = "running"
        request._gpt_crashed()
        self.assertEqual((ask.state, ask.error_code), ("failed", "internal"))

    # What was answered is found again

    def test_closed_window(self):
        window = self.env["gpt.ask"].with_user(self.asker)
        arguments = (self.contact._name, self.contact.id)
        self.assertFalse(window.action_open(*arguments)["res_id"])
        ask = self.new("summary")
        self.server.answer_with("Listo.")
        ask.action_ask()
        self.assertEqual(window.action_open(*arguments)["res_id"], ask.id)
        self.perform(ask)
        self.assertEqual(window.action_open(*arguments)["res_id"], ask.id)
        self.assertFalse(window.action_open(*arguments)["res_id"], "it was seen")
        found = window.search(ask.action_earlier()["domain"])
        self.assertEqual(found, ask)

    def test_chosen_text_is_taken_along(self):
        window = self.env["gpt.ask"].with_user(self.asker)
        action = window.action_open(self.contact._name, self.contact.id, "ola")
        new = window.with_context(**action["context"]).new({})
        self.assertEqual(new.text, "ola")
        self.assertTrue(new.action_id.needs_text)

    # What is done with the answer

    def test_markup_of_the_model_is_text(self):
        ask = self.ask("summary", answer='<img src="x" onerror="alert(1)"> <b>Hola</b>')
        ask.action_note()
        note = self.contact.message_ids[0]
        self.assertIn("&lt;img", note.body)
        self.assertNotIn("<img", note.body)
        composer = ask.action_insert()["context"]["default_body"]
        self.assertIn("&lt;img", composer)
        self.assertNotIn("<img", composer)

    def test_note_is_the_user_s(self):
        self.ask("summary", answer="Uno\n\nDos").action_note()
        note = self.contact.message_ids[0]
        self.assertEqual(note.author_id, self.asker.partner_id)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(note.body, "<p>Uno</p><p>Dos</p>")

    def test_insert_into_message(self):
        customer = self.env["res.partner"].create({"name": "Lucía Canul"})
        self.contact.parent_id = customer
        before = self.contact.message_ids
        action = self.ask("reply", answer="Hola, ya salió.").action_insert()
        self.assertEqual(self.contact.message_ids, before, "nothing is sent")
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.asker)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("Hola, ya salió.", composer.body)
        composer._action_send_mail()
        self.assertIn("Hola, ya salió.", self.contact.message_ids[0].body)
        self.assertEqual(self.contact.message_ids[0].author_id, self.asker.partner_id)

    def test_nothing_to_insert(self):
        with self.assertRaisesRegex(UserError, "no answer yet"):
            self.new("summary").action_insert()

    # What does not fit

    def test_what_was_left_out_is_said(self):
        for number in range(60):
            self.contact.message_post(
                body=f"Mensaje {number}: " + "palabra " * 100, message_type="comment"
            )
        ask = self.ask("summary")
        self.assertIn("older messages were not read", ask.left_out)
        self.assertIn("Mensaje 59:", self.sent())
        self.assertNotIn("Mensaje 0:", self.sent())
        self.assertIn("older messages are not shown", self.sent())

    # How long it is kept

    def test_retention(self):
        ask = self.ask("question", question="Secreto")
        self.env["gpt.request.retention"]._purge_older(
            fields.Datetime.add(fields.Datetime.now(), days=1)
        )
        self.assertFalse(ask.exists())

    def test_erasing_a_contact(self):
        ask = self.ask("question", question="Secreto")
        request = ask.sudo().request_id
        self.assertEqual(request.partner_id, self.contact)
        self.env["gpt.request.retention"]._erase(request)
        self.assertFalse(ask.exists())


@tagged("post_install", "-at_install")
class TestAskRights(AskCase):
    def test_each_user_s_own_view(self):
        """Two users with other rules: what one cannot read is not sent for them."""
        secret = self.env["res.partner"].create(
            {"name": "Filial", "parent_id": self.contact.id, "function": "Espía"}
        )
        self.env["ir.rule"].create(
            {
                "name": "Not for this one",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', user.id == {self.other.id} "
                f"and {secret.id})]",
            }
        )
        reader = self.env["gpt.ask.reader"]
        mine = reader.with_user(self.asker)._read(self.contact.with_user(self.asker))
        theirs = reader.with_user(self.other)._read(self.contact.with_user(self.other))
        self.assertIn("Filial", mine.text)
        self.assertNotIn("Filial", theirs.text)
        with self.assertRaises(AccessError):
            self.new("summary", secret, self.other)

    def test_unreadable_record(self):
        ask = self.new("summary")
        self.env["ir.rule"].create(
            {
                "name": "Nobody",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.contact.id})]",
            }
        )
        with self.assertRaisesRegex(UserError, "may not read it"):
            ask.action_ask()
        self.assertFalse(self.server.journal.entries("/v1/responses"))

    def test_field_with_groups(self):
        field = self.env["res.partner"]._fields["function"]
        reader = self.env["gpt.ask.reader"].with_user(self.asker)
        record = self.contact.with_user(self.asker)
        self.assertIn("Compras", reader._read(record).text)
        self.patch(field, "groups", "base.group_system")
        self.env.registry.clear_cache("templates")
        self.assertNotIn("Compras", reader._read(record).text)

    def test_internal_notes(self):
        self.contact.message_post(
            body="Nota interna", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.contact.message_post(
            body="Para todos", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        reader = self.env["gpt.ask.reader"]
        said = reader.with_user(self.asker)._said(self.contact.with_user(self.asker))
        self.assertEqual(
            [(item.text, item.kind) for item in said],
            [("Nota interna", "internal note"), ("Para todos", "")],
        )

    def test_outsiders(self):
        for user in (self.portal, self.env.ref("base.public_user")):
            questions = self.env["gpt.ask"].with_user(user)
            with self.assertRaises(AccessError):
                questions.action_open(self.contact._name, self.contact.id)
            with self.assertRaises(AccessError):
                questions.create(
                    {
                        "res_model": self.contact._name,
                        "res_id": self.contact.id,
                        "action_id": self.action("summary").id,
                    }
                )

    def test_employees_without_the_group(self):
        group = self.env.ref("is_chatgpt_integration_fork.group_ask")
        self.env.ref("base.group_user").write(
            {"implied_ids": [Command.unlink(group.id)]}
        )
        user = new_test_user(self.env, "without", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["gpt.ask"].with_user(user).action_open(
                self.contact._name, self.contact.id
            )

    def test_answers_are_the_asker_s_alone(self):
        ask = self.ask("question", question="¿Secreto?")
        for user in (self.other, self.env.ref("base.user_admin")):
            foreign = ask.with_user(user)
            self.assertFalse(foreign.search([("id", "=", ask.id)]))
            for method in ("action_note", "action_insert", "action_ask"):
                with self.assertRaises(AccessError):
                    getattr(foreign, method)()
            with self.assertRaises(AccessError):
                foreign.read(["answer", "question"])
            with self.assertRaises(AccessError):
                foreign.write({"question": "x"})

    def test_nobody_takes_an_answer_of_another(self):
        ask = self.ask("question", question="¿Secreto?")
        mine = self.new("summary", user=self.other)
        for values in (
            {"request_id": ask.sudo().request_id.id},
            {"user_id": self.asker.id},
        ):
            with self.assertRaises(AccessError):
                mine.write(values)
            with self.assertRaises(AccessError):
                self.new("summary", user=self.other, **values)

    def test_records_without_messages(self):
        parameter = self.env["ir.config_parameter"].search([], limit=1)
        with self.assertRaises(UserError):
            self.new("summary", parameter, self.env.ref("base.user_admin")).action_ask()
