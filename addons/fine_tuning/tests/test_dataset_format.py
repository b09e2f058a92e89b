# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import DatasetCase


@tagged("post_install", "-at_install")
class TestDatasetFormat(DatasetCase):
    def make(self, **values):
        return self.env["gpt.dataset.format"].create(
            {"name": "Mine", "code": "mine", **values}
        )

    def test_those_of_the_contract_are_there(self):
        codes = set(self.env["gpt.dataset.format"].search([]).mapped("code"))
        self.assertLessEqual(
            {"openai_chat", "openai_preference", "kto", "trl_chat", "azure_chat"}, codes
        )

    def test_one_of_your_own_needs_no_code(self):
        self.make(layout='{"text": "$prompt", "reply": "$completion", "lang": "es"}')
        self.make_example("¿Abren?", "Sí.")
        dataset = self.make_dataset(format="mine", valid_share=0)
        train, _valid = self.export(dataset)
        (line,) = self.lines(train)
        self.assertEqual(line["reply"], [{"role": "assistant", "content": "Sí."}])
        self.assertEqual((line["text"][-1]["content"], line["lang"]), ("¿Abren?", "es"))

    def test_layouts_that_cannot_be(self):
        for layout in ("{", "[]", "7", '{"a": "$chosen"}', '{"a": "b"}'):
            with self.assertRaises(ValidationError, msg=layout):
                self.make(layout=layout)

    def test_a_code_is_unique_and_stays_while_it_is_used(self):
        record = self.make()
        with self.assertRaises(ValidationError):
            self.make()
        dataset = self.make_dataset(format="mine")
        with self.assertRaisesRegex(UserError, "mine"):
            record.code = "other"
        with self.assertRaisesRegex(UserError, "mine"):
            record.unlink()
        record.active = False
        self.assertEqual(dataset.format, "mine")
        dataset.unlink()
        record.unlink()
