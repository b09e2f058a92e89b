# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import mail_new_test_user

from ..engine.chat import MAX_DROPPED_ANSWERS
from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestVisitor(LivechatGptCase):
    def test_available_without_operators(self):
        self.assertFalse(self.livechat.available_operator_ids)
        info = self.livechat.get_livechat_info()
        self.assertTrue(info["available"])
        self.assertEqual(info["options"]["channel_id"], self.livechat.id)
        self.livechat.gpt_agent_id = False
        self.assertFalse(self.livechat.get_livechat_info()["available"])
        self.assertFalse(self.open_chat())

    def test_the_assistant_is_the_operator(self):
        channel = self.open_chat()
        self.assertEqual(channel.livechat_operator_id, self.agent.partner_id)
        self.assertIn(self.agent.partner_id, channel.channel_member_ids.partner_id)
        self.assertNotIn(
            self.env.ref("base.partner_root"), channel.channel_member_ids.partner_id
        )
        self.assertIn("Sofía", channel.name)
        self.assertEqual(channel.gpt_session_ids.state, "bot")
        self.assertEqual(channel.gpt_session_ids.agent_id, self.agent)

    def test_answer(self):
        channel = self.open_chat()
        question = self.visitor_writes(channel, "¿Cuánto cuesta el envío?")
        self.assertFalse(self.server.journal.entries("/v1/responses"), "not in a job")
        self.model_says("El envío cuesta 150 pesos.\n\n<b>¿Algo más?</b>")
        self.run_jobs()
        reply = channel.message_ids.sorted("id")[-1]
        self.assertEqual(reply.author_id, self.agent.partner_id)
        self.assertEqual(
            reply.body,
            "<p>El envío cuesta 150 pesos.<br><br>&lt;b&gt;¿Algo más?&lt;/b&gt;</p>",
        )
        session = channel.gpt_session_ids
        self.assertEqual(session.answered_message_id, question.id)
        request = session.conversation_id.request_ids
        self.assertEqual(request.state, "done")
        self.assertTrue(request.applied_at)
        self.assertTrue(request.job_uuid)
        self.assertEqual(
            (request.res_model, request.res_id), (session._name, session.id)
        )
        self.assertFalse(self.jobs(), "its own message asks for nothing")
        system, user = (part["content"] for part in self.last_sent()["input"])
        self.assertIn("El envío cuesta 150 pesos.", system)
        self.assertIn("<question>¿Cuánto cuesta el envío?</question>", user)

    def test_history(self):
        channel = self.open_chat()
        for text in ("¿A qué hora abren?", "¿Y los sábados?"):
            self.visitor_writes(channel, text)
            self.model_says(f"Respuesta a {text}")
            self.run_jobs()
        user = self.last_sent()["input"][1]["content"]
        self.assertIn("Visitor: ¿A qué hora abren?", user)
        self.assertIn("Assistant: Respuesta a ¿A qué hora abren?", user)
        self.assertIn("<question>¿Y los sábados?</question>", user)

    def test_portal_visitor(self):
        portal = new_test_user(self.env, "portal_visitor", groups="base.group_portal")
        self.authenticate("portal_visitor", "portal_visitor")
        channel = self.open_chat()
        self.assertIn(portal.partner_id, channel.channel_member_ids.partner_id)
        self.assertIn(portal.name, channel.name)
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        self.assertEqual(len(self.answers(channel)), 1)
        portal_view = channel.with_user(portal)
        self.assertTrue(portal_view.name)
        with self.assertRaises(AccessError):
            portal_view.read(["gpt_session_ids"])

    def test_burst_gets_one_answer(self):
        channel = self.open_chat()
        for text in ("Hola", "quiero saber", "cuánto cuesta el envío"):
            self.visitor_writes(channel, text)
        self.run_jobs()
        self.assertEqual(len(self.answers(channel)), 1)
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 1)
        content = self.last_sent()["input"][1]["content"]
        self.assertIn("Hola\nquiero saber\ncuánto cuesta el envío", content)

    def test_an_answer_is_dropped_for_a_newer_message(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (first,) = self.jobs()
        session = channel.gpt_session_ids
        request_id, run = self.begin(first)
        # While the model thinks, the visitor goes on.
        self.visitor_writes(channel, "¿Cuánto cuesta el envío?")
        self.finish(first, request_id, run)
        self.assertFalse(self.answers(channel))
        self.assertEqual(session.dropped_answers, 1)
        self.model_says("150 pesos.")
        self.run_job(self.jobs()[-1])
        self.assertEqual(self.answers(channel), ["150 pesos."])
        content = self.last_sent()["input"][1]["content"]
        self.assertIn("Hola\n¿Cuánto cuesta el envío?", content)
        self.assertEqual(session.dropped_answers, 0)

    def test_a_visitor_who_never_stops_is_answered(self):
        channel = self.open_chat()
        for number in range(MAX_DROPPED_ANSWERS + 1):
            message = self.visitor_writes(channel, f"Y otra cosa, {number}")
            job = self.jobs()[-1]
            request_id, run = self.begin(job)
            self.visitor_writes(channel, "…")
            self.finish(job, request_id, run)
        self.assertEqual(len(self.answers(channel)), 1)
        self.assertEqual(channel.gpt_session_ids.answered_message_id, message.id)

    def test_a_late_answer_is_dropped_after_a_take_over(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (job,) = self.jobs()
        request_id, run = self.begin(job)
        channel.gpt_session_ids.state = "human"
        channel.gpt_session_ids.state = "bot"  # and given back, in the meantime
        self.finish(job, request_id, run)
        self.assertFalse(self.answers(channel))

    def test_failure_is_said(self):
        self.server.faults.order(self.Fault("wrong_key"))
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        self.assertEqual(self.answers(channel), ["No puedo responder ahora."])
        request = channel.gpt_session_ids.conversation_id.request_ids
        self.assertEqual(request.error_code, "wrong_key")

    def test_what_can_succeed_is_tried_again(self):
        self.server.faults.order(self.Fault("rate_limit", retry_after=7))
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (job,) = self.jobs()
        self.assertEqual(self.run_job(job), 7)
        self.assertFalse(self.answers(channel))
        self.model_says("Buenas.")
        self.assertIsNone(self.run_job(job))
        self.assertEqual(self.answers(channel), ["Buenas."])
        request = channel.gpt_session_ids.conversation_id.request_ids
        self.assertEqual(len(request), 1, "one row per action")
        self.assertEqual(request.attempts, 2)

    def test_it_is_not_tried_forever(self):
        self.server.faults.order(self.Fault("server_error", times=9))
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (job,) = self.jobs()
        waits = [self.run_job(job) for _try in range(3)]
        self.assertEqual([bool(wait) for wait in waits], [True, True, False])
        self.assertEqual(self.answers(channel), ["No puedo responder ahora."])

    def test_an_unpublished_chain_is_no_silence(self):
        self.agent.chain_id = self.make_chain("never", publish=False)
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        self.assertEqual(self.answers(channel), ["No puedo responder ahora."])

    def test_a_fault_of_ours_is_no_silence(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (job,) = self.jobs()
        # A version that cannot be read breaks the job before the model is asked.
        version = self.agent.chain_id.published_version_id
        self.env.cr.execute(
            "UPDATE gpt_chain_version SET snapshot = '{}' WHERE id = %s", [version.id]
        )
        version.invalidate_recordset()
        with mute_logger("odoo.sql_db"):
            self.assertTrue(self.crashes(job))
        self.assertEqual(self.answers(channel), ["No puedo responder ahora."])

    def test_a_stored_answer_is_not_paid_again(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (job,) = self.jobs()
        self.model_says("Pagada.")
        self.run_job(job)
        # As if the worker had been killed between storing the answer and posting it.
        request = channel.gpt_session_ids.conversation_id.request_ids
        request.applied_at = False
        channel.gpt_session_ids.answered_message_id = 0
        channel.message_ids.filtered(
            lambda m: m.author_id == self.agent.partner_id
        ).unlink()
        self.run_job(job)
        self.assertEqual(self.answers(channel), ["Pagada."])
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 1)
        self.run_job(job)
        self.assertEqual(self.answers(channel), ["Pagada."], "nor posted twice")

    def test_a_person_takes_over(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        operator = mail_new_test_user(
            self.env,
            "gpt_operator",
            groups="base.group_user,im_livechat.im_livechat_group_user",
        )
        channel.add_members(partner_ids=operator.partner_id.ids)
        channel.with_user(operator).message_post(
            body="Yo me encargo",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(channel.gpt_session_ids.state, "human")
        self.run_jobs()
        self.visitor_writes(channel, "Gracias")
        self.assertFalse(self.jobs())
        self.assertFalse(self.answers(channel))
        self.assertFalse(self.server.journal.entries("/v1/responses"))

    def test_who_is_never_answered(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        guest = channel.channel_member_ids.guest_id
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        stranger = self.env["mail.guest"].create({"name": "Stranger"})
        bot = self.env["gpt.agent"].create({"name": "Another"}).partner_id
        root = self.env.ref("base.partner_root")
        for vals in (
            comment | {"author_id": self.agent.partner_id.id},
            comment | {"author_id": bot.id},
            comment | {"author_id": root.id},
        ):
            channel.message_post(body="¿Sí?", **vals)
            self.assertFalse(self.jobs(), vals)
        self.guest_posts(channel, "¿Sí?", stranger)
        self.guest_posts(channel, "¿Sí?", guest, subtype_xmlid="mail.mt_note")
        self.guest_posts(channel, "¿Sí?", guest, message_type="notification")
        self.assertFalse(self.jobs())
        self.assertEqual(channel.gpt_session_ids.state, "bot")
        self.guest_posts(channel, "¿Sí?", guest)
        self.assertTrue(self.jobs(), "the visitor himself is")

    def test_context_of_the_visitor_has_no_effect(self):
        channel = self.open_chat()
        self.visitor_writes(
            channel, "Hola", queue_job__no_delay=True, _job_force_sync=True
        )
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        (job,) = self.jobs()
        self.assertEqual(job.user_id, self.env.ref("base.user_root"))
        self.assertNotIn("queue_job__no_delay", job.records.env.context)

    def test_a_closed_chat_is_closed(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        channel._close_livechat_session()
        self.run_jobs()
        self.assertFalse(self.answers(channel))
        self.assertFalse(self.server.journal.entries(), "nor is a model asked")
        self.assertEqual(channel.gpt_session_ids.state, "closed")

    def test_a_chat_that_is_closed_while_the_model_thinks(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (job,) = self.jobs()
        request_id, run = self.begin(job)
        channel._close_livechat_session()
        self.finish(job, request_id, run)
        self.assertFalse(self.answers(channel))
        self.assertEqual(channel.gpt_session_ids.state, "closed")
