# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.job import Job

from ..compat import V19
from ..utils.action_chain import ActionChain
from .common import GptCommon


@tagged("post_install", "-at_install")
class TestServerAction(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain(
            "contact",
            outputs=(
                {"name": "role", "required": True, "field_name": "function"},
                {"name": "level", "ttype": "integer", "field_name": "color"},
                {"name": "note", "ttype": "text", "field_name": "no_such_field"},
            ),
        )
        cls.action = cls.env["ir.actions.server"].create(
            {
                "name": "Ask about the contact",
                "model_id": cls.env.ref("base.model_res_partner").id,
                "state": "gpt_chain",
                "gpt_chain_id": cls.chain.id,
                "gpt_value_ids": [
                    Command.create({"input_name": "text", "path": "comment"})
                ],
            }
        )
        cls.contacts = cls.env["res.partner"].create(
            [{"name": name, "comment": f"About {name}"} for name in ("Ana", "Beto")]
        )

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def run_action(self, user=None):
        action = self.action.with_context(
            active_model="res.partner", active_ids=self.contacts.ids
        )
        action.with_user(user or self.env.user).run()
        return self.env["gpt.request"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.contacts.ids)]
        )

    def perform(self, requests):
        self.env.flush_all()
        for request in requests:
            Job.load(self.env, request.job_uuid).perform()
        self.env.invalidate_all()

    def test_fields_and_note(self):
        requests = self.run_action()
        self.assertEqual(sorted(requests.mapped("res_id")), sorted(self.contacts.ids))
        self.assertFalse(self.server.journal.entries("/v1/responses"), "only jobs")
        answer = {"role": "<b>Buyer</b>", "level": 7, "note": "x"}
        self.server.answer_with(answer, times=2)
        self.perform(requests)
        self.assertEqual(self.contacts.mapped("function"), ["<b>Buyer</b>"] * 2)
        self.assertEqual(self.contacts.mapped("color"), [7, 7])
        note = self.contacts[0].message_ids[0]
        self.assertIn("&lt;b&gt;Buyer", note.body)
        self.assertEqual(note.author_id, self.env.user.partner_id)
        self.assertIn("About", str(self.last_sent()))

    def test_a_number_that_the_field_cannot_keep(self):
        """It is in the note, and the field stays as it was."""
        self.contacts.color = 3
        requests = self.run_action()
        answer = {"role": "Buyer", "level": 9_000_000_000, "note": None}
        self.server.answer_with(answer, times=2)
        self.perform(requests)
        self.assertEqual(requests.mapped("state"), ["done", "done"])
        self.assertTrue(all(requests.mapped("applied_at")))
        self.assertEqual(self.contacts.mapped("color"), [3, 3])
        self.assertEqual(self.contacts.mapped("function"), ["Buyer"] * 2)
        self.assertIn("9000000000", self.contacts[0].message_ids[0].body)

    def test_choices_records_and_tags(self):
        """A choice is filled by its label, a record by its name."""
        outputs = (
            {"name": "kind", "field_name": "type"},
            {"name": "country", "field_name": "country_id"},
            {"name": "tags", "ttype": "list", "field_name": "category_id"},
            {"name": "company", "ttype": "text", "field_name": "is_company"},
        )
        self.action.gpt_chain_id = self.make_chain("kinds", outputs=outputs)
        # Its label differs between the series.
        kinds = dict(self.contacts._fields["type"]._description_selection(self.env))
        tag = self.env["res.partner.category"].create({"name": "Coffee drinkers"})
        requests = self.run_action()
        answers = [
            {
                "kind": kinds["delivery"].lower(),
                "country": "mexico",
                "tags": ["coffee drinkers", "no such tag"],
                "company": "no",
            },
            {"kind": "no such kind", "country": "Nowhere", "tags": [], "company": ""},
        ]
        for answer in answers:
            self.server.answer_with(answer)
        self.perform(requests.sorted("id"))
        self.assertEqual(requests.mapped("state"), ["done", "done"])
        filled, other = self.contacts
        self.assertEqual(filled.type, "delivery")
        self.assertEqual(filled.country_id, self.env.ref("base.mx"))
        self.assertEqual(filled.category_id, tag)
        self.assertFalse(filled.is_company, "a text is no yes or no")
        self.assertEqual(other.type, "contact", "what does not fit is left out")
        self.assertFalse(other.country_id or other.category_id)

    def test_failure_is_said(self):
        requests = self.run_action()
        self.server.faults.order(self.Fault("wrong_key", times=2))
        self.perform(requests)
        self.assertIn(
            "does not accept the API key", self.contacts[0].message_ids[0].body
        )

    def test_rights(self):
        employee = new_test_user(self.env, "no_contacts", groups="base.group_user")
        with (
            mute_logger("odoo.addons.base.models.ir_actions"),
            self.assertRaises(AccessError),
        ):
            self.run_action(employee)
        manager = new_test_user(
            self.env,
            "contacts",
            groups="base.group_user,base.group_partner_manager",
        )
        requests = self.run_action(manager)
        self.assertEqual(requests.user_id, manager)
        self.server.answer_with({"role": "Buyer", "level": None, "note": None}, times=2)
        self.perform(requests)
        self.assertEqual(self.contacts.mapped("function"), ["Buyer"] * 2)

    def test_preview(self):
        action = self.action.action_gpt_preview()
        preview = self.env["gpt.action.preview"].browse(action["res_id"])
        preview.res_id = self.contacts[0].id
        self.assertIn("You are brief.", preview.prompt)
        self.assertIn("About", preview.prompt)
        self.assertFalse(self.server.journal.entries("/v1/responses"))

    def test_what_it_writes_does_not_ask_again(self):
        chain = ActionChain((self.action.id,))
        applying = self.action.with_context(gpt_action_chain=chain)
        applying.with_context(
            active_model="res.partner", active_ids=self.contacts.ids
        ).run()
        asked = [
            ("res_model", "=", "res.partner"),
            ("res_id", "in", self.contacts.ids),
        ]
        self.assertFalse(self.env["gpt.request"].search(asked))

    def test_what_a_caller_puts_into_the_context_has_no_effect(self):
        action, self.action = (
            self.action,
            self.action.with_context(gpt_action_chain=[self.action.id]),
        )
        self.assertEqual(len(self.run_action()), 2)
        self.action = action

    def test_unchanged_inputs_cost_nothing(self):
        requests = self.run_action()
        self.assertEqual(len(requests), 2)
        self.assertEqual(self.run_action(), requests, "they wait already")
        answer = {"role": "Buyer", "level": 7, "note": "x"}
        self.server.answer_with(answer, times=2)
        self.perform(requests)
        self.assertEqual(self.run_action(), requests, "they were answered")
        self.contacts[0].comment = "Something new"
        self.assertEqual(len(self.run_action()), 3)

    def test_what_failed_is_asked_again(self):
        requests = self.run_action()
        self.server.faults.order(self.Fault("refusal", times=2))
        self.perform(requests)
        self.assertEqual(requests.mapped("state"), ["failed"] * 2)
        self.assertEqual(len(self.run_action()), 4)

    def test_most_requests_per_hour(self):
        self.action.gpt_max_hour = 1
        requests = self.run_action()
        self.assertEqual(sorted(requests.mapped("state")), ["failed", "pending"])
        refused = requests.filtered(lambda r: r.state == "failed")
        self.assertEqual(refused.error_code, "budget")
        self.assertIn("1", refused.error_message)

    def test_an_answer_that_cannot_be_written(self):
        """The answer is kept, and said why it did not reach the record."""
        manager = new_test_user(
            self.env, "contacts", groups="base.group_user,base.group_partner_manager"
        )
        requests = self.run_action(manager)
        manager.write({"group_ids" if V19 else "groups_id": [Command.clear()]})
        manager.write(
            {
                "group_ids" if V19 else "groups_id": [
                    Command.set(self.env.ref("base.group_user").ids)
                ]
            }
        )
        self.server.answer_with({"role": "Buyer", "level": 1, "note": None}, times=2)
        self.perform(requests)
        self.assertEqual(requests.mapped("state"), ["done"] * 2)
        self.assertTrue(all(requests.mapped("error_message")))
        self.assertFalse(any(self.contacts.mapped("function")))
        reports = self.env["gpt.request"].search(
            [("action_id", "=", self.action.id), ("error_code", "=", "not_applied")]
        )
        self.assertEqual(len(reports), 1, "told once")

    def test_bad_values(self):
        with self.assertRaises(ValidationError):
            self.action.gpt_value_ids.path = "no_such_field"
        with self.assertRaises(UserError):
            self.action.gpt_chain_id = False

    def test_fills_no_field_that_the_publisher_may_not_change(self):
        """A GPT manager does not write with the rights of whoever runs the action."""
        manager = new_test_user(
            self.env, "prompter", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        output = self.chain.step_ids.output_ids[0].with_user(manager)
        with self.assertRaises(ValidationError):
            output.field_name = "vat"
        with self.assertRaises(ValidationError):
            output.create({"step_id": output.step_id.id, "name": "x",
                           "field_name": "comment"})  # fmt: skip
        output.write({"field_name": "no_such_field"})
        self.chain.step_ids.output_ids[0].write({"field_name": "function"})
        self.chain.max_chars += 1
        self.chain.with_user(manager).action_publish()
        self.assertEqual(self.chain.published_version_id.create_uid, manager)
        requests = self.run_action()
        self.server.answer_with({"role": "Buyer", "level": 7, "note": None}, times=2)
        self.perform(requests)
        self.assertEqual(self.contacts.mapped("function"), [False, False])
        self.assertEqual(self.contacts.mapped("color"), [0, 0])
        self.assertIn("Buyer", self.contacts[0].message_ids[0].body)
