# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import json

from odoo.tools import SQL

from odoo.addons.gpt_core.tests.common import GptCommon
from odoo.addons.gpt_core.tests.jobs import run_job


class DatasetCase(GptCommon):
    """A published chain, and what an export does until its files are there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("shop", system_prompt="Answer about <text>. {text}")
        cls.env["queue.job"].search([]).unlink()

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def make_example(self, question, answer, **values):
        said = [("user", question)]
        if values.get("kind") != "preference":
            said.append(("assistant", answer))
        else:
            values["preferred"] = answer
        messages = [{"role": role, "content": text} for role, text in said]
        example = self.env["gpt.example"].create(
            {
                "chain_id": self.chain.id,
                "state": "approved",
                "messages": messages,
                **values,
            }
        )
        # Saving masks them; an export must not rely on that.
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE gpt_example SET messages = %s, preferred = %s WHERE id = %s",
                json.dumps(messages),
                values.get("preferred"),
                example.id,
            )
        )
        example.invalidate_recordset()
        return example

    def make_dataset(self, **values):
        return self.env["gpt.dataset"].create(
            {"name": "Shop", "chain_id": self.chain.id, **values}
        )

    def export(self, dataset):
        dataset.action_export()
        job = self.env["queue.job"].search([("uuid", "=", dataset.job_uuid)])
        run_job(self.env, job)
        return self.content(dataset)

    def content(self, dataset):
        """Return both files, as bytes."""
        dataset.invalidate_recordset()
        return tuple(
            base64.b64decode(dataset[name] or b"")
            for name in ("train_file", "valid_file")
        )

    @staticmethod
    def lines(content):
        return [json.loads(line) for line in content.splitlines()]
