# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tests of this addon, and of those that build on it, have in common."""

from odoo import Command
from odoo.tools import SQL

from odoo.addons.base.tests.common import BaseCommon

from ..compat import V19
from ..testing.network_guard import loopback_only
from ..testing.openai_server import Fault, OpenAIServer


def chain_values(code, inputs=("text",), outputs=(), **step):
    """Return the values of a chain of one prompt step over ``inputs``."""
    answer = {
        "name": "answer",
        "kind": "prompt",
        "system_prompt": "You are brief.",
        "user_prompt": "{text}",
        "output_ids": [Command.create(vals) for vals in outputs],
    }
    return {
        "name": code.title(),
        "code": code,
        "input_ids": [Command.create({"name": name}) for name in inputs],
        "step_ids": [Command.create(answer | step)],
    }


class GptMixin:
    """Mix into a test case: a real server that speaks OpenAI's protocol, and a model.

    ``cls.server`` is told what to answer, or how to fail, and keeps a journal of what
    it was sent. Its provider is the default one.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(loopback_only())
        cls.Fault = Fault
        cls.server = cls.enterClassContext(OpenAIServer())
        cls.provider = cls.env["gpt.provider"].create(
            {
                "name": "Local",
                "base_url": cls.server.base_url,
                "api_key": "sk-test",
                "timeout": 5,
                "max_retries": 0,
            }
        )
        cls.model = cls.env["gpt.model"].create(
            {
                "name": "gpt-4o-mini",
                "provider_id": cls.provider.id,
                "price_input": 0.15,
                "price_cached": 0.075,
                "price_output": 0.6,
            }
        )
        params = cls.env["ir.config_parameter"]
        params.set_param("gpt_core.model", cls.model.name)
        params.set_param("gpt_core.provider_id", cls.provider.id)
        params.set_param("gpt_core.temperature", "0.2")
        params.set_param("gpt_core.max_tokens", "321")

    def setUp(self):
        super().setUp()
        self.server.reset()

    @classmethod
    def make_chain(cls, code, inputs=("text",), outputs=(), publish=True, **step):
        """Return a chain of one prompt step over ``inputs``."""
        chain = cls.env["gpt.chain"].create(chain_values(code, inputs, outputs, **step))
        if publish:
            chain.action_publish()
        return chain

    def last_sent(self):
        """Return the body of the last request that reached a model."""
        return self.server.journal.entries("/v1/responses")[-1].body

    def break_table(self, model, event="INSERT"):
        """Let the database refuse a kind of change to a table of ours, till the end."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION gpt_broken() RETURNS trigger AS $$
                BEGIN RAISE EXCEPTION 'broken'; END $$ LANGUAGE plpgsql;
                CREATE TRIGGER gpt_broken BEFORE %s ON %s
                EXECUTE FUNCTION gpt_broken()
                """,
                SQL(event),
                SQL.identifier(self.env[model]._table),
            )
        )

    def use_own_transactions(self):
        """Let code that opens cursors of its own see this test's data."""
        if V19:
            self.registry_enter_test_mode()
        else:
            self.registry.enter_test_mode(self.cr)
            self.addCleanup(self.registry.leave_test_mode)


class GptCommon(GptMixin, BaseCommon):
    pass
