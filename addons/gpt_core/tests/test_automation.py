# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import pairwise

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import GptCommon
from .jobs import perform


class AutomationCase(GptCommon):
    """GPT actions that Odoo's own automation rules run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Ledger = cls.env["gpt.request"]
        cls.contact = cls.env["res.partner"].create({"name": "Ana"})

    def setUp(self):
        super().setUp()
        self.assertIn("base.automation", self.env, "setup installs it for tests")
        self.use_own_transactions()

    def rule(self, code, read, fills, trigger=None, **values):
        """Return the action of a rule that reads one field and fills another."""
        output = {"name": "value", "required": True, "field_name": fills}
        chain = self.make_chain(code, outputs=[output])
        action = self.env["ir.actions.server"].create(
            {
                "name": code,
                "model_id": self.env.ref("base.model_res_partner").id,
                "state": "gpt_chain",
                "gpt_chain_id": chain.id,
                "gpt_value_ids": [Command.create({"input_name": "text", "path": read})],
            }
            | values
        )
        self.env["base.automation"].create(
            {
                "name": code,
                "model_id": action.model_id.id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": [
                    Command.link(
                        self.env["ir.model.fields"]._get("res.partner", name).id
                    )
                    for name in trigger or ()
                ],
                "action_server_ids": [Command.link(action.id)],
            }
        )
        return action

    def requests(self, action):
        return self.Ledger.search([("action_id", "=", action.id)])

    def asked(self):
        return len(self.server.journal.entries("/v1/responses"))

    def perform_all(self, rounds=20):
        """Perform the jobs of what waits, until nothing does."""
        for _round in range(rounds):
            waiting = self.Ledger.search([("state", "=", "pending")])
            if not waiting:
                return
            perform(self.env, waiting)

    def answer_differently(self, times=50):
        """No answer is like another: what they write is new each time."""
        for number in range(times):
            self.server.answer_with({"value": f"Value {number}"})


@tagged("post_install", "-at_install")
class TestAutomation(AutomationCase):
    def test_two_rules_that_set_each_other_off(self):
        first = self.rule("first", "ref", "function", trigger=["ref"])
        second = self.rule("second", "function", "ref", trigger=["function"])
        self.answer_differently()
        self.contact.ref = "Start"
        self.perform_all()
        self.assertLessEqual(self.asked(), 3)
        self.assertGreaterEqual(self.asked(), 2, "one may set off another")
        self.assertFalse(self.Ledger.search([("state", "=", "pending")]))
        problems = (self.requests(first) | self.requests(second)).filtered(
            lambda request: request.state == "failed"
        )
        self.assertEqual(problems.mapped("error_code"), ["loop"], "it is said")
        # What a person changes afterwards is answered again.
        asked = self.asked()
        self.contact.ref = "Another start"
        self.perform_all()
        self.assertGreater(self.asked(), asked)
        self.assertLessEqual(self.asked(), asked + 3)

    def test_actions_one_after_the_other_come_to_an_end(self):
        path = ["ref", "function", "vat", "website", "street", "city"]
        for read, fills in pairwise(path):
            self.rule(f"from_{read}", read, fills, trigger=[read])
        self.answer_differently()
        self.contact.ref = "Start"
        self.perform_all()
        self.assertEqual(self.asked(), 3)

    def test_what_is_computed_from_an_answer_knows_where_it_comes_from(self):
        """``name`` changes the computed ``complete_name``, which sets off another."""
        self.rule("first", "ref", "name", trigger=["ref"])
        self.rule("second", "complete_name", "ref", trigger=["complete_name"])
        self.answer_differently()
        self.contact.ref = "Start"
        self.perform_all()
        self.assertLessEqual(self.asked(), 3)

    def test_a_rule_without_trigger_fields(self):
        action = self.rule("any_change", "name", "function")
        contact = self.env["res.partner"].create({"name": "Nueva", "email": "n@x.mx"})
        contact.write({"phone": "+52 55 1234 5678"})
        contact.write({"name": "Nueva Empresa", "is_company": True})
        contact.street = "Reforma 1"
        self.env.flush_all()
        request = self.requests(action)
        self.assertEqual(len(request), 1)
        self.assertEqual(request.sudo().pending_values, {"text": "Nueva Empresa"})
        self.server.answer_with({"value": "Comercio"})
        self.perform_all()
        self.assertEqual(contact.function, "Comercio")
        # What changes nothing of what is read costs nothing.
        contact.write({"phone": "+52 55 8765 4321"})
        contact.write({"email": "otra@x.mx"})
        self.perform_all()
        self.assertEqual((self.asked(), len(self.requests(action))), (1, 1))

    def assert_nothing_asked(self, request):
        self.perform_all()
        self.assertFalse(self.asked())
        self.assertEqual((request.state, request.error_code), ("failed", "not_applied"))
        self.assertIn("deleted", request.error_message)
        self.assertFalse(request.sudo().pending_values)
        self.assertFalse(request.can_retry)

    def test_a_record_that_is_deleted_meanwhile(self):
        action = self.rule("any_change", "name", "function")
        contact = self.env["res.partner"].create({"name": "Nueva"})
        request = self.requests(action)
        contact.unlink()
        self.assert_nothing_asked(request)

    def test_an_action_that_is_deleted_meanwhile(self):
        action = self.rule("any_change", "name", "function")
        self.contact.name = "Ana B"
        request = self.requests(action)
        self.env["base.automation"].search([("name", "=", "any_change")]).unlink()
        action.exists().unlink()
        self.assert_nothing_asked(request)

    def test_one_record_is_asked_about_so_often_only(self):
        """What is set off behind the back of a chain of actions has an end, too."""
        action = self.rule("any_change", "name", "function")
        for number in range(30):
            self.contact.name = f"Ana {number}"
            self.perform_all()
        self.assertLessEqual(self.asked(), 12)
        problem = self.requests(action).filtered(lambda r: r.state == "failed")
        self.assertEqual(problem.mapped("error_code"), ["loop"])


@tagged("post_install", "-at_install")
class TestConfigurationFaults(AutomationCase):
    """Whatever is wrong with an action, people go on saving their records."""

    def setUp(self):
        super().setUp()
        self.user = new_test_user(
            self.env, "saving", groups="base.group_user,base.group_partner_manager"
        )
        self.manager = new_test_user(
            self.env, "managing", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        self.manager.notification_type = "inbox"
        self.portal = new_test_user(
            self.env, "portal_saving", groups="base.group_portal"
        )
        self.action = self.rule("broken", "name", "function")
        self.chain = self.action.gpt_chain_id

    def told(self):
        return self.env["mail.notification"].search_count(
            [("res_partner_id", "=", self.manager.partner_id.id)]
        )

    def assert_saved(self, code="not_configured"):
        """Save many contacts as a user; one line says what is wrong."""
        contacts = (
            self.env["res.partner"]
            .with_user(self.user)
            .create([{"name": f"Contacto {number}"} for number in range(5)])
        )
        contacts[0].name = "Otro nombre"
        self.env.flush_all()
        self.assertEqual(contacts[0].name, "Otro nombre")
        self.assertEqual(contacts[1].name, "Contacto 1")
        problem = self.requests(self.action)
        self.assertEqual(problem.mapped("state"), ["failed"])
        self.assertEqual(problem.error_code, code)
        self.assertTrue(problem.error_message)
        job = (
            self.env["queue.job"]
            .search([("method_name", "=", "_tell_managers")])
            .filtered(lambda job: job.args == [self.action.id, problem.id])
        )
        self.assertEqual(len(job), 1)
        told = self.told()
        self.env["gpt.action.trigger"]._tell_managers(self.action.id, problem.id)
        self.assertEqual(self.told(), told + 1)
        self.assertFalse(self.asked())

    def test_never_published(self):
        self.chain.sudo().published_version_id = False
        self.assert_saved()

    def test_an_input_that_is_gone_since_it_was_published_again(self):
        self.chain.input_ids = [Command.create({"name": "other"})]
        self.chain.step_ids.user_prompt = "{other}"
        self.chain.input_ids.filtered(lambda item: item.name == "text").unlink()
        self.chain.action_publish()
        self.assert_saved()
        self.assertIn("text", self.requests(self.action).error_message)

    def test_an_archived_chain(self):
        self.chain.active = False
        self.assert_saved()

    def test_a_field_that_is_gone(self):
        self.env.cr.execute(
            "UPDATE gpt_action_value SET path = 'x_gone' WHERE action_id = %s",
            [self.action.id],
        )
        self.env.invalidate_all()
        with mute_logger("odoo.addons.gpt_core.utils.transaction"):
            self.assert_saved()

    def test_sql_that_fails(self):
        self.env.cr.execute("UPDATE gpt_chain_version SET snapshot = '{\"steps\": 1}'")
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with mute_logger("odoo.addons.gpt_core.utils.transaction"):
            self.assert_saved()

    def test_a_database_that_refuses(self):
        self.break_table("gpt.request")
        with mute_logger("odoo.addons.gpt_core.utils.transaction", "odoo.sql_db"):
            contact = (
                self.env["res.partner"].with_user(self.user).create({"name": "Ana"})
            )
            contact.phone = "55 1234 5678"
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((contact.name, contact.phone), ("Ana", "55 1234 5678"))
        self.assertFalse(self.requests(self.action))

    def test_a_chain_of_another_company(self):
        self.chain.company_id = self.env["res.company"].create({"name": "Otra"})
        contact = self.env["res.partner"].with_user(self.user).create({"name": "Ana"})
        self.assertEqual(contact.name, "Ana")

    def test_visitors_and_portal_users(self):
        """Who may not write the record in person: the rule does, as rules do."""
        portal = self.portal
        portal.partner_id.with_user(portal).sudo().name = "Portal"
        self.server.answer_with({"value": "Cliente"})
        self.perform_all()
        self.assertEqual(portal.partner_id.function, "Cliente")
        self.assertEqual(
            self.requests(self.action).filtered("applied_at").user_id, portal
        )

    def test_no_provider(self):
        self.provider.api_key = False
        contact = self.env["res.partner"].with_user(self.user).create({"name": "Ana"})
        self.perform_all()
        self.assertEqual(self.requests(self.action).error_code, "not_configured")
        self.assertEqual(contact.name, "Ana")


@tagged("post_install", "-at_install")
class TestActionValues(AutomationCase):
    """What cannot run is refused when it is saved, with what there is."""

    def test_unknown_input(self):
        action = self.rule("values", "name", "function")
        with self.assertRaisesRegex(ValidationError, "no input one, two.*has: text"):
            action.gpt_value_ids = [
                Command.create({"input_name": name, "path": "name"})
                for name in ("one", "two")
            ]

    def test_a_value_changed_by_itself(self):
        action = self.rule("values", "name", "function")
        with self.assertRaisesRegex(ValidationError, "no input nothing"):
            action.gpt_value_ids.input_name = "nothing"

    def test_another_chain(self):
        action = self.rule("values", "name", "function")
        other = self.make_chain("other", inputs=("question",), user_prompt="{question}")
        with self.assertRaisesRegex(ValidationError, "no input text.*It has: question"):
            action.gpt_chain_id = other

    def test_an_input_that_is_not_published_yet(self):
        action = self.rule("values", "name", "function")
        action.gpt_chain_id.input_ids = [Command.create({"name": "more"})]
        with self.assertRaisesRegex(ValidationError, "once it is published"):
            action.gpt_value_ids = [
                Command.create({"input_name": "more", "path": "name"})
            ]
        action.gpt_chain_id.action_publish()
        action.gpt_value_ids = [Command.create({"input_name": "more", "path": "name"})]

    def test_another_model(self):
        action = self.rule("values", "name", "function")
        action.gpt_value_ids.path = "vat"
        self.env["base.automation"].search([("name", "=", "values")]).unlink()
        action = action.exists() or self.env["ir.actions.server"].create(
            {
                "name": "Values",
                "model_id": self.env.ref("base.model_res_partner").id,
                "state": "gpt_chain",
                "gpt_chain_id": self.make_chain("again").id,
                "gpt_value_ids": [
                    Command.create({"input_name": "text", "path": "vat"})
                ],
            }
        )
        with self.assertRaisesRegex(ValidationError, "no field vat"):
            action.model_id = self.env.ref("base.model_res_country")
