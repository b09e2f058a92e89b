# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestChainVersion(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain(
            "versioned",
            inputs=("text", "extra"),
            outputs=(
                {
                    "name": "level",
                    "ttype": "selection",
                    "choices": "low, high",
                    "required": True,
                    "field_name": "x_level",
                },
            ),
            temperature=0.7,
            max_tokens=50,
        )
        cls.first = cls.chain.published_version_id
        cls.manager = new_test_user(
            cls.env,
            "chain_manager",
            groups="base.group_user,gpt_core.group_gpt_manager",
        )

    def change_everything(self):
        chain = self.chain
        chain.write({"code": "renamed", "max_chars": 10, "mask_pii": False})
        chain.temperature = 1.5
        chain.step_ids.write({"user_prompt": "Hi", "name": "other", "max_tokens": 0})
        chain.step_ids.output_ids.unlink()
        chain.input_ids = [Command.clear(), Command.create({"name": "question"})]
        chain.step_ids = [
            Command.create(
                {
                    "sequence": 5,
                    "name": "facts",
                    "kind": "retrieve",
                    "user_prompt": "{question}",
                    "passages": 7,
                }
            )
        ]

    def test_restore_makes_the_draft_equal(self):
        self.change_everything()
        self.chain.action_publish()
        second = self.chain.published_version_id
        self.first.with_user(self.manager).action_restore()
        self.assertEqual(self.chain._snapshot(), self.first.snapshot)
        self.assertEqual(self.chain.published_version_id, second, "still in use")
        self.assertEqual(self.chain.state, "changed")
        second.action_restore()
        self.assertEqual(self.chain._snapshot(), second.snapshot)
        self.assertEqual(self.chain.state, "published")

    def test_restore_keeps_what_versions_do_not_hold(self):
        self.chain.input_ids[0].description = "What was asked"
        self.chain.step_ids.user_prompt = "Hi"
        self.first.action_restore()
        self.assertEqual(self.chain.input_ids[0].description, "What was asked")

    def test_restore_without_a_model_that_is_gone(self):
        model = self.model.copy({"name": "gone"})
        self.chain.model_id = model
        self.chain.action_publish()
        version = self.chain.published_version_id
        self.chain.model_id = False
        model.unlink()
        version.action_restore()
        self.assertFalse(self.chain.model_id)

    def test_versions_never_change(self):
        manager_version = self.first.with_user(self.manager)
        for values in (
            {"snapshot": {}},
            {"number": 7},
            {"note": "rewritten"},
            {"fingerprint": "x"},
        ):
            for version in (self.first, manager_version):
                with self.assertRaises(UserError):
                    version.write(values)
        with self.assertRaises(AccessError):
            manager_version.company_id = False
        with self.assertRaises(AccessError):
            manager_version.unlink()
        with self.assertRaises(AccessError):
            manager_version.create({"chain_id": self.chain.id, "snapshot": {}})

    def test_only_publish_puts_a_version_in_force(self):
        chain = self.chain.with_user(self.manager)
        with self.assertRaises(UserError):
            chain.published_version_id = False
        chain.step_ids.system_prompt = "Other."
        chain.draft_note = "Because"
        chain.action_publish()
        version = chain.published_version_id
        self.assertEqual((version.number, version.note), (2, "Because"))
        self.assertEqual(version.create_uid, self.manager)
        self.assertFalse(chain.draft_note)

    def test_a_tried_draft_is_no_version(self):
        self.chain.step_ids.system_prompt = "Draft."
        frozen = self.chain._frozen_draft()
        self.assertEqual(frozen, self.chain._frozen_draft(), "one is enough")
        self.assertEqual(frozen.number, 0)
        self.assertEqual(self.chain.version_ids, self.first)
        self.assertEqual(self.chain.state, "changed")
        self.chain.action_publish()
        self.assertEqual(self.chain.published_version_id.number, 2)
        self.assertEqual(frozen.number, 0)

    def test_what_an_addon_adds_later_is_no_change(self):
        older = dict(self.first.snapshot)
        older["steps"] = [
            {k: v for k, v in step.items() if k != "max_chars"}
            for step in older["steps"]
        ]
        version = self.env["gpt.chain.version"].create(
            {"chain_id": self.chain.id, "snapshot": older}
        )
        self.chain.published_version_id = version
        self.assertEqual(self.chain.state, "published")

    def compare(self, left=None, right=None):
        return self.env["gpt.chain.compare"].create(
            {
                "chain_id": self.chain.id,
                "left_id": left and left.id,
                "right_id": right and right.id,
            }
        )

    def test_difference(self):
        self.assertFalse(self.compare(self.first).difference)
        self.assertTrue(self.compare(self.first).is_same)
        self.change_everything()
        comparison = self.compare(self.first)
        self.assertFalse(comparison.is_same)
        html = comparison.difference
        for part in ("facts", "question", "x_level", "Mask Personal Data", "1.5"):
            self.assertIn(part, html)
        self.chain.action_publish()
        self.assertEqual(
            self.compare(self.first, self.chain.published_version_id).difference.count(
                "o_gpt_part"
            ),
            html.count("o_gpt_part"),
            "the draft and its version differ from the first alike",
        )

    def test_difference_is_escaped(self):
        self.chain.step_ids.system_prompt = "<script>alert(1)</script>"
        html = self.compare(self.first).difference
        self.assertNotIn("<script", html)
        self.assertIn("&lt;", html)
