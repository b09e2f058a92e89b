# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestAgentSuggestion(TransactionCase):
    def test_a_manager_writes_suggestions(self):
        groups = "base.group_user,gpt_core.group_gpt_manager"
        manager = new_test_user(self.env, "agent_manager", groups=groups)
        agent = self.env["gpt.agent"].with_user(manager).create({"name": "Sofía"})
        agent.write({"suggestion_ids": [Command.create({"name": "¿Envíos?"})]})
        self.assertEqual(agent.suggestion_ids.name, "¿Envíos?")
