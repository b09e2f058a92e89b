# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.gpt_core.tests.test_chain_trial import RFC, TrialCase

from ..engine.expectations import Answer, judge


@tagged("post_install", "-at_install")
class TestTrial(TrialCase):
    """Try It, and the cases that become of it."""

    def test_the_record_is_not_changed(self):
        """Not even one that would use the answer of a request about it."""
        evaluation = self.env["gpt.chain.evaluation"].create(
            {"chain_id": self.chain.id, "version_id": self.chain._frozen_draft().id}
        )
        case = self.env["gpt.chain.case"].create(
            {"name": "A case", "chain_id": self.chain.id}
        )
        result = self.env["gpt.chain.evaluation.result"].create(
            {
                "evaluation_id": evaluation.id,
                "case_id": case.id,
                "case_fingerprint": case._fingerprint(),
            }
        )
        trial = self.open(record_ref=f"{result._name},{result.id}")
        trial.value_ids.value = "Hola"
        self.assertEqual(self.send(trial).state, "done")
        self.assertEqual(result.state, "pending")

    def test_add_as_case(self):
        self.server.answer_with("Listo.")
        trial = self.open(record_ref=f"res.partner,{self.contact.id}")
        self.send(trial)
        for source in (trial, trial.request_id):
            action = source.with_user(self.manager).action_add_case()
            context = {**action["context"], "default_name": "From a try"}
            case = (
                self.env["gpt.chain.case"]
                .with_user(self.manager)
                .with_context(**context)
                .create({})
            )
            self.assertEqual(case.chain_id, self.chain)
            self.assertEqual(case.value_ids.input_name, "comment")
            self.assertIn("[[RFC_1]]", case.value_ids.value)
            self.assertNotIn(RFC, case.value_ids.value, "nobody's data in a case")

    def test_expectations_that_another_answer_can_meet(self):
        """Numbers in a range, choices as they are, texts not at all."""
        self.chain.step_ids.output_ids = [
            Command.create({"name": "summary", "ttype": "text"}),
            Command.create({"name": "confidence", "ttype": "float"}),
            Command.create({"name": "amount", "ttype": "float"}),
            Command.create({"name": "count", "ttype": "integer"}),
            Command.create({"name": "urgent", "ttype": "boolean"}),
            Command.create(
                {"name": "priority", "ttype": "selection", "choices": "low,high"}
            ),
        ]
        said = {
            "summary": "Quiere dos.",
            "confidence": 0.9,
            "amount": 55000,
            "count": 2,
            "urgent": True,
            "priority": "high",
        }
        self.server.answer_with(said)
        trial = self.open()
        trial.value_ids.value = "Hola"
        self.assertEqual(self.send(trial).state, "done")
        context = trial.action_add_case()["context"]
        case = (
            self.env["gpt.chain.case"]
            .with_context(**context, default_name="Proposed")
            .create({})
        )
        proposed = {
            (line.output_name, line.kind, line.value) for line in case.expectation_ids
        }
        self.assertEqual(
            proposed,
            {
                ("confidence", "at_least", "0.7"),
                ("confidence", "at_most", "1"),
                ("amount", "at_least", "44000"),
                ("amount", "at_most", "66000"),
                ("count", "equals", "2"),
                ("urgent", "equals", "True"),
                ("priority", "equals", "high"),
            },
        )
        self.assertTrue(self.passes(case, said))
        near = said | {"confidence": 0.75, "amount": 50000, "summary": "Dos piezas."}
        self.assertTrue(self.passes(case, near))
        for other in ({"confidence": 0.5}, {"priority": "low"}, {"amount": 5}):
            self.assertFalse(self.passes(case, said | other), other)

    def passes(self, case, said):
        return judge(Answer(data=said), case._expectations()).state == "passed"

    def test_a_range_is_of_numbers(self):
        case = self.env["gpt.chain.case"].create(
            {"name": "A case", "chain_id": self.chain.id}
        )
        for kind in ("at_least", "at_most"):
            for value in ("many", "nan", "0,8"):
                with self.assertRaisesRegex(ValidationError, "is no number"):
                    case.expectation_ids = [
                        Command.create({"kind": kind, "value": value})
                    ]
