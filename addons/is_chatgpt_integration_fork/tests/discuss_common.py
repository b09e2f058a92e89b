# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People and an assistant in a channel, and the jobs that their messages leave."""

from markupsafe import Markup

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.gpt_core.tests.common import GptMixin
from odoo.addons.gpt_core.tests.jobs import run_job

MODULE = "is_chatgpt_integration_fork"


class DiscussCase(GptMixin, BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = new_test_user(cls.env, "ana", groups="base.group_user", name="Ana")
        cls.beto = new_test_user(cls.env, "beto", groups="base.group_user", name="Beto")
        cls.agent = cls.env.ref(f"{MODULE}.agent_chatgpt")
        cls.bot = cls.agent.partner_id
        cls.home = cls.env.ref(f"{MODULE}.channel_chatgpt")
        cls.channel = cls.env["discuss.channel"].create({"name": "ventas"})
        cls.channel.add_members(partner_ids=(cls.ana | cls.beto).partner_id.ids)
        cls.agent.channel_ids |= cls.channel
        cls.membership = cls.agent.membership_ids.filtered(
            lambda membership: membership.channel_id == cls.channel
        )

    def setUp(self):
        super().setUp()
        self.use_own_transactions()
        self.answer("Cuesta 450 pesos.")

    def answer(self, text, action="answer"):
        self.server.reset()
        self.server.answer_with({"action": action, "cited": [], "answer": text})

    def mention(self, text="¿cuánto cuesta el envío?", bot=None):
        bot = bot or self.bot
        return Markup(
            '<p><a href="/odoo/res.partner/%(id)s" data-oe-model="res.partner" '
            'data-oe-id="%(id)s">@%(name)s</a> %(text)s</p>'
        ) % {"id": bot.id, "name": bot.name, "text": text}

    def post(self, body, channel=None, user=None, **values):
        """Post as people do; return the message."""
        channel = (channel or self.channel).with_user(user or self.ana)
        values = {
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            **values,
        }
        message = channel.message_post(body=body, **values)
        self.env.flush_all()
        return message.sudo()

    def waiting(self, message=None):
        domain = [("message_id", "=", message.id)] if message else []
        return self.env["gpt.discuss.question"].search(domain, order="id")

    def jobs(self):
        return self.env["queue.job"].search(
            [
                ("model_name", "=", "gpt.discuss.question"),
                ("state", "=", "pending"),
            ],
            order="id",
        )

    def run_jobs(self):
        for job in self.jobs():
            run_job(self.env, job)

    def said(self, channel=None):
        """Return what the assistant has written, oldest first."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", (channel or self.channel).id),
                ("author_id", "=", self.bot.id),
            ],
            order="id",
        )
        return messages

    def ask(self, body, **values):
        """Post, run the jobs, and return what the assistant wrote since."""
        before = self.said(values.get("channel"))
        self.post(body, **values)
        self.run_jobs()
        return self.said(values.get("channel")) - before
