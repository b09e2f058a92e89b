# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestModelSwitch(GptCommon):
    """A model that retires, and the one that takes over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heir = cls.env["gpt.model"].create(
            {
                "name": "gpt-6-luna",
                "provider_id": cls.provider.id,
                "supports_temperature": False,
                "max_output_tokens": 6000,
                "price_input": 0.1,
                "price_output": 0.5,
            }
        )
        cls.old = cls.env["gpt.model"].create(
            {
                "name": "gpt-4o",
                "provider_id": cls.provider.id,
                "price_input": 2.5,
                "replaced_by_id": cls.heir.id,
                "retires_on": fields.Date.today() + timedelta(days=30),
            }
        )
        cls.manager = new_test_user(
            cls.env, "switching", groups="base.group_user,gpt_core.group_gpt_manager"
        )

    def chain(self, code, **values):
        chain = self.make_chain(code, publish=False)
        chain.write(values)
        chain.action_publish()
        return chain

    def open(self, model=None, user=None):
        action = (model or self.old).with_user(user or self.env.user).action_switch()
        switch = self.env["gpt.model.switch"].browse(action["res_id"])
        return switch.with_user(user or self.env.user)

    def test_a_new_version_is_published(self):
        chain = self.chain("named", model_id=self.old.id, max_tokens=500)
        first = chain.published_version_id
        snapshot = dict(first.snapshot)
        switch = self.open(user=self.manager)
        self.assertEqual(switch.chain_ids, chain)
        self.assertEqual(chain.published_version_id, first, "nothing yet")
        switch.action_switch()
        second = chain.published_version_id
        self.assertEqual((second.number, chain.state), (2, "published"))
        self.assertEqual(second.create_uid, self.manager)
        self.assertEqual(second.note, "gpt-6-luna instead of gpt-4o")
        self.assertEqual(second._spec().model_id, self.heir.id)
        self.assertEqual(second._spec().max_tokens, 4000, "room to think")
        self.assertEqual(first.snapshot, snapshot)
        self.assertEqual((chain.model_id, chain.max_tokens), (self.heir, 4000))
        # It is the successor that is asked, with what it takes.
        self.env["gpt.service"].complete(chain, {"text": "x"})
        sent = self.last_sent()
        self.assertEqual(
            (sent["model"], sent["max_output_tokens"]), (self.heir.name, 4000)
        )
        self.assertNotIn("temperature", sent)

    def test_what_else_is_drafted_is_not_published(self):
        chain = self.chain("drafted", model_id=self.old.id)
        chain.step_ids.system_prompt = "Not yet."
        self.open().action_switch()
        published = chain.published_version_id._spec()
        self.assertEqual(published.model_id, self.heir.id)
        self.assertEqual(published.steps[0].system_prompt, "You are brief.")
        self.assertEqual(chain.step_ids.system_prompt, "Not yet.")
        self.assertEqual((chain.model_id, chain.state), (self.heir, "changed"))

    def test_steps_fallbacks_budgets_and_drafts(self):
        other = self.chain("other", fallback_model_id=self.old.id)
        steps = self.chain("steps")
        steps.step_ids.write({"model_id": self.old.id, "max_tokens": 9000})
        steps.action_publish()
        unpublished = self.make_chain("unpublished", publish=False)
        unpublished.model_id = self.old
        untouched = self.chain("untouched", max_tokens=5)
        budget = self.env["gpt.budget"].create(
            {"name": "B", "limit": 1, "cheaper_model_id": self.old.id}
        )
        switch = self.open()
        self.assertEqual(switch.chain_ids, other | steps | unpublished)
        switch.action_switch()
        self.assertEqual(
            other.published_version_id._spec().fallback_model_id, self.heir.id
        )
        step = steps.published_version_id._spec().steps[0]
        self.assertEqual((step.model_id, step.max_tokens), (self.heir.id, 6000))
        self.assertEqual(steps.state, "published")
        self.assertEqual(unpublished.model_id, self.heir)
        self.assertFalse(unpublished.published_version_id)
        self.assertEqual(untouched.max_tokens, 5)
        self.assertEqual(untouched.published_version_id.number, 1)
        self.assertEqual(budget.cheaper_model_id, self.heir)

    def test_the_default_model(self):
        chain = self.chain("by_default")
        self.model.replaced_by_id = self.heir
        params = self.env["ir.config_parameter"]
        switch = self.open(self.model)
        self.assertIn(chain, switch.chain_ids)
        for text in ("GPT Model", "Longest Answer (tokens)", "321"):
            self.assertIn(text, switch.changes_html)
        switch.action_switch()
        self.assertEqual(params.get_param("gpt_core.model"), self.heir.name)
        self.assertEqual(params.get_param("gpt_core.max_tokens"), "4000")
        self.assertEqual(chain.published_version_id.number, 1, "it names no model")
        self.env["gpt.service"].complete(chain, {"text": "x"})
        self.assertEqual(self.last_sent()["model"], self.heir.name)
        switch.action_undo()
        self.assertEqual(params.get_param("gpt_core.model"), self.model.name)
        self.assertEqual(params.get_param("gpt_core.max_tokens"), "321")

    def test_managers_do_not_change_settings(self):
        chain = self.chain("by_default")
        self.model.replaced_by_id = self.heir
        switch = self.open(self.model, self.manager)
        switch.chain_ids = chain  # not those of other addons
        switch.action_switch()
        params = self.env["ir.config_parameter"]
        self.assertEqual(params.get_param("gpt_core.model"), self.model.name)

    def test_the_way_back(self):
        chain = self.chain("back", model_id=self.old.id, max_tokens=500)
        later = self.chain("later", model_id=self.old.id)
        first = chain.published_version_id
        switch = self.open(user=self.manager)
        switch.action_switch()
        later.step_ids.system_prompt = "Published since."
        later.action_publish()
        switch.action_undo()
        third = chain.published_version_id
        self.assertEqual((third.number, third.fingerprint), (3, first.fingerprint))
        self.assertEqual((chain.model_id, chain.max_tokens), (self.old, 500))
        self.assertEqual(chain.state, "published")
        self.assertEqual(later.published_version_id.number, 3)
        self.assertIn("Later", switch.note)
        self.assertEqual(switch.state, "undone")
        with self.assertRaises(UserError):
            switch.action_undo()
        with self.assertRaises(UserError):
            switch.action_switch()

    def test_the_preview(self):
        chain = self.chain("shown", model_id=self.old.id, max_tokens=500)
        switch = self.open(user=self.manager)
        for text in ("Shown", "gpt-4o", "gpt-6-luna", "500", "4000"):
            self.assertIn(text, switch.changes_html)
        for text in ("2.5", "0.1", "6000", "JSON schema"):
            self.assertIn(text, switch.models_html)
        with Form(switch) as form:
            form.thinking_tokens = 0
            self.assertNotIn("4000", form.changes_html)
            form.chain_ids.remove(id=chain.id)
        self.assertFalse(switch.changes_html)

    def test_no_successor(self):
        self.old.replaced_by_id = False
        self.chain("alone", model_id=self.old.id)
        switch = self.open()
        with self.assertRaisesRegex(UserError, "takes over"):
            switch.action_switch()
        switch.successor_id = self.heir
        switch.action_switch()
        self.assertEqual(switch.state, "done")

    def test_from_the_chain(self):
        chain = self.chain("warned", model_id=self.old.id)
        self.assertIn("in 30 days", chain.deprecation_warning)
        action = chain.with_user(self.manager).action_switch_model()
        switch = self.env["gpt.model.switch"].browse(action["res_id"])
        self.assertEqual((switch.model_id, switch.successor_id), (self.old, self.heir))

    def test_answers_go_where_the_publisher_may_write(self):
        """A version fills what its publisher may change; nobody loses that unseen."""
        chain = self.make_chain(
            "filling",
            outputs=({"name": "note", "ttype": "text", "field_name": "comment"},),
            publish=False,
        )
        chain.model_id = self.old
        chain.action_publish()
        self.env["ir.actions.server"].create(
            {
                "name": "Fill",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "gpt_chain",
                "gpt_chain_id": chain.id,
                "gpt_value_ids": [
                    Command.create({"input_name": "text", "path": "name"})
                ],
            }
        )
        switch = self.open(user=self.manager)
        with self.assertRaisesRegex(AccessError, "Filling"):
            switch.action_switch()
        self.assertEqual(chain.published_version_id.number, 1)
        self.open().action_switch()
        self.assertEqual(chain.published_version_id.number, 2)

    def test_nobody_says_what_was_done(self):
        chain = self.chain("forged", model_id=self.old.id)
        switch = self.open(user=self.manager)
        forged = {"versions": {str(chain.id): [1, 1]}}
        for values in ({"state": "done"}, {"changes": []}, forged):
            with self.assertRaises(AccessError):
                switch.write(values)
        with self.assertRaises(AccessError):
            switch.create({"model_id": self.old.id, "state": "done"})
        switch.action_switch()
        with self.assertRaises(UserError):
            switch.chain_ids = False
