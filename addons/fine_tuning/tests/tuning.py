# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tests of tuning jobs have in common."""

import base64
import json

from odoo import Command

from odoo.addons.gpt_core.tests.common import GptCommon
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

BASE = "gpt-4o-mini-2024-07-18"
JOBS = "/v1/fine_tuning/jobs"


def asked(number):
    """Return a question as the chain sends it."""
    return f"<text>Precio del artículo {number}</text>"


def examples(count=12, start=0):
    """Return a file of chats, as the data set has it."""
    lines = [
        json.dumps(
            {
                "messages": [
                    {"role": "user", "content": asked(number)},
                    {"role": "assistant", "content": f"Cuesta {number} pesos."},
                ]
            }
        )
        for number in range(start, start + count)
    ]
    return base64.b64encode("\n".join(lines).encode())


class TuningCase(GptCommon):
    """A provider, a data set and a chain with a case, and the jobs of the queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("prices")
        cls.model.price_training = 3.0
        cls.dataset = cls.env["gpt.dataset"].create(
            {
                "name": "Prices",
                "format": "openai_chat",
                "chain_id": cls.chain.id,
                "train_file": examples(),
                "valid_file": examples(3, start=50),
            }
        )

    def setUp(self):
        super().setUp()
        self.use_own_transactions()
        self.server.tuning.looks_to_train = 1
        self.server.tuning.failure = None

    def make_job(self, **values):
        return self.env["gpt.tuning.job"].create(
            {
                "name": "Prices",
                "dataset_id": self.dataset.id,
                "provider_id": self.provider.id,
                "base_model": BASE,
                "suffix": "cafe",
            }
            | values
        )

    def run_queue(self, job, most=30):
        """Run the queue's jobs of a tuning job, until none is left; return how many."""
        for count in range(most):
            self.env.flush_all()
            self.env.invalidate_all()
            if not job.is_running or not job.job_uuid:
                return count
            queued = Job.load(self.env, job.job_uuid)
            if queued.state not in ("pending", "started"):
                return count
            self.perform(queued)
        return most

    def perform(self, queued):
        """Run a job of the queue; return the seconds until it is tried again."""
        self.env.flush_all()
        try:
            queued.perform()
        except RetryableJobError as error:
            return error.seconds
        finally:
            self.env.invalidate_all()
        queued.set_done()
        queued.store()
        return None

    def step_queue(self, job, times=1):
        """Run the queue's job of a tuning job so often."""
        for _time in range(times):
            self.perform(Job.load(self.env, job.job_uuid))

    def posts(self, path=JOBS):
        """Return how often something was made at the provider."""
        entries = self.server.journal.entries(path)
        return len([entry for entry in entries if entry.method == "POST"])

    def add_case(self, question, expected):
        return self.env["gpt.chain.case"].create(
            {
                "name": question,
                "chain_id": self.chain.id,
                "value_ids": [
                    Command.create({"input_name": "text", "value": question})
                ],
                "expectation_ids": [
                    Command.create({"kind": "contains", "value": expected})
                ],
            }
        )

    def run_cases(self, chain):
        """Run the jobs of the cases that still wait."""
        requests = chain.evaluation_ids.result_ids.filtered(
            lambda result: result.state == "pending"
        ).request_id
        for request in requests:
            self.perform(Job.load(self.env, request.job_uuid))
