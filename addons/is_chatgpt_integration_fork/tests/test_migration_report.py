# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .migration_common import MigrationCommon


@tagged("post_install", "-at_install")
class TestMigrationReport(MigrationCommon):
    def test_every_line_is_a_sentence(self):
        """Also where what was found has other values than expected."""
        text = self.env["gpt.migration.text"]
        names = [name for name in dir(text) if name.startswith("_text_")]
        self.assertGreater(len(names), 20)
        values = dict.fromkeys(
            ("old", "new", "login", "names", "agent", "channels", "chats", "count",
             "step", "error", "action", "chain", "reason", "provider"),
            "x",
        )  # fmt: skip
        for name in names:
            with self.subTest(name):
                self.assertIn(" ", text._text(name.removeprefix("_text_"), values))

    def test_page(self):
        self.old()
        report = self.migrate()
        self.assertIn("installed", self.codes(report, "found"))
        self.assertIn("uninstall", self.codes(report, "todo"))
        left = report.todo_count
        self.assertGreaterEqual(left, 2)
        report.invalidate_recordset()  # what is to do comes first
        with Form(report) as form:
            with form.line_ids.edit(0) as line:
                line.is_done = True
        self.assertEqual(report.todo_count, left - 1)
        self.assertFalse(report.action_count)
        self.assertFalse(report.leftover_count)

    def test_button_says_that_there_is_nothing(self):
        action = self.reports.action_migrate()
        self.assertEqual(action["tag"], "display_notification")
        self.old()
        self.assertEqual(self.reports.action_migrate()["res_model"], self.reports._name)
        self.assertEqual(self.reports.action_migrate()["tag"], "display_notification")

    def test_only_for_administrators(self):
        self.old()
        report = self.migrate()
        for groups in (
            "base.group_user",
            "base.group_portal",
            "base.group_user,gpt_core.group_gpt_manager",
        ):
            user = new_test_user(
                self.env, groups.replace(".", "_")[-30:], groups=groups
            )
            for use in (
                lambda user=user: report.with_user(user).read(["todo_count"]),
                lambda user=user: report.with_user(user).line_ids.mapped("text"),
                self.reports.with_user(user).action_migrate,
                self.reports.with_user(user).action_move_actions,
                self.reports.with_user(user).action_remove_leftovers,
            ):
                with self.assertRaises(AccessError):
                    use()

    def test_check(self):
        check = self.env["gpt.check.old.app"]
        self.assertEqual(check._findings()[0]["severity"], "ok")
        self.old()
        self.assertEqual([f["severity"] for f in check._findings()], ["error"] * 2)
        report = self.migrate()
        self.assertEqual(check._findings()[0]["severity"], "warning")
        self.env["ir.module.module"].search(
            [("name", "=", "is_chatgpt_integration")]
        ).state = "uninstalled"
        self.assertEqual(check._findings()[0]["severity"], "warning")
        report.line_ids.is_done = True
        self.assertEqual(check._findings()[0]["severity"], "ok")
