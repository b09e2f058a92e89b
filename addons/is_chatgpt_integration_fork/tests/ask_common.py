# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Somebody who asks about a record, and the jobs that their questions leave."""

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.gpt_core.tests.common import GptMixin
from odoo.addons.gpt_core.tests.jobs import perform

MODULE = "is_chatgpt_integration_fork"


class AskCase(GptMixin, BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asker = new_test_user(
            cls.env, "asker", groups="base.group_user,base.group_partner_manager"
        )
        cls.other = new_test_user(
            cls.env, "other", groups="base.group_user,base.group_partner_manager"
        )
        cls.portal = new_test_user(cls.env, "outsider", groups="base.group_portal")
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Cafetería Kaab",
                "function": "Compras",
                "comment": "<p>Prefiere que le llamen por la tarde.</p>",
            }
        )

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def action(self, name):
        return self.env.ref(f"{MODULE}.ask_action_{name}")

    def new(self, name, record=None, user=None, **values):
        record = self.contact if record is None else record
        questions = self.env["gpt.ask"].with_user(user or self.asker)
        return questions.create(
            {
                "res_model": record._name,
                "res_id": record.id,
                "action_id": self.action(name).id,
                **values,
            }
        )

    def ask(self, name, record=None, user=None, answer="Listo.", **values):
        """Ask, and run the job; return the question."""
        ask = self.new(name, record, user, **values)
        self.server.answer_with(answer)
        ask.action_ask()
        self.perform(ask)
        return ask

    def perform(self, ask):
        perform(self.env, ask.sudo().request_id)

    def sent(self):
        """Return the whole of what was sent to the model, as one text."""
        return str(self.last_sent())
