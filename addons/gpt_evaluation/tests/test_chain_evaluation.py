# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.gpt_core.tests.common import GptCommon
from odoo.addons.gpt_core.tests.jobs import perform


@tagged("post_install", "-at_install")
class TestChainEvaluation(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("judged")
        cls.manager = new_test_user(
            cls.env, "judging", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        cls.price = cls.make_case("Price", "¿Cuánto cuesta?", value="150 PESOS")
        cls.hours = cls.make_case("Hours", "¿A qué hora abren?", value="9")

    @classmethod
    def make_case(cls, name, text, **expectation):
        return cls.env["gpt.chain.case"].create(
            {
                "name": name,
                "chain_id": cls.chain.id,
                "value_ids": [Command.create({"input_name": "text", "value": text})],
                "expectation_ids": [Command.create(expectation)],
            }
        )

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def run_cases(self, price="Cuesta 150 pesos.", hours="A las 9.", times=1):
        self.server.answer_with(price, match="cuesta", times=times)
        self.server.answer_with(hours, match="abren", times=times)
        action = self.chain.with_user(self.manager).action_run_cases()
        evaluation = self.env["gpt.chain.evaluation"].browse(action["res_id"])
        everything = self.env["gpt.chain.evaluation"].search(
            [("chain_id", "=", self.chain.id)]
        )
        perform(self.env, everything.sorted("id").result_ids.request_id)
        return evaluation

    def states(self, evaluation):
        return {r.case_id.name: r.state for r in evaluation.result_ids}

    def break_hours(self):
        """Let the draft do worse than the published version."""
        self.run_cases()
        self.chain.step_ids.system_prompt = "You are new."
        return self.run_cases(hours="No sé.")

    def test_pass_and_fail(self):
        evaluation = self.run_cases(hours="No sé.")
        self.assertEqual(
            self.states(evaluation), {"Price": "passed", "Hours": "failed"}
        )
        self.assertEqual((evaluation.state, evaluation.progress), ("done", 100))
        self.assertEqual((evaluation.passed_count, evaluation.failed_count), (1, 1))
        self.assertGreater(evaluation.cost, 0)
        self.assertGreater(evaluation.total_tokens, 0)
        failed = evaluation.result_ids.filtered(lambda r: r.state == "failed")
        self.assertEqual(failed.problem, "Expected: The answer contains: 9")
        self.assertEqual(failed.answer, "No sé.")
        self.assertEqual(
            set(evaluation.result_ids.request_id.mapped("purpose")), {"case"}
        )

    def test_only_jobs(self):
        evaluation = self.env["gpt.chain.evaluation"].browse(
            self.chain.action_run_cases()["res_id"]
        )
        self.assertFalse(self.server.journal.entries("/v1/responses"))
        self.assertEqual((evaluation.state, evaluation.progress), ("running", 0))
        jobs = self.env["queue.job"].search(
            [("uuid", "in", evaluation.result_ids.request_id.mapped("job_uuid"))]
        )
        self.assertEqual(set(jobs.mapped("channel")), {"root.gpt.batch"})
        perform(self.env, evaluation.result_ids[0].request_id)
        self.assertEqual((evaluation.state, evaluation.progress), ("running", 50))

    def test_stop(self):
        evaluation = self.env["gpt.chain.evaluation"].browse(
            self.chain.action_run_cases()["res_id"]
        )
        requests = evaluation.result_ids.request_id
        uuids = requests.mapped("job_uuid")
        perform(self.env, requests[0])
        evaluation.with_user(self.manager).action_cancel()
        self.assertEqual(evaluation.state, "cancelled")
        self.assertEqual(evaluation.result_ids.mapped("state").count("cancelled"), 1)
        jobs = self.env["queue.job"].search([("uuid", "in", uuids)])
        self.assertIn("cancelled", jobs.mapped("state"))
        self.assertFalse(
            requests[1].exists(), "nothing was sent, nothing is in the books"
        )
        self.assertTrue(requests[0].exists())
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 1)

    def test_an_answer_after_the_stop(self):
        evaluation = self.env["gpt.chain.evaluation"].browse(
            self.chain.action_run_cases()["res_id"]
        )
        result = evaluation.result_ids[0]
        result.state = "cancelled"
        perform(self.env, result.request_id)
        self.assertEqual(result.request_id.state, "done")
        self.assertEqual(result.state, "cancelled")

    def test_against_the_published_version(self):
        evaluation = self.break_hours()
        changes = {r.case_id.name: r.change for r in evaluation.result_ids}
        self.assertEqual(changes, {"Price": "same", "Hours": "worse"})
        self.assertEqual(evaluation.worse_count, 1)
        hours = evaluation.result_ids.filtered(lambda r: r.change == "worse")
        self.assertIn("A las", hours.diff)
        self.assertIn("No sé", hours.diff)

    def test_the_published_version_is_run_when_it_never_was(self):
        self.chain.step_ids.system_prompt = "You are new."
        evaluation = self.run_cases(times=2)
        other = self.env["gpt.chain.evaluation"].search(
            [("chain_id", "=", self.chain.id), ("id", "!=", evaluation.id)]
        )
        self.assertEqual(other.version_id, self.chain.published_version_id)
        self.assertEqual(set(evaluation.result_ids.mapped("change")), {"same"})
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 4)

    def test_it_runs_until_there_is_something_to_compare_with(self):
        """The job of the draft may be over first."""
        self.chain.step_ids.system_prompt = "You are new."
        self.server.answer_with("Cuesta 150 pesos. A las 9.", times=4)
        action = self.chain.with_user(self.manager).action_run_cases()
        evaluation = self.env["gpt.chain.evaluation"].browse(action["res_id"])
        other = self.env["gpt.chain.evaluation"].search(
            [("chain_id", "=", self.chain.id), ("id", "!=", evaluation.id)]
        )
        perform(self.env, evaluation.result_ids.request_id)
        evaluation.invalidate_recordset()
        self.assertTrue(evaluation.is_running)
        self.assertEqual(evaluation.state, "running")
        perform(self.env, other.result_ids.request_id)
        self.env.invalidate_all()
        self.assertEqual(evaluation.state, "done")
        self.assertEqual(set(evaluation.result_ids.mapped("change")), {"same"})

    def test_the_gate_asks(self):
        self.break_hours()
        chain = self.chain.with_user(self.manager)
        question = chain.action_publish()
        self.assertEqual(question["res_model"], "gpt.chain.publish")
        self.assertEqual(chain.published_version_id.number, 1, "not yet")
        wizard = self.env["gpt.chain.publish"].with_user(self.manager)
        wizard = wizard.browse(question["res_id"])
        self.assertEqual(wizard.broken_ids.case_id, self.hours)
        wizard.action_publish_anyway()
        self.assertEqual(chain.published_version_id.number, 2)
        self.assertEqual(chain.action_publish(), True, "nothing left to ask")

    def set_gate(self, value):
        params = self.env["ir.config_parameter"]
        params.set_param("gpt_evaluation.publish_gate", value)

    def test_the_gate_refuses(self):
        self.env["ir.config_parameter"].set_param(
            "gpt_evaluation.publish_gate", "refuse"
        )
        self.break_hours()
        with self.assertRaisesRegex(UserError, "Hours"):
            self.chain.action_publish()
        wizard = self.env["gpt.chain.publish"].create({"chain_id": self.chain.id})
        with self.assertRaises(UserError):
            wizard.action_publish_anyway()
        self.assertEqual(self.chain.published_version_id.number, 1)

    def test_the_gate_is_off(self):
        self.env["ir.config_parameter"].set_param(
            "gpt_evaluation.publish_gate", "ignore"
        )
        self.break_hours()
        self.chain.action_publish()
        self.assertEqual(self.chain.published_version_id.number, 2)

    def test_a_mended_draft_is_published(self):
        self.break_hours()
        self.chain.step_ids.system_prompt = "You are better."
        self.run_cases()
        self.assertEqual(self.chain.action_publish(), True)
        self.assertEqual(self.chain.published_version_id.number, 2)

    def test_an_older_result_of_another_case_says_nothing(self):
        self.break_hours()
        self.hours.expectation_ids.value = "no sé"
        self.assertEqual(self.chain.action_publish(), True)

    def test_a_fault_of_the_provider_breaks_nothing(self):
        self.run_cases()
        self.chain.step_ids.system_prompt = "You are new."
        self.server.faults.order(self.Fault("insufficient_quota", times=2))
        evaluation = self.run_cases()
        self.assertEqual(set(self.states(evaluation).values()), {"error"})
        self.assertFalse(evaluation.worse_count)
        self.assertEqual(self.chain.action_publish(), True)

    def test_expected_error(self):
        self.hours.expectation_ids.write({"kind": "error", "error_code": "refusal"})
        self.server.faults.order(self.Fault("refusal", match="abren"))
        self.assertEqual(self.states(self.run_cases())["Hours"], "passed")
        self.assertEqual(self.states(self.run_cases())["Hours"], "failed")

    def test_structured(self):
        step = self.chain.step_ids
        self.env["gpt.chain.output"].create(
            [
                {"step_id": step.id, "name": "urgent", "ttype": "boolean"},
                {"step_id": step.id, "name": "level", "ttype": "integer"},
            ]
        )
        self.chain.action_publish()
        (self.price + self.hours).expectation_ids.unlink()
        self.price.expectation_ids = [
            Command.create({"kind": "equals", "output_name": "urgent", "value": "sí"}),
            Command.create({"kind": "equals", "output_name": "level", "value": "3"}),
        ]
        answer = {"urgent": True, "level": 3}
        self.assertEqual(self.states(self.run_cases(answer, answer))["Price"], "passed")
        answer = {"urgent": True, "level": 4}
        self.assertEqual(self.states(self.run_cases(answer, answer))["Price"], "failed")

    def test_an_input_that_is_gone(self):
        self.chain.input_ids.name = "question"
        self.chain.step_ids.user_prompt = "{question}"
        evaluation = self.env["gpt.chain.evaluation"].browse(
            self.chain.action_run_cases()["res_id"]
        )
        self.assertEqual(set(evaluation.result_ids.mapped("state")), {"failed"})
        self.assertIn("text", evaluation.result_ids[0].problem)

    def test_cases_are_checked(self):
        for values in (
            {"kind": "matches", "value": "("},
            {"kind": "max_chars", "value": "many"},
            {"kind": "contains"},
            {"kind": "error"},
            {"kind": "equals", "output_name": "nothing", "value": "1"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.make_case("Wrong", "x", **values)
        with self.assertRaises(ValidationError):
            self.price.value_ids = [Command.create({"input_name": "nothing"})]

    def test_results_are_not_forged(self):
        evaluation = self.run_cases(hours="No sé.")
        failed = evaluation.result_ids.filtered(lambda r: r.state == "failed")
        with self.assertRaises(AccessError):
            failed.with_user(self.manager).state = "passed"
        with self.assertRaises(AccessError):
            evaluation.with_user(self.manager).create(
                {"chain_id": self.chain.id, "version_id": evaluation.version_id.id}
            )

    def test_a_copy_has_the_cases(self):
        copy = self.chain.copy()
        self.assertEqual(copy.case_ids.mapped("name"), ["Price", "Hours"])
        self.assertNotEqual(copy.case_ids, self.chain.case_ids)
        self.assertEqual(copy.case_ids[0]._values(), self.price._values())
        self.assertFalse(copy.case_ids.result_ids)

    def test_a_new_case_has_a_line_for_each_input(self):
        with Form(self.chain) as form, form.case_ids.new() as case:
            self.assertEqual(case.value_ids._records[0]["input_name"], "text")
            case.name = "New"
        self.assertEqual(self.chain.case_ids[-1].value_ids.input_name, "text")

    def test_without_cases(self):
        self.chain.case_ids.unlink()
        with self.assertRaises(UserError):
            self.chain.action_run_cases()
