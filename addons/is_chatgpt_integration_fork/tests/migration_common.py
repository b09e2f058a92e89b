# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase

from odoo.addons.gpt_core.tests.common import chain_values

from .old_database import OldDatabase


class MigrationCommon(TransactionCase):
    """A database of our own, into which a test puts that of the old app."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.params = cls.env["ir.config_parameter"].sudo()
        cls.provider = cls.env.ref("gpt_core.provider_openai")
        cls.provider.api_key = False
        cls.params.set_param("gpt_core.model", "gpt-4o-mini")
        cls.params.set_param("gpt_core.provider_id", cls.provider.id)
        cls.reports = cls.env["gpt.migration.report"]
        cls.reports.search([]).unlink()

    def old(self, **kwargs):
        return OldDatabase(self.env, **kwargs)

    def migrate(self):
        report = self.env["gpt.migration"]._run()
        self.env.flush_all()
        return report

    def codes(self, report, kind=None):
        lines = report.line_ids
        if kind:
            lines = lines.filtered(lambda line: line.kind == kind)
        return sorted(lines.mapped("code"))

    def agent(self):
        return self.env["gpt.migration.channel"]._agent()

    def make_chain(self, code):
        chain = self.env["gpt.chain"].create(chain_values(code))
        chain.action_publish()
        return chain
