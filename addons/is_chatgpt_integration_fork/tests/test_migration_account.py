# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import secrets
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .migration_common import MigrationCommon
from .old_database import OLD


@tagged("post_install", "-at_install")
class TestMigrationAccount(MigrationCommon, HttpCase):
    """Nobody can sign in as the user whose password everybody knows."""

    # 19.0 says with each call that it will be gone in 20.0.
    @mute_logger("odoo.addons.rpc.controllers.jsonrpc")
    def rpc(self, service, method, *args):
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {"service": service, "method": method, "args": args},
        }
        answer = self.url_open(
            "/jsonrpc", data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )  # fmt: skip
        return answer.json().get("result")

    def sign_in(self, password="chatgpt"):
        return self.rpc("common", "login", self.env.cr.dbname, "chatgpt", password)

    def session_uid(self):
        answer = self.url_open(
            "/web/session/get_session_info", data="{}",
            headers={"Content-Type": "application/json"},
        )  # fmt: skip
        return (answer.json().get("result") or {}).get("uid")

    def test_nobody_signs_in_over_http(self):
        old = self.old()
        self.assertEqual(self.sign_in(), old.user.id, "the fault, as it was")
        self.authenticate("chatgpt", "chatgpt")
        self.assertEqual(self.session_uid(), old.user.id)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(old.user)
        key = keys._generate("rpc", "old", tomorrow)
        self.assertEqual(self.sign_in(key), old.user.id)
        report = self.migrate()
        self.assertFalse(self.sign_in())
        self.assertFalse(self.sign_in(key))
        self.assertFalse(self.session_uid(), "the session that was open")
        self.assertFalse(old.user.active)
        account = report.line_ids.filtered(lambda ln: ln.code == "account")
        self.assertEqual(account.data["keys"], 1)
        # Not by activating it again either.
        old.user.active = True
        self.env.flush_all()
        self.assertFalse(self.sign_in())

    def test_password_is_random(self):
        old = self.old()
        made = []
        original = secrets.token_urlsafe

        def token(size=None):
            made.append(original(size))
            return made[-1]

        with patch.object(secrets, "token_urlsafe", token):
            self.migrate()
        old.user.active = True
        self.env.flush_all()
        self.assertGreaterEqual(len(made[0]), 32)
        self.assertEqual(
            self.sign_in(made[0]), old.user.id, "it is the one that is set"
        )

    def test_found_by_its_login(self):
        """The identifiers are gone, the user is there, as after an uninstallation."""
        old = self.old(state="uninstalled")
        self.assertTrue(self.sign_in())
        self.migrate()
        self.assertFalse(self.sign_in())
        self.assertFalse(old.user.active)

    def test_found_by_its_identifier(self):
        old = self.old()
        old.user.write({"login": "robot", "name": "Robot", "password": "other-word-1"})
        self.migrate()
        self.assertFalse(old.user.active)

    def test_person_of_that_login_stays(self):
        user = self.env["res.users"].create(
            {"name": "Chat Gómez", "login": "chatgpt", "password": "a-good-word-1"}
        )
        self.params.set_param(f"{OLD}.openapi_api_key", "sk-x")
        report = self.migrate()
        self.assertTrue(user.active)
        self.assertIn("other_account", self.codes(report, "todo"))

    def test_update_of_the_old_app_opens_it_again(self):
        old = self.old()
        self.migrate()
        old.user.write({"active": True, "password": "chatgpt"})
        self.env.flush_all()
        self.assertTrue(self.sign_in())
        check = self.env["gpt.check.old.app"]
        self.assertEqual(check._findings()[0]["severity"], "error")
        # As when Odoo has loaded the database after an update.
        with self.assertLogs("odoo.addons.is_chatgpt_integration_fork", "WARNING"):
            self.env["gpt.migration"]._register_hook()
        self.env.flush_all()
        self.assertFalse(self.sign_in())
        self.assertNotEqual(check._findings()[0]["severity"], "error")

    def test_update_of_the_old_app_makes_another(self):
        old = self.old()
        self.migrate()
        old.user.login = "robot"
        self.env["ir.model.data"].search(
            [("module", "=", OLD), ("name", "=", "user_chatgpt")]
        ).unlink()
        old.partner = self.env["res.partner"].create({"name": "ChatGPT"})
        user = old.make_user()
        old.identify("user_chatgpt", "res.users", user)
        self.env.flush_all()
        self.assertTrue(self.sign_in())
        self.env.ref(
            "is_chatgpt_integration_fork.cron_migration"
        ).method_direct_trigger()
        self.env.flush_all()
        self.assertFalse(self.sign_in())
        self.assertFalse(user.active)

    def test_form_without_a_page_is_none_of_ours(self):
        self.assertEqual(self.url_open("/chatgpt_form").status_code, 404)
