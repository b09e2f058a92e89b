# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Those who try: a portal user with RPC, a page elsewhere, a forged message."""

import json

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..compat import V19
from .secret_chat import SUMMARY, SecretChatCase

OURS = (
    "gpt.livechat.session",
    "gpt.livechat.posted.answer",
    "gpt.livechat.report",
    "gpt.agent",
    "gpt.agent.suggestion",
    "gpt.request",
    "gpt.conversation",
    "gpt.chain",
    "gpt.chain.step",
    "gpt.chain.version",
    "gpt.provider",
    "queue.job",
)
# 19.0 calls it otherwise.
GROUPED = (
    ("formatted_read_group", [], ["id"], ["id:count"])
    if V19
    else ("read_group", [], ["id:count"], [])
)


@tagged("post_install", "-at_install")
class TestIntruders(SecretChatCase):
    def portal_chat(self):
        self.authenticate("gpt_intruder", "gpt_intruder")
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        return channel, self.has_summary(channel)

    def test_a_portal_user_has_no_models(self):
        _channel, session = self.portal_chat()
        for model in OURS:
            if model in self.env:
                self.assert_refused(model, "search_read", [], ["id"])
                self.assert_refused(model, *GROUPED)
        for method in ("action_take_over", "action_give_back", "_answer_job",
                       "_handle_event", "_gpt_run_job", "_forget"):  # fmt: skip
            self.assert_refused("gpt.livechat.session", method, session.ids)
        self.assert_refused("gpt.service", "complete", "livechat_answer", {})
        self.assertEqual(session.state, "bot")
        self.assertFalse(self.server.journal.entries("/v1/responses"))

    def test_a_portal_user_cannot_guess_a_summary_by_searching(self):
        channel, _session = self.portal_chat()
        own = [("id", "=", channel.id)]
        hidden = ["gpt_session_ids", *(["livechat_note"] if V19 else [])]
        for name in hidden:
            self.assert_refused("discuss.channel", "read", channel.ids, [name])
        guesses = [
            ("gpt_session_ids.handoff_summary", "ilike", SUMMARY[:3]),
            ("gpt_session_ids", "any", [("handoff_summary", "ilike", SUMMARY[:3])]),
            ("gpt_session_ids.answer_ids.confidence", ">", 0.1),
            *([("livechat_note", "ilike", SUMMARY[:3])] if V19 else []),
        ]
        for guess in guesses:
            self.assert_refused("discuss.channel", "search_count", [*own, guess])
        self.assertTrue(self.rpc("discuss.channel", "search_read", own, ["name"]))

    def test_what_the_page_of_a_portal_user_loads(self):
        channel, _session = self.portal_chat()
        for params in self.data_requests(channel):
            self.assert_nothing_of_it(self.make_jsonrpc_request("/mail/data", params))

    def data_requests(self, channel):
        """Return what a browser may ask ``/mail/data`` for."""
        if not V19:
            return [
                {},
                {"channels_as_member": True},
                {"init_messaging": {"channel_types": ["livechat"]}},
                {"fetch_params": [["discuss.channel", channel.ids]]},
            ]
        return [
            {"fetch_params": [["channels_as_member", None]]},
            {"fetch_params": [["discuss.channel", channel.ids]]},
            {"fetch_params": [["init_messaging", {}]]},
            {"fetch_params": [["init_livechat", self.livechat.id]]},
        ]

    def open_elsewhere(self):
        """Open a chat on a page of another site; return it and the guest's token."""
        params = {"channel_id": self.livechat.id, "persisted": True}
        if not V19:
            params["anonymous_name"] = "Visitor"
        answer = self.make_jsonrpc_request("/im_livechat/cors/get_session", params)
        self.opener.cookies.clear()  # the visitor's browser sends none there
        store = answer["store_data"] if V19 else answer
        session = self.env["gpt.livechat.session"].search([], limit=1)
        return session.channel_id, store["Store"]["guest_token"]

    def test_a_page_elsewhere_sees_its_own_chat_and_no_more(self):
        channel, token = self.open_elsewhere()
        other, _token = self.open_elsewhere()
        self.assertNotEqual(channel, other)
        self.guest_posts(channel, "Hola")
        self.guest_posts(other, "Mi RFC es privado")
        self.has_summary(channel)
        self.has_summary(other)
        mine = {"guest_token": token}
        route = "/im_livechat/cors/channel/messages"
        own = self.make_jsonrpc_request(route, mine | {"channel_id": channel.id})
        self.assert_nothing_of_it(own)
        for params in self.data_requests(other):
            found = self.make_jsonrpc_request("/im_livechat/cors/data", mine | params)
            self.assert_nothing_of_it(found)
            self.assertNotIn("privado", json.dumps(found, default=str))
        for forged in (mine, {"guest_token": token[:-2] + "xx"}, {"guest_token": ""}):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                params = forged | {"channel_id": other.id}
                self.make_jsonrpc_request(route, params)
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    "/im_livechat/cors/message/post",
                    forged
                    | {
                        "thread_model": "discuss.channel",
                        "thread_id": other.id,
                        "post_data": {"body": "Soy yo"},
                    },
                )
        self.assertFalse([m for m in other.message_ids if "Soy yo" in (m.body or "")])

    def test_a_visitor_cannot_write_as_somebody_else(self):
        channel = self.open_chat()
        session = channel.gpt_session_ids
        for forged in (
            {"author_id": self.operator.partner_id.id},
            {"author_id": self.agent.partner_id.id},
            {"author_guest_id": False, "email_from": "ana@example.com"},
            {"message_type": "notification"},
            {"subtype_xmlid": "mail.mt_note"},
        ):
            data = {"body": "Soy Ana", "message_type": "comment"} | forged
            with mute_logger("odoo.http"):
                try:
                    self.make_jsonrpc_request(
                        "/mail/message/post",
                        {
                            "thread_model": "discuss.channel",
                            "thread_id": channel.id,
                            "post_data": data,
                        },
                    )
                except JsonRpcException:
                    continue  # refused, which is as good
            posted = channel.message_ids[:1]
            self.assertEqual(
                posted.author_guest_id, channel.channel_member_ids.guest_id
            )
            self.assertFalse(posted.author_id)
        self.assertEqual(session.state, "bot", "nobody has taken the chat over")
        self.assertEqual(session.epoch, 0)

    def test_a_visitor_cannot_start_jobs(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Hola")
        (job,) = self.jobs()
        self.env.flush_all()
        url = f"/queue_job/runjob?db={self.env.cr.dbname}&job_uuid={job.uuid}"
        with self.assertLogs("odoo.addons.queue_job", "WARNING"):
            self.url_open(url)
        for method in ("requeue", "button_done", "button_cancelled", "unlink"):
            self.assert_refused("queue.job", method, job.ids)
        self.assertEqual(job.state, "pending")
        self.assertFalse(self.server.journal.entries("/v1/responses"))
