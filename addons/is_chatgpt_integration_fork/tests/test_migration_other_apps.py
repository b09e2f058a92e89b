# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .migration_common import MigrationCommon
from .old_database import declare, declare_field, make_agent_actions

AGENT_APP = "much_automated_agent_actions"
CHAT_APP = "odoo_gpt_chat"


@tagged("post_install", "-at_install")
class TestMigrationOfActions(MigrationCommon):
    def make_action(self, prompt, **columns):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Sum up",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "state": "code",
            }
        )
        self.env.flush_all()
        values = {"state": "generative_ai", "prompt_template": prompt} | columns
        for name, value in values.items():
            self.env.cr.execute(
                f'UPDATE ir_act_server SET "{name}" = %s WHERE id = %s',
                [value, action.id],
            )
        self.env.invalidate_all()
        return action

    def move(self):
        self.reports.action_move_actions()
        return self.reports.search([], limit=1)

    def test_action_becomes_a_chain(self):
        model_id = make_agent_actions(self.env)
        field = self.env["ir.model.fields"]._get("res.partner", "comment")
        action = self.make_action(
            "Sum up {{ object.name }} of {{object.country_id.name}} as {json}.",
            ai_model_id=model_id, output_field_id=field.id,
            output_destination="field", include_chatter=True,
        )  # fmt: skip
        report = self.move()
        self.assertEqual(action.state, "gpt_chain")
        values = {v.input_name: v.path for v in action.gpt_value_ids}
        self.assertEqual(values, {"name": "name", "country_id_name": "country_id.name"})
        step = action.gpt_chain_id.step_ids
        self.assertEqual(
            step.user_prompt, "Sum up {name} of {country_id_name} as {{json}}."
        )
        self.assertEqual(step.model_id.name, "gpt-4o")
        self.assertEqual(step.output_ids.field_name, "comment")
        self.assertTrue(action.gpt_chain_id.published_version_id)
        self.assertIn("chatter", report.line_ids.filtered(
            lambda line: line.code == "action").text)  # fmt: skip
        # The prompt of the app is not lost, and there is nothing more to move.
        self.assertFalse(self.env["gpt.migration.action"]._actions())
        self.env.cr.execute(
            "SELECT prompt_template FROM ir_act_server WHERE id = %s", [action.id]
        )
        self.assertIn("{{ object.name }}", self.env.cr.fetchone()[0])

    def test_action_without_a_field_posts(self):
        make_agent_actions(self.env)
        action = self.make_action("Sum up {{ object.name }}.")
        self.move()
        self.assertTrue(action.gpt_post)
        self.assertFalse(action.gpt_chain_id.step_ids.output_ids)

    def test_code_in_a_prompt_stays(self):
        make_agent_actions(self.env)
        action = self.make_action("Sum up {{ object.name.upper() }}.")
        report = self.move()
        self.assertIn("action_stays", self.codes(report, "todo"))
        self.assertEqual(len(self.env["gpt.migration.action"]._actions()), 1)
        self.assertFalse(action.gpt_chain_id)
        ready = self.make_action("Sum up {{ object.name }}.")
        report = self.move()
        self.assertEqual(ready.state, "gpt_chain")
        self.assertIn("action_stays", self.codes(report, "todo"))

    def test_unknown_field_stays(self):
        make_agent_actions(self.env)
        action = self.make_action("Sum up {{ object.no_such_field }}.")
        self.make_action("Sum up {{ object.name }}.")
        report = self.move()
        self.assertIn("action_failed", self.codes(report, "todo"))
        self.assertFalse(action.gpt_chain_id)

    def test_columns_of_another_app_are_left_alone(self):
        make_agent_actions(self.env, owner="some_other_app")
        action = self.make_action("Sum up {{ object.name }}.")
        self.assertFalse(self.env["gpt.migration.action"]._actions())
        self.assertFalse(self.move())
        self.assertFalse(action.gpt_chain_id)

    def test_action_that_the_app_shipped_stays_with_us(self):
        make_agent_actions(self.env)
        action = self.make_action("Sum up {{ object.name }}.")
        declare(self.env, AGENT_APP, "ir.actions.server", action.id)
        self.move()
        rows = self.env["ir.model.data"].search(
            [("model", "=", "ir.actions.server"), ("res_id", "=", action.id)]
        )
        self.assertNotIn(AGENT_APP, rows.mapped("module"))

    def test_without_the_app(self):
        self.assertFalse(self.env["gpt.migration.action"]._actions())


@tagged("post_install", "-at_install")
class TestLeftoversOfTheChat(MigrationCommon):
    def make_leftovers(self, state):
        modules = self.env["ir.module.module"]
        module = modules.search([("name", "=", CHAT_APP)])
        module = module or modules.create({"name": CHAT_APP})
        module.state = state
        for name in ("chat_bot_id", "show_chat_bot", "show_chat_bot_f"):
            self.params.set_param(f"{CHAT_APP}.{name}", "1")
        self.params.set_param("odooXgptXchat.other", "not a leftover")
        self.user = self.env["res.users"].create(
            {"name": "Whisper", "login": "whisperchat_user_bits", "password": "x" * 12}
        )
        self.has_leads = "crm.lead" in self.env
        if self.has_leads:
            self.env.cr.execute("ALTER TABLE crm_lead ADD COLUMN session_token varchar")
            declare_field(self.env, CHAT_APP, "crm.lead", "session_token")

    def has_column(self):
        self.env.cr.execute(
            "SELECT 1 FROM information_schema.columns "
            "WHERE table_name = 'crm_lead' AND column_name = 'session_token'"
        )
        return bool(self.env.cr.fetchone())

    def test_installed_app_is_left_alone(self):
        self.make_leftovers("installed")
        self.assertFalse(self.env["gpt.migration.leftover"]._count())
        self.reports.action_remove_leftovers()
        self.assertTrue(self.params.get_param(f"{CHAT_APP}.chat_bot_id"))
        self.assertTrue(self.user.active)
        self.assertEqual(self.has_column(), self.has_leads)

    def test_leftovers_go(self):
        self.make_leftovers("uninstalled")
        count = self.env["gpt.migration.leftover"]._count()
        self.assertEqual(count, 5 if self.has_leads else 4)
        self.reports.action_remove_leftovers()
        self.assertFalse(self.params.get_param(f"{CHAT_APP}.chat_bot_id"))
        self.assertTrue(self.params.get_param("odooXgptXchat.other"))
        self.assertFalse(self.user.active)
        self.assertFalse(self.has_column())
        self.assertFalse(self.env["gpt.migration.leftover"]._count())

    def test_column_of_another_module_stays(self):
        self.make_leftovers("uninstalled")
        if not self.has_leads:
            self.skipTest("without leads there is no column")
        field_id = self.env["ir.model.fields"].search(
            [("model", "=", "crm.lead"), ("name", "=", "session_token")]
        ).id  # fmt: skip
        declare(self.env, "some_other_app", "ir.model.fields", field_id)
        self.reports.action_remove_leftovers()
        self.assertTrue(self.has_column())
