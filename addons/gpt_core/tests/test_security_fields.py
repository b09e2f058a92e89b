# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress
from functools import partial

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_security import SecurityCase

KEY = "sk-very-secret-4711"
# Fields of each model, and who of employee and manager may not read them.
HIDDEN = {
    "gpt.provider": {
        "api_key": ("employee", "manager"),
        "extra_headers": ("employee", "manager"),
        "proxy": ("employee", "manager"),
    },
    "gpt.request": {
        "prompt": ("employee",),
        "masked_answer": ("employee",),
        "masked_data": ("employee",),
        "error_message": ("employee",),
        "placeholders": ("employee", "manager"),
        "pending_values": ("employee", "manager"),
    },
    "gpt.conversation": {"placeholders": ("employee", "manager")},
}


@tagged("post_install", "-at_install")
class TestHiddenFields(SecurityCase):
    """A key, a prompt: not by reading, searching, grouping, exporting or defaults."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.api_key = KEY
        cls.conversation = cls.env["gpt.conversation"].create(
            {
                "name": "Chat",
                "user_id": cls.users["employee"].id,
                "placeholders": {"[[RFC_1]]": "GODE561231GR8"},
            }
        )
        service = cls.env["gpt.service"].with_user(cls.users["employee"])
        cls.request = service.complete(
            "brief", {"text": "RFC GODE561231GR8"}, conversation=cls.conversation
        ).sudo()
        cls.records = {
            "gpt.provider": cls.provider,
            "gpt.request": cls.request,
            "gpt.conversation": cls.conversation,
        }

    def refused(self, attempt, label):
        """Run what must not succeed, without leaving anything behind."""
        with self.subTest(label):
            self.env.invalidate_all()
            try:
                result = attempt()
            except (AccessError, UserError, ValueError, KeyError):
                return
            self.fail(f"it was answered: {result}")

    def test_fields(self):
        for model, fields in HIDDEN.items():
            for field, users in fields.items():
                for name in users:
                    self._try_field(self.as_user(name, self.records[model]), field)

    def _try_field(self, record, field):
        value = record.sudo()[field]
        text = value if isinstance(value, str) and value else "x"
        label = f"{record.env.user.login} {record._name}.{field}"
        self.refused(lambda: record.read([field]), f"{label} read")
        self.refused(lambda: record.mapped(field), f"{label} mapped")
        self.refused(
            lambda: record.search([(field, "ilike", text[:6])]), f"{label} search"
        )
        self.refused(
            lambda: record.search([(field, "!=", False)]), f"{label} search set"
        )
        self.refused(lambda: record.search([], order=field), f"{label} order")
        self.refused(lambda: record._read_group([], [field]), f"{label} group")
        self.refused(
            lambda: record._read_group([], [], [f"{field}:array_agg"]),
            f"{label} aggregate",
        )
        self.refused(lambda: record.export_data([field]), f"{label} export")
        self.refused(lambda: record.search_read([], [field]), f"{label} search_read")
        self.refused(lambda: record.write({field: "mine"}), f"{label} write")
        self.assertNotIn(field, record.fields_get())
        with suppress(AccessError):
            self.assertNotIn(field, record.default_get([field]))

    def test_a_key_through_other_records(self):
        """By way of the models, which every employee may read."""
        for name in ("employee", "manager"):
            self._try_path(self.as_user(name, self.model), "provider_id.api_key")
            found = self.as_user(name, self.env["gpt.request"]).search([])
            self.refused(
                partial(found.mapped, "model_id.provider_id.api_key"), "request"
            )

    def _try_path(self, record, path):
        for label, attempt in {
            "search": partial(record.search, [(path, "ilike", "sk")]),
            "search set": partial(record.search, [(path, "!=", False)]),
            "order": partial(record.search, [], order=path),
            "mapped": partial(record.mapped, path),
            "group": partial(record._read_group, [], [path]),
            "export": partial(record.export_data, [path.replace(".", "/")]),
        }.items():
            self.refused(attempt, f"{record.env.user.login} {path} {label}")

    def test_a_prompt_through_other_records(self):
        request = self.as_user("employee", self.request)
        for path in (
            "chain_version_id.snapshot",
            "chain_id.step_ids.system_prompt",
            "chain_version_id.chain_id.code",
        ):
            self._try_path(request, path)
        conversation = self.as_user("employee", self.conversation)
        self.refused(lambda: conversation.mapped("request_ids.prompt"), "conversation")
        self.refused(
            lambda: conversation.export_data(["request_ids/prompt"]), "conversation"
        )

    def test_names_tell_nothing(self):
        texts = []
        for name in ("employee", "manager"):
            for record in (self.request, self.conversation, self.model):
                mine = self.as_user(name, record)
                texts.append(mine.display_name)
                if record._rec_name:
                    texts.append(str(mine.name_search("")))
        texts.append(self.as_user("manager", self.provider).display_name)
        for text in texts:
            self.assertNotIn(KEY, text)
            self.assertNotIn("You are brief", text)
            self.assertNotIn("GODE561231GR8", text)

    def test_everything_that_may_be_read_has_no_key(self):
        for name in ("employee", "manager"):
            for model in ("gpt.model", "gpt.request", "gpt.conversation"):
                rows = self.as_user(name, self.env[model]).search([]).read()
                self.assertNotIn(KEY, str(rows))
        rows = self.as_user("manager", self.env["gpt.provider"]).search([]).read()
        self.assertTrue(rows)
        self.assertNotIn(KEY, str(rows))

    def test_a_manager_cannot_send_the_key_elsewhere(self):
        provider = self.as_user("manager", self.provider)
        for values in (
            {"base_url": "http://evil.test/v1"},
            {"authentication": "api_key"},
            {"api_key": "mine"},
        ):
            with self.assertRaises(AccessError):
                provider.write(values)
        with self.assertRaises(AccessError):
            provider.copy()
        copied = self.as_user("system", self.provider).copy()
        self.assertFalse(copied.api_key, "a copy has no key")

    def test_employees_may_search_what_they_may_read(self):
        self.server.answer_with("Anoté [[RFC_1]].")
        request = self.complete("employee", conversation=self.conversation)
        found = self.as_user("employee", self.env["gpt.request"]).search(
            [("answer", "ilike", "Anoté")]
        )
        self.assertEqual(found, request)
