# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.queue_job.job import Job

from .common import DatasetCase
from .tuning import BASE, TuningCase


@tagged("post_install", "-at_install")
class TestWholeWay(DatasetCase):
    """Approved examples, a data set, a tuned model, and a chat that it answers."""

    perform, run_queue = TuningCase.perform, TuningCase.run_queue

    def test_from_examples_to_an_answer(self):
        for number in range(20):
            self.make_example(
                f"¿Cuánto cuesta el artículo número {number * 37}?",
                f"El artículo {number * 37} cuesta {number + 5} pesos.",
            )
        dataset = self.make_dataset(valid_share=0.2)
        train, valid = self.export(dataset)
        self.assertTrue(train and valid)
        job = self.env["gpt.tuning.job"].create(
            {
                "name": "Shop",
                "dataset_id": dataset.id,
                "provider_id": self.provider.id,
                "base_model": BASE,
            }
        )
        self.assertEqual(job.chain_id, self.chain)
        job.action_start()
        self.run_queue(job)
        self.assertEqual((job.state, job.problem), ("done", False))
        self.assertEqual(job.example_ids, dataset.example_ids)
        sent = self.server.state.files.get(job.train_file_ref)
        self.assertEqual(sent.content, train)
        learned = self.lines(train)[0]["messages"]
        number = learned[-1]["content"].split()[2]
        question = f"¿Cuánto cuesta el artículo número {number}?"
        case = self.env["gpt.chain.case"].create(
            {
                "name": "Price",
                "chain_id": self.chain.id,
                "value_ids": [(0, 0, {"input_name": "text", "value": question})],
                "expectation_ids": [(0, 0, {"kind": "contains", "value": "pesos"})],
            }
        )
        action = job.action_compare()
        run = self.env[action["res_model"]].browse(action["res_id"])
        for request in self.chain.evaluation_ids.result_ids.request_id:
            self.perform(Job.load(self.env, request.job_uuid))
        self.env.invalidate_all()
        self.assertEqual(run.result_ids.case_id, case)
        self.assertEqual(run.result_ids.change, "better")
        job.action_use_model()
        request = self.env["gpt.service"].complete(self.chain, {"text": question})
        self.assertEqual(request.answer, learned[-1]["content"])
        self.assertEqual(request.model_id, job.model_id)
        job.action_restore_model()
        request = self.env["gpt.service"].complete(self.chain, {"text": question})
        self.assertNotIn("pesos", request.answer)
