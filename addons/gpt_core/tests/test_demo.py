# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.modules.module import get_manifest
from odoo.tests import tagged
from odoo.tools import convert_file

from .common import GptCommon
from .walk import our_modules


@tagged("post_install", "-at_install")
class TestDemo(GptCommon):
    """The demo data of the installed addons of this repository."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = [
            (module, file)
            for module in our_modules(cls.env)
            for file in get_manifest(module).get("demo", [])
        ]

    def load(self):
        # A database with demo data has it already.
        is_there = self.env.ref("gpt_core.demo_chain_message", raise_if_not_found=False)
        mode = "update" if is_there else "init"
        for module, file in self.files:
            with self.subTest(file=f"{module}/{file}"):
                convert_file(self.env, module, file, {}, mode, noupdate=True)
        self.env.flush_all()

    def test_it_loads_without_a_warning(self):
        self.assertIn("gpt_core", dict(self.files))
        with self.assertNoLogs(level="WARNING"):
            self.load()
        for module in {module for module, _file in self.files}:
            made = self.env["ir.model.data"].search_count(
                [("module", "=", module), ("name", "=like", "demo_%")]
            )
            self.assertTrue(made, module)

    def test_it_asks_nobody(self):
        self.use_own_transactions()
        self.load()
        self.env.cr.precommit.run()
        self.assertFalse(self.server.journal.entries())
        chain = self.env.ref("gpt_core.demo_chain_message")
        self.assertEqual(chain.state, "published")
