# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.gpt_core.tests.test_chain_trial import RFC, TrialCase


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
