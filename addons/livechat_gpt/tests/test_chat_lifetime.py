# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chats that are idle, lost, of a site elsewhere, or to be forgotten."""

from contextlib import nullcontext

from odoo.tests import common as odoo_tests
from odoo.tests import new_test_user, tagged

from ..compat import V19, is_open
from ..models import gpt_livechat_answer_job
from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestLife(LivechatGptCase):
    def test_an_idle_chat_is_closed(self):
        channel = self.open_chat()
        session = channel.gpt_session_ids
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        self.process_due()
        self.assertEqual(session.state, "bot")
        channel.last_interest_dt = "2020-01-01 00:00:00"
        self.agent.idle_hours = 0
        self.process_due()
        self.assertEqual(session.state, "bot", "never, if it is not wanted")
        self.agent.idle_hours = 24
        self.process_due()
        self.assertEqual(session.state, "closed")
        self.assertFalse(is_open(channel))

    def test_what_was_lost_is_answered(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        self.jobs().unlink()  # as if somebody had tidied up
        self.process_due()
        self.assertFalse(self.jobs(), "not at once: a job may be on its way")
        self.time_passes(channel, 60)
        self.process_due()
        self.model_says("Buenas.")
        self.run_jobs()
        self.assertEqual(self.answers(channel), ["Buenas."])

    def test_a_site_elsewhere(self):
        params = {"channel_id": self.livechat.id, "persisted": True}
        if not V19:
            params["anonymous_name"] = "Visitor"
        answer = self.make_jsonrpc_request("/im_livechat/cors/get_session", params)
        store = answer["store_data"] if V19 else answer
        token = store["Store"]["guest_token"]
        channel = self.env["gpt.livechat.session"].search([], limit=1).channel_id
        self.opener.cookies.clear()  # the visitor's browser sends none there
        self.make_jsonrpc_request(
            "/im_livechat/cors/message/post",
            {
                "guest_token": token,
                "thread_model": "discuss.channel",
                "thread_id": channel.id,
                "post_data": {
                    "body": "Hola",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
                "context": {"queue_job__no_delay": True},
            },
        )
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        self.model_says("Buenas.")
        self.run_jobs()
        self.assertEqual(self.answers(channel), ["Buenas."])

    def test_erasing_a_contact(self):
        portal = new_test_user(
            self.env, "gpt_erased", groups="base.group_portal", email="e@example.com"
        )
        self.authenticate("gpt_erased", "gpt_erased")
        channel = self.open_chat()
        session = channel.gpt_session_ids
        self.visitor_writes(channel, "/asesor")
        self.run_jobs()
        self.summed_up(session, summary="Su correo es e@example.com")
        self.assertEqual(session.contact_email, "e@example.com")
        portal.partner_id._gpt_erase()
        self.assertFalse(session.contact_email)
        self.assertFalse(session.handoff_summary)

    def guest_with_contact(self, contact):
        channel = self.open_chat()
        self.visitor_writes(channel, "/asesor")
        self.run_jobs()
        self.visitor_writes(channel, contact)
        self.run_jobs()
        session = channel.gpt_session_ids
        self.summed_up(session, summary="Quiere café", sources="precios.pdf")
        return session

    def test_erasing_a_contact_who_was_a_guest(self):
        by_mail = self.guest_with_contact("Ana_Paz@example.com")
        by_phone = self.guest_with_contact("55 1234 5678")
        other = self.guest_with_contact("anaXpaz@example.com")
        contacts = self.env["res.partner"].create(
            [
                {"name": "Ana", "email": "ana_paz@example.com"},
                {"name": "Paz", "phone": "+52 55 1234 5678"},
            ]
        )
        contacts._gpt_erase()
        for session in by_mail | by_phone:
            self.assertFalse(session.contact_email or session.contact_phone)
            self.assertFalse(session.handoff_summary or session.handoff_sources)
        self.assertEqual(other.contact_email, "anaXpaz@example.com")
        self.assertTrue(other.handoff_summary)

    def test_summaries_are_kept_as_long_as_requests(self):
        self.env["ir.config_parameter"].set_param("gpt_core.retention_days", "30")
        old, young = (self.guest_with_contact("ana@example.com") for _number in "ab")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gpt_livechat_session SET write_date = write_date - interval "
            "'31 days' WHERE id = %s",
            [old.id],
        )
        self.env.invalidate_all()
        self.env["gpt.request.retention"]._cron_purge()
        self.assertFalse(old.handoff_summary or old.contact_email or old.visitor_key)
        self.assertTrue(old.handoff_reason, "numbers stay")
        self.assertEqual(young.handoff_summary, "Quiere café")

    def test_the_sign_of_life_is_renewed(self):
        """Browsers forget that somebody types after a minute."""
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        self.server.delay = 2
        self.patch(gpt_livechat_answer_job, "TYPING_SECONDS", 0.5)
        before = self.typing_count()
        # 19.0 lets no other thread look into the database of a test, but for this.
        lock = getattr(odoo_tests, "release_test_lock", nullcontext)
        with lock():
            self.run_jobs()
        self.server.delay = 0
        # At the beginning, every half second, and at the end.
        self.assertGreaterEqual(self.typing_count() - before, 4)

    def test_no_sign_of_life_once_a_person_has_come(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        session = channel.gpt_session_ids
        message = session._newest_message()

        def show(message_id):
            session._in_own_transaction(
                "gpt.livechat.answer.job", "_show_typing", message_id
            )

        before = self.typing_count()
        show(message)
        self.assertEqual(self.typing_count(), before + 1)
        session.state = "human"
        self.env.flush_all()
        show(message)
        self.assertEqual(self.typing_count(), before + 1)

    def typing_count(self):
        self.env.cr.precommit.run()  # what is sent to browsers is written then
        sent = self.env["bus.bus"].sudo().search([])
        return sum("isTyping" in bus.message for bus in sent)
