# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user, tagged

from .common import GptCommon
from .ledger_rows import make_ledger, plan, statements, whole_scans

ROWS = 12_000


@tagged("post_install", "-at_install")
class TestLedgerVolume(GptCommon):
    """What people ask of a big ledger is answered by indexes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chains = cls.make_chain("first") | cls.make_chain("other")
        second = cls.model.copy({"name": "gpt-4o"})
        employees = cls.env["res.users"].union(
            *(
                new_test_user(cls.env, f"gpt_user_{number}", groups="base.group_user")
                for number in range(12)
            )
        )
        manager = new_test_user(
            cls.env,
            "gpt_boss",
            groups="base.group_user,gpt_core.group_gpt_manager",
        )
        cls.ledger = make_ledger(
            cls.env, chains, cls.model | second, employees, manager, ROWS
        )

    def test_no_question_reads_the_whole_ledger(self):
        asked = self.ledger.questions()
        for name, ask in asked.items():
            self.env.flush_all()
            self.env.invalidate_all()
            with statements(self.env.cr) as found:
                ask()
            with self.subTest(name):
                self.assertTrue(found, "it asks the ledger something")
            for statement in found:
                lines = plan(self.env.cr, statement)
                with self.subTest(name, statement=statement[:80]):
                    self.assertFalse(whole_scans(lines), "\n".join(lines))

    def test_95_of_100_did_not_take_longer(self):
        Request = self.env["gpt.request"]
        ((average, p95, slowest),) = Request._read_group(
            [], [], ["duration_ms:avg", "duration_p95:max", "duration_ms:max"]
        )
        faster = Request.search_count([("duration_ms", "<=", p95)])
        self.assertAlmostEqual(faster / Request.search_count([]), 0.95, 3)
        self.assertLess(average, p95)
        self.assertLess(p95, slowest)
