# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Those who have nothing to do with a chat: all that they may send, over HTTP."""

import inspect

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..compat import V19
from .secret_chat import SecretChatCase

# This addon, what it is built on, and what installs itself beside it.
ADDONS = (
    "odoo.addons.gpt_core.",
    "odoo.addons.livechat_gpt.",
    "odoo.addons.livechat_gpt_crm.",
    "odoo.addons.kb_rag.",
    "odoo.addons.crm_lead_enrichment.",
)
# What the methods are called with; they must be refused before it matters.
ARGUMENTS = {
    "chain": "livechat_answer",
    "query": "150 pesos",
    "vals": {},
    "vals_list": [{"chain_id": 1}],
}
# Routes that 19.0 has no more.
OF_18 = ("/discuss/channel/info", "/im_livechat/init", "/mail/thread/data")
PRIVATE = "Mi RFC es privado"


@tagged("post_install", "-at_install")
class TestStrangers(SecretChatCase):
    def setUp(self):
        super().setUp()
        self.chat = self.open_chat()
        self.visitor_writes(self.chat, PRIVATE)
        self.model_says("Son 150 pesos.")
        self.run_jobs()
        self.secret = self.has_summary(self.chat)
        (self.answer,) = self.chat.message_ids.filtered(
            lambda m: m.author_id == self.agent.partner_id
        )
        self.said = len(self.chat.message_ids)
        self.server.journal.clear()
        self.forget_visitor()

    def forget_visitor(self):
        self.authenticate(None, None)
        self.opener.cookies.clear()

    def each_stranger(self):
        """Be every one of those who have no business in the chat, one by one."""
        for who in ("nobody", "another visitor", "a portal user"):
            self.forget_visitor()
            if who == "a portal user":
                self.authenticate("gpt_intruder", "gpt_intruder")
            if who != "nobody":
                self.open_chat()
            yield who

    def sends(self, route, **params):
        """Send to a route; return the answer, ``None`` when it is refused."""
        with mute_logger("odoo.http"):
            try:
                return self.make_jsonrpc_request(route, params)
            except JsonRpcException:
                return None

    def assert_untouched(self, answer=None):
        """Say that nothing was told, said, changed, or asked of a model."""
        self.env.invalidate_all()
        self.assert_nothing_of_it(answer)
        self.assertNotIn(PRIVATE, str(answer))
        self.assertEqual(len(self.chat.message_ids), self.said)
        self.assertFalse(self.secret.answer_ids.filtered("rating"))
        self.assertEqual((self.secret.state, self.secret.epoch), ("bot", 0))
        self.assertFalse(self.jobs())
        self.assertFalse(self.server.journal.entries())

    def routes(self):
        """Return the routes that reach what this addon adds, and how to ask them."""
        chat, answer, livechat = self.chat.id, self.answer.id, self.livechat.id
        body = {"body": "/asesor", "message_type": "comment"}
        init = {"fetch_params": [["init_livechat", livechat]]}
        fetch = {"fetch_params": [["discuss.channel", [chat]]]}
        thread = {"thread_model": "discuss.channel", "thread_id": chat}
        thread["request_list"] = ["followers", "attachments"]
        return [
            ("/mail/message/post", {
                "thread_model": "discuss.channel", "thread_id": chat,
                "post_data": body, "context": {"queue_job__no_delay": True},
            }),
            ("/mail/message/post", {
                "thread_model": "gpt.livechat.session", "thread_id": self.secret.id,
                "post_data": body,
            }),
            ("/mail/message/update_content", {
                "message_id": answer, "body": "x", "attachment_ids": [],
                "update_data": {"body": "x", "attachment_ids": []},
            }),
            ("/mail/message/reaction", {
                "message_id": answer, "content": "👎", "action": "add",
            }),
            ("/mail/thread/messages", {
                "thread_model": "gpt.livechat.session", "thread_id": self.secret.id,
            }),
            ("/mail/thread/data", thread),
            ("/mail/data", {"fetch_params": [["mail.thread", thread]]}),
            ("/discuss/channel/messages", {"channel_id": chat}),
            ("/discuss/channel/info", {"channel_id": chat}),
            ("/discuss/channel/members", {
                "channel_id": chat, "known_member_ids": [],
            }),
            ("/discuss/channel/notify_typing", {
                "channel_id": chat, "is_typing": True,
            }),
            ("/mail/data", fetch),
            ("/mail/data", init),
            ("/mail/action", init),
            ("/im_livechat/init", {"channel_id": livechat}),
            ("/im_livechat/init", {"channel_id": chat + 1_000_000}),
        ]  # fmt: skip

    def test_routes(self):
        for who in self.each_stranger():
            for route, params in self.routes():
                if V19 and route in OF_18:
                    continue
                with self.subTest(f"{who}: {route}"):
                    self.assert_untouched(self.sends(route, **params))

    def test_a_stranger_gives_no_thumb(self):
        for _who in self.each_stranger():
            for content in ("👍", "👎"):
                for action in ("add", "remove"):
                    self.sends(
                        "/mail/message/reaction",
                        message_id=self.answer.id,
                        content=content,
                        action=action,
                    )
            self.assert_untouched()

    def test_pictures_and_files(self):
        """What has no rights to be asked gives no field of ours away as a file."""
        agent, session = self.agent.id, self.secret.id
        for _who in self.each_stranger():
            for url in (
                f"/web/content/gpt.livechat.session/{session}/handoff_summary",
                f"/web/content/gpt.agent/{agent}/knowledge",
                f"/web/content?model=gpt.livechat.session&id={session}&field=transcript",
                f"/web/image/gpt.livechat.session/{session}/handoff_summary",
                f"/odoo/gpt.livechat.session/{session}",
            ):
                with mute_logger("odoo.http"):
                    self.assert_untouched(self.url_open(url).text)

    def test_this_addon_adds_no_route(self):
        """One that is added has to be tried by strangers, here."""
        ours = {
            str(rule)
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if self.declares(rule.endpoint)
        }
        self.assertEqual(ours, set() if V19 else {"/im_livechat/init"})

    def declares(self, endpoint):
        method = getattr(endpoint, "func", endpoint)
        owner = getattr(method, "__self__", None) or getattr(method, "args", [None])[0]
        name = getattr(inspect.unwrap(method), "__name__", "")
        classes = type(owner).__mro__ if owner is not None else ()
        return any(name in vars(c) and c.__module__.startswith(ADDONS) for c in classes)

    def public_methods(self):
        """Return ``(model, method)`` of whatever of ours can be called by name."""
        found = []
        for model in sorted(self.env.registry):
            for name in dir(self.env.registry[model]):
                classes = type(self.env[model]).__mro__
                if name.startswith("_") or not any(
                    callable(vars(c).get(name)) and c.__module__.startswith(ADDONS)
                    for c in classes
                ):
                    continue
                if model.startswith("gpt."):
                    found.append((model, name))
        return found

    def arguments(self, model, name):
        """Return arguments that a method can be called with, as far as it has any."""
        method = getattr(type(self.env[model]), name)
        parameters = list(inspect.signature(method).parameters.values())[1:]
        needed = [
            ARGUMENTS.get(parameter.name, 1)
            for parameter in parameters
            if parameter.default is parameter.empty
            and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]
        if self.is_of_model(method):
            return needed
        # The provider that is ready to be asked, and the chat of somebody else.
        known = {self.secret._name: self.secret, self.provider._name: self.provider}
        records = self.env[model]
        if not records._abstract:
            records = known.get(model) or records.search([], limit=1)
        return [records.ids or [1], *needed]

    def is_of_model(self, method):
        if V19:
            return getattr(method, "_api_model", False)
        return getattr(method, "_api", "") in ("model", "model_create")

    def test_methods(self):
        methods = self.public_methods()
        self.assertIn(("gpt.livechat.session", "action_take_over"), methods)
        self.assertIn(("gpt.service", "retrieve_and_complete"), methods)
        calls = [(*method, self.arguments(*method)) for method in methods]
        for who in self.each_stranger():
            for model, name, arguments in calls:
                with self.subTest(f"{who}: {model}.{name}"):
                    error = self.refusal(model, name, *arguments)
                    wanted = "AccessError" if "portal" in who else "SessionExpired"
                    self.assertIn(wanted, error)
        self.assert_untouched()

    def refusal(self, model, name, *arguments):
        """Return the kind of error that a call ends with."""
        with mute_logger("odoo.http"):
            try:
                return f"answered: {self.rpc(model, name, *arguments)}"
            except JsonRpcException as error:
                return str(error)

    def test_methods_of_odoo_that_this_addon_changes(self):
        members = self.chat.channel_member_ids.ids
        calls = [
            ("discuss.channel", "message_post", self.chat.ids, {"body": "/asesor"}),
            ("discuss.channel", "read", self.chat.ids, {"fields": ["name"]}),
            ("discuss.channel", "write", self.chat.ids, {"vals": {"name": "x"}}),
            ("discuss.channel", "action_unfollow", self.chat.ids, {}),
            ("discuss.channel.member", "unlink", members, {}),
            ("im_livechat.channel", "get_livechat_info", self.livechat.ids, {}),
            ("im_livechat.channel", "read", self.livechat.ids, {
                "fields": ["gpt_agent_id"]}),
        ]  # fmt: skip
        member = {
            "channel_id": self.chat.id,
            "partner_id": self.portal.partner_id.id,
        }
        for who in self.each_stranger():
            for model, name, ids, values in calls:
                with self.subTest(f"{who}: {model}.{name}"), mute_logger("odoo.http"):
                    try:
                        answer = self.rpc(model, name, ids, **values)
                    except JsonRpcException as error:
                        answer = str(error)
                    self.assert_untouched(answer)
            self.refusal("discuss.channel.member", "create", [member])
            self.env.invalidate_all()
            self.assertNotIn(
                self.portal.partner_id, self.chat.channel_member_ids.partner_id
            )
            self.assertEqual(self.chat.channel_member_ids.ids, members)
