# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""For tests of what happens between transactions: theirs are real ones."""

from contextlib import contextmanager
from uuid import uuid4

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name

from ..testing.network_guard import loopback_only
from ..testing.openai_server import Fault, OpenAIServer
from .common import chain_values

# What tests leave, besides what they all need.
LEFT = ("gpt.reservation", "gpt.stored.answer", "gpt.request", "gpt.budget")


class CommittedCase(BaseCase):
    """A test case whose provider and chain are committed, and removed at its end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(loopback_only())
        cls.Fault = Fault
        cls.server = cls.enterClassContext(OpenAIServer())
        cls.registry = Registry(get_db_name())
        with cls.transaction() as env:
            # That of an earlier run on the same database is archived.
            name = f"{cls.__name__} {uuid4().hex}"
            cls.company_id = env["res.company"].create({"name": name}).id
            own = [("company_id", "=", cls.company_id)]
            env["gpt.budget"].search(own).unlink()
            cls.provider_id = env["gpt.provider"].create(cls._provider_values()).id
            cls.model_id = env["gpt.model"].create(cls._model_values()).id
            cls.chain_id = (
                env["gpt.chain"]
                .create(chain_values("committed") | {"model_id": cls.model_id})
                .id
            )
            env["gpt.chain"].browse(cls.chain_id).action_publish()
        cls.addClassCleanup(cls._remove)

    @classmethod
    def _provider_values(cls):
        return {
            "name": "Committed",
            "base_url": cls.server.base_url,
            "api_key": "sk-test",
            "timeout": 20,
            "max_retries": 0,
        }

    @classmethod
    def _model_values(cls):
        return {
            "name": "gpt-4o-mini",
            "provider_id": cls.provider_id,
            "price_input": 0.15,
            "price_output": 0.6,
        }

    @classmethod
    def _remove(cls):
        with cls.transaction() as env:
            for model in LEFT:
                env[model].search([("company_id", "=", cls.company_id)]).unlink()
            env["gpt.chain"].browse(cls.chain_id).unlink()
            env["gpt.provider"].browse(cls.provider_id).unlink()
            env["res.company"].browse(cls.company_id).active = False

    @classmethod
    @contextmanager
    def transaction(cls):
        """Give an environment on a cursor of its own; commit it at the end."""
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def setUp(self):
        super().setUp()
        self.server.reset()
        self.addCleanup(self._forget)

    def _forget(self):
        with self.transaction() as env:
            for model in LEFT:
                env[model].search([("company_id", "=", self.company_id)]).unlink()

    def complete(self, env, text="Hola"):
        """Run the chain in the transaction of ``env``; return its request."""
        company = env["res.company"].browse(self.company_id)
        chain = env["gpt.chain"].browse(self.chain_id)
        service = env["gpt.service"].with_company(company)
        return service.complete(chain, {"text": text})

    def rows(self, env):
        """Return what the ledger has of this test."""
        return env["gpt.request"].search([("company_id", "=", self.company_id)])

    def asked(self):
        """Return how often the model was asked."""
        return len(self.server.journal.entries("/v1/responses"))
