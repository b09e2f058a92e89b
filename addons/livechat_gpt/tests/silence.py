# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whoever does not answer, a person or a model: the visitor is not left alone."""

import json

from .common import LivechatGptCase


class SilenceCase(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.write({"answer_timeout": 30, "summary_chain_id": False})
        cls.ana = cls.make_operator("gpt_ana", available=False)
        cls.ben = cls.make_operator("gpt_ben", available=False)

    def setUp(self):
        super().setUp()
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids

    def visitor(self, text):
        return self.written_now(self.visitor_writes(self.channel, text))

    def person(self, user, text="Un momento"):
        return self.written_now(self.operator_writes(user, self.channel, text))

    def later(self, seconds):
        """Let time pass, and the clock look."""
        self.time_passes(self.channel, seconds)
        self.process_due()

    def assert_said(self, *names):
        """Assert what the assistant said last, by the names of its texts."""
        session = self.gpt_session._in_visitor_lang()
        texts = [self.own_text(name, session.env.lang) for name in names]
        messages = session.channel_id._gpt_messages().filtered(
            lambda m: m.author_id == self.agent.partner_id
        )
        said = [message._gpt_text() for message in messages[-len(names) :]]
        self.assertEqual([" ".join(text.split()) for text in said], texts)

    def assert_state(self, state, operator=None):
        expected = (state, operator or self.env["res.users"])
        has_it = state == "human" or self.gpt_session.person_called
        user = self.gpt_session.operator_id if has_it else self.env["res.users"]
        self.assertEqual((self.gpt_session.state, user), expected)

    def asked(self):
        """Return how often the model was asked for an answer."""
        sent = self.server.journal.entries("/v1/responses")
        return len([entry for entry in sent if "<question>" in str(entry.body)])

    def summaries_for(self, user):
        """Return how many hand-off summaries were shown to an employee."""
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([])
        mine = [
            row
            for row in rows
            if json.loads(row.channel)[1:3] == ["res.partner", user.partner_id.id]
        ]
        shown = [row.message for row in mine if "transient_message" in row.message]
        return len([message for message in shown if "Reason" in message])
