# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from .migration_common import MigrationCommon
from .old_database import KEY, OLD, old_app_answers


@tagged("post_install", "-at_install")
class TestMigrationChannel(MigrationCommon):
    def members(self, channel):
        self.env.invalidate_all()
        return channel.with_context(active_test=False).channel_member_ids.partner_id

    def answers(self, channel):
        return self.env["gpt.discuss.membership"].search(
            [("channel_id", "=", channel.id), ("agent_id", "=", self.agent().id)]
        ).answers  # fmt: skip

    def ours(self, old):
        """Return what has to stay, whatever happens to the old app."""
        return (
            old.channel, old.chat, old.partner, old.member,
            old.notice | old.question | old.answer | old.chat_answer,
            self.agent(), self.agent().partner_id, self.provider,
        )  # fmt: skip

    def assert_moved(self, old):
        bot = self.agent().partner_id
        for channel in (old.channel, old.chat):
            self.assertIn(bot, self.members(channel))
            self.assertNotIn(old.partner, self.members(channel))
            self.assertEqual(self.answers(channel), "always")
        self.assertEqual(len(self.members(old.chat)), 2)
        self.assertEqual(old.answer.author_id, old.partner, "the history")

    def test_channel_and_chats_go_to_the_assistant(self):
        for series, model in (
            ("16.0", "gpt-3.5-turbo"),
            ("17.0", "gpt-4"),
            ("18.0", "gpt-4o"),
        ):
            for state in ("installed", "uninstalled"):
                with self.subTest(series, state=state):
                    with self.env.cr.savepoint() as savepoint:
                        old = self.old(series=series, state=state, model=model)
                        if state == "uninstalled":
                            # Its channel goes with it, the rest is left.
                            old.channel.unlink()
                            self.migrate()
                            bot = self.agent().partner_id
                            self.assertIn(bot, self.members(old.chat))
                            self.assertEqual(self.answers(old.chat), "always")
                        else:
                            self.migrate()
                            self.assert_moved(old)
                        savepoint.rollback()
                        self.env.invalidate_all()
                        self.env.registry.clear_cache()

    def test_other_channels_only_when_mentioned(self):
        old = self.old()
        sales = self.env["discuss.channel"].create({"name": "Sales"})
        old.join(sales, old.partner)
        self.migrate()
        self.assertIn(self.agent().partner_id, self.members(sales))
        self.assertEqual(self.answers(sales), "mention")

    def test_old_app_answers_no_more(self):
        old = self.old()
        admin = old.admin.partner_id
        general = self.env.ref("mail.channel_all_employees")
        patch, answered = old_app_answers(self.env)
        with patch:
            for channel in (old.channel, old.chat):
                channel.message_post(
                    body="Hello", author_id=admin.id, message_type="comment"
                )
            self.assertEqual(len(answered), 2, "the fault, as it was")
            self.migrate()
            answered.clear()
            for channel in (old.channel, old.chat, general):
                channel.message_post(
                    body="Hello", author_id=admin.id, message_type="comment"
                )
        self.assertFalse(answered)

    def test_twice_changes_nothing(self):
        old = self.old()
        self.migrate()
        before = self.snapshot(old)
        self.assertFalse(self.migrate())
        self.assertEqual(self.snapshot(old), before)
        self.assertEqual(self.reports.search_count([]), 1)

    def test_setting_changed_since_stays(self):
        old = self.old()
        self.migrate()
        membership = self.env["gpt.discuss.membership"].search(
            [("channel_id", "=", old.channel.id)]
        )
        membership.answers = "never"
        self.migrate()
        self.assertEqual(membership.answers, "never")

    def snapshot(self, old):
        self.env.flush_all()
        rows = []
        for query in (
            "SELECT module, name, model, res_id FROM ir_model_data"
            " WHERE module LIKE %s",
            "SELECT key, value FROM ir_config_parameter WHERE key LIKE %s",
        ):
            self.env.cr.execute(query + " ORDER BY 1, 2", [f"%{OLD}%"])
            rows.append(self.env.cr.fetchall())
        for query in (
            "SELECT id, login, password, active FROM res_users ORDER BY id",
            "SELECT id, name, active FROM discuss_channel ORDER BY id",
            "SELECT id, partner_id FROM discuss_channel_member ORDER BY id",
            "SELECT id, name, active FROM res_partner ORDER BY id",
            "SELECT id, answers FROM gpt_discuss_membership ORDER BY id",
            "SELECT id, api_key FROM gpt_provider ORDER BY id",
            "SELECT id FROM gpt_agent ORDER BY id",
            "SELECT id FROM mail_message ORDER BY id",
        ):
            self.env.cr.execute(query)
            rows.append(self.env.cr.fetchall())
        return rows

    def test_uninstalling_takes_nothing_of_ours(self):
        old = self.old()
        self.migrate()
        ours = self.ours(old)
        counts = [len(records) for records in ours]
        self.uninstall()
        self.assertEqual([len(records.exists()) for records in ours], counts)
        self.assert_moved(old)
        self.assertFalse(old.user.exists(), "the old user goes with its app")
        stand_ins = self.env["res.partner"].with_context(active_test=False)
        self.assertFalse(stand_ins.search([("name", "like", "Stand-in")]))

    def test_uninstalling_unmoved_takes_the_channel(self):
        """What it would be without a migration: the fixture is a real one."""
        old = self.old()
        self.uninstall()
        self.assertFalse(old.channel.exists())

    def uninstall(self):
        self.env["ir.model.data"]._module_data_uninstall([OLD])
        self.env["ir.module.module"].search([("name", "=", OLD)]).state = "uninstalled"
        self.env.invalidate_all()

    def test_after_uninstalling_there_is_nothing_to_do(self):
        self.old()
        self.migrate()
        self.uninstall()
        self.assertFalse(self.migrate())
        self.assertFalse(self.env["ir.model.data"].search_count([("module", "=", OLD)]))

    def test_installed_again(self):
        """A second channel of the old app is moved as well."""
        old = self.old()
        self.migrate()
        self.uninstall()
        self.env["res.users"].with_context(active_test=False).search(
            [("login", "=", "chatgpt")]
        ).unlink()
        old.drop_models()
        again = self.old()
        self.migrate()
        self.assert_moved(again)
        self.assert_moved(old)

    def test_person_called_so_keeps_their_chat(self):
        friend = self.env["res.partner"].create({"name": "ChatGPT, Inc."})
        chat = self.env["discuss.channel"].with_context(install_mode=True).create(
            {
                "name": "ChatGPT, Inc., Ana",
                "channel_type": "chat",
                "channel_member_ids": [
                    (0, 0, {"partner_id": friend.id}),
                    (0, 0, {"partner_id": self.env.ref("base.partner_admin").id}),
                ],
            }
        )  # fmt: skip
        self.old()
        self.migrate()
        self.assertIn(friend, self.members(chat))
        self.assertEqual(chat.name, "ChatGPT, Inc., Ana")

    def test_without_the_old_app_nothing_happens(self):
        self.assertFalse(self.migrate())
        self.assertFalse(self.reports.search_count([]))

    def test_part_that_fails_leaves_the_others_alone(self):
        old = self.old()
        self.env.cr.execute("DROP TABLE chatgpt_model")
        self.env.cr.execute("CREATE TABLE chatgpt_model (id varchar, name varchar)")
        with mute_logger("odoo.sql_db", "odoo.addons.gpt_core.utils.transaction"):
            report = self.migrate()
        self.assertFalse(old.user.active)
        self.assertEqual(self.provider.api_key, KEY)
        self.assertIn("failed", self.codes(report, "todo"))
        self.assertTrue(self.params.get_param(f"{OLD}.chatgp_model"), "as it was")
