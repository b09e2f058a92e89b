# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chats that are idle, lost, of a site elsewhere, or to be forgotten."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..compat import V19, is_open
from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestLife(LivechatGptCase):
    def test_an_idle_chat_is_closed(self):
        channel = self.open_chat()
        session = channel.gpt_session_ids
        self.visitor_writes(channel, "Hola")
        self.run_jobs()
        self.tend()
        self.assertEqual(session.state, "bot")
        channel.last_interest_dt = "2020-01-01 00:00:00"
        self.agent.idle_hours = 0
        self.tend()
        self.assertEqual(session.state, "bot", "never, if it is not wanted")
        self.agent.idle_hours = 24
        self.tend()
        self.assertEqual(session.state, "closed")
        self.assertFalse(is_open(channel))

    def test_a_chat_of_a_person_is_not_closed(self):
        channel = self.open_chat()
        session = channel.gpt_session_ids
        operator = self.make_operator()
        channel._add_members(users=operator)
        self.operator_writes(operator, channel)
        channel.last_interest_dt = "2020-01-01 00:00:00"
        self.tend()
        self.assertEqual(session.state, "human")
        self.assertTrue(is_open(channel))

    def test_what_was_lost_is_answered(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        self.jobs().unlink()  # as if somebody had tidied up
        self.tend()
        self.assertFalse(self.jobs(), "not at once: a job may be on its way")
        channel.last_interest_dt = fields.Datetime.now() - timedelta(minutes=15)
        self.tend()
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
        session.card_summary = "Su correo es e@example.com"
        self.assertEqual(session.contact_email, "e@example.com")
        portal.partner_id._gpt_erase()
        self.assertFalse(session.contact_email)
        self.assertFalse(session.card_summary)
