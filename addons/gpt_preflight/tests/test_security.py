# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.gpt_core.tests.common import GptCommon, GptMixin

MODELS = ("gpt.preflight", "gpt.preflight.finding")
GROUPS = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "manager": "base.group_user,gpt_core.group_gpt_manager",
    "other": "base.group_user,gpt_core.group_gpt_manager",
}


@tagged("post_install", "-at_install")
class TestAccess(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            name: new_test_user(cls.env, f"preflight_{name}", groups=groups)
            for name, groups in GROUPS.items()
        }

    def test_managers_only(self):
        for name, user in self.users.items():
            for model in MODELS:
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(user=name, model=model, operation=operation):
                        records = self.env[model].with_user(user)
                        self.assertEqual(
                            records.has_access(operation), name in ("manager", "other")
                        )

    def test_a_page_is_its_owner_s(self):
        Preflight = self.env["gpt.preflight"].with_user(self.users["manager"])
        page = Preflight.browse(Preflight.action_open()["res_id"])
        with self.assertRaises(AccessError):
            page.with_user(self.users["other"]).read(["state"])
        with self.assertRaises(AccessError):
            page.finding_ids[0].with_user(self.users["other"]).read(["detail"])


@tagged("post_install", "-at_install")
class TestRemoteCalls(GptMixin, HttpCase):
    """What a portal user, an employee or nobody at all gets over HTTP."""

    def error_of(self, model, method):
        """Call as the web client does; return the error that comes."""
        params = {"model": model, "method": method, "args": [], "kwargs": {}}
        reply = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        self.assertNotIn("result", reply)
        return reply["error"]["data"]["name"]

    @mute_logger("odoo.http")
    def test_the_page(self):
        self.authenticate(None, None)
        self.assertIn("SessionExpired", self.error_of("gpt.preflight", "action_open"))
        for name in ("portal", "employee"):
            login = f"remote_{name}"
            new_test_user(self.env, login, groups=GROUPS[name], password=login)
            self.authenticate(login, login)
            with self.subTest(name):
                error = self.error_of("gpt.preflight", "action_open")
                self.assertIn("AccessError", error)
        self.assertFalse(self.server.journal.entries())

    @mute_logger("odoo.http")
    def test_checks_are_private(self):
        login = "remote_manager"
        new_test_user(self.env, login, groups=GROUPS["manager"], password=login)
        self.authenticate(login, login)
        for model, method in (
            ("gpt.check.job.runner", "_prove_runner"),
            ("gpt.check.provider", "_probes"),
        ):
            self.assertIn("AccessError", self.error_of(model, method))
