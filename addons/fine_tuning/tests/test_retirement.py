# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .tuning import TuningCase


@tagged("post_install", "-at_install")
class TestRetirement(TuningCase):
    """A model that retires: countdown, golden answers in time, and its replacement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = fields.Date.today() + relativedelta(days=40)
        cls.heir = cls.env["gpt.model"].create(
            {"name": "gpt-4.1-mini", "provider_id": cls.provider.id}
        )
        cls.other = cls.env["gpt.model"].create(
            {"name": "gpt-4.1", "provider_id": cls.provider.id}
        )
        cls.model.write({"retires_on": cls.day, "replaced_by_id": cls.heir.id})
        cls.stays = cls.make_chain("stays")
        cls.stays.model_id = cls.other

    def complete(self, *questions):
        for question in questions:
            self.env["gpt.service"].complete(self.chain, {"text": question})

    def test_the_countdown(self):
        self.assertEqual(self.chain.retiring_model_id, self.model, "the default one")
        self.assertEqual((self.chain.retires_on, self.chain.retires_in), (self.day, 40))
        self.stays.action_publish()
        self.assertFalse(self.stays.retires_on)
        found = self.env["gpt.chain"].search([("retires_on", "!=", False)])
        self.assertIn(self.chain, found)
        self.assertNotIn(self.stays, found)
        found = self.env["gpt.chain"].search([("retires_on", "=", False)])
        self.assertIn(self.stays, found)
        self.assertNotIn(self.chain, found)

    def test_golden_answers_are_recorded_once(self):
        self.server.answer_with("Abrimos a las nueve, [[EMAIL_1]].", match="abren")
        self.complete("¿A qué hora abren? ana@example.com", "Hola", "Hola")
        action = self.chain.action_record_golden()
        cases = self.env["gpt.chain.case"].search(action["domain"])
        self.assertEqual(len(cases), 2, "the same question counts once")
        case = cases.filtered(lambda case: "abren" in case.name)
        self.assertIn("Abrimos a las nueve", case.golden_answer)
        self.assertEqual(case.golden_model, self.model.name)
        self.assertNotIn("ana@example.com", str(case.value_ids.mapped("value")))
        self.assertNotIn("ana@example.com", case.golden_answer)
        self.assertEqual(self.chain.golden_count, 2)
        with self.assertRaisesRegex(UserError, "no further answers"):
            self.chain.action_record_golden()

    def test_nothing_to_record(self):
        self.stays.action_publish()
        with self.assertRaisesRegex(UserError, "switched off"):
            self.stays.action_record_golden()
        with self.assertRaisesRegex(UserError, "switched off"):
            self.stays.action_compare_replacements()

    def compared(self):
        action = self.chain.action_compare_replacements()
        replacement = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(replacement.candidate_ids.model_id, self.heir)
        replacement.candidate_ids = [(0, 0, {"model_id": self.other.id})]
        replacement.action_run()
        self.run_cases(self.chain)
        self.env.invalidate_all()
        self.assertFalse(replacement.is_running)
        return replacement

    def test_replacements_are_compared_and_switched_to(self):
        with self.assertRaisesRegex(UserError, "no cases"):
            action = self.chain.action_compare_replacements()
            self.env[action["res_model"]].browse(action["res_id"]).action_run()
        self.add_case("Hola", "ayudarte")
        self.server.answer_with(
            lambda body: "No." if body["model"] == "gpt-4.1" else "En qué ayudarte",
            times=None,
        )
        replacement = self.compared()
        outcome = {
            line.model_id: (line.passed_count, line.failed_count, line.worse_count)
            for line in replacement.candidate_ids
        }
        self.assertEqual(outcome, {self.heir: (1, 0, 0), self.other: (0, 1, 1)})
        asked = [e.body["model"] for e in self.server.journal.entries("/v1/responses")]
        self.assertEqual(sorted(asked), ["gpt-4.1", "gpt-4.1-mini", "gpt-4o-mini"])
        best = replacement.candidate_ids.filtered("passed_count")
        action = best.action_switch()
        switch = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(
            (switch.model_id, switch.successor_id), (self.model, self.heir)
        )
        switch.action_switch()
        name = self.env["ir.config_parameter"].get_param("gpt_core.model")
        self.assertEqual(name, self.heir.name)
        self.assertFalse(self.chain.retires_on)

    def test_the_kept_answer_is_compared_when_the_model_is_gone(self):
        self.server.answer_with("Abrimos a las nueve.")
        self.complete("¿A qué hora abren?")
        self.chain.action_record_golden()
        self.model.retires_on = fields.Date.today() - relativedelta(days=1)
        replacement = self.compared()
        asked = [e.body["model"] for e in self.server.journal.entries("/v1/responses")]
        self.assertEqual(sorted(asked)[1:], ["gpt-4.1-mini", "gpt-4o-mini"])
        result = replacement.candidate_ids.evaluation_id.result_ids[:1]
        self.assertIn("Abrimos a las nueve", result.diff)
        self.assertIn("ayudarte", result.diff)

    def test_who_may(self):
        employee = new_test_user(self.env, "retire employee", "base.group_user")
        stranger = new_test_user(
            self.env,
            "retire stranger",
            "base.group_user,gpt_core.group_gpt_manager",
            company_id=self.env["res.company"].create({"name": "Elsewhere"}).id,
        )
        self.add_case("Hola", "ayudarte")
        replacement = self.compared()
        for model in (replacement, replacement.candidate_ids):
            with self.assertRaises(AccessError):
                model.with_user(employee).read(["id", "display_name"])
        found = self.env["gpt.replacement"].with_user(stranger).search([])
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            self.chain.with_user(employee).action_record_golden()
        with self.assertRaises(AccessError):
            replacement.with_user(stranger).action_run()
        with self.assertRaises(AccessError):
            self.env["gpt.replacement.candidate"].with_user(
                new_test_user(
                    self.env,
                    "retire manager",
                    "base.group_user,gpt_core.group_gpt_manager",
                )
            ).create(
                {
                    "replacement_id": replacement.id,
                    "model_id": self.heir.id,
                    "evaluation_id": replacement.candidate_ids[0].evaluation_id.id,
                }
            )
