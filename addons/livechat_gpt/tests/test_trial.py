# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user, tagged

from .common import LivechatGptCase


@tagged("post_install", "-at_install")
class TestTrial(LivechatGptCase):
    """Try It on a chat has the values of an answer to it."""

    def open(self, record, user=None):
        trials = self.env["gpt.chain.trial"].with_user(user or self.env.user)
        return trials.create(
            {
                "chain_id": self.agent.chain_id.id,
                "record_ref": f"{record._name},{record.id}",
            }
        )

    def values(self, trial):
        return {line.input_name: line.value for line in trial.value_ids}

    def test_a_question_that_waits(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "¿Cuánto cuesta el envío?")
        session = channel.gpt_session_ids
        handed_in = self.env["gpt.livechat.history"]._chain_values(session)
        for record in (channel, session):
            trial = self.open(record)
            values = self.values(trial)
            for name, value in handed_in.items():
                self.assertEqual(values[name] or "", value or "", name)
            self.assertIn("¿Cuánto cuesta el envío?", values["question"])
            self.assertNotIn("question", trial.empty_inputs or "")

    def test_a_question_that_was_answered(self):
        self.model_says("150 pesos.")
        channel = self.open_chat()
        self.visitor_writes(channel, "¿Cuánto cuesta el envío a Mérida?")
        self.run_jobs()
        self.assertEqual(len(self.answers(channel)), 1)
        values = self.values(self.open(channel))
        self.assertIn("envío a Mérida", values["question"])
        self.assertNotIn("150 pesos", values["conversation"] or "")

    def test_other_chats(self):
        """A chat without an assistant has nothing to hand in."""
        other = self.env["discuss.channel"].create({"name": "Other"})
        self.assertFalse(self.open(other)._offered_values())

    def test_who_may_not_read_the_chat(self):
        channel = self.open_chat()
        self.visitor_writes(channel, "Mi secreto")
        stranger = new_test_user(
            self.env, "stranger", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        chain = self.agent.chain_id.with_user(stranger)
        session = channel.gpt_session_ids.with_user(stranger)
        if not session.channel_id.has_access("read"):
            self.assertEqual(chain._offered_values(session), {})
        trial = self.env["gpt.chain.trial"].with_user(stranger)
        trial = trial.create({"chain_id": chain.id})
        trial.sudo().record_ref = f"{channel._name},{channel.id}"
        if not channel.with_user(stranger).has_access("read"):
            self.assertEqual(trial._offered_values(), {})
