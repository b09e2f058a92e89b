# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import GptCommon
from .jobs import perform


@tagged("post_install", "-at_install")
class TestProvider(GptCommon):
    def test_connection(self):
        message = self.provider.action_test_connection()["params"]["message"]
        self.assertRegex(message, r"\d+ models")

    def test_wrong_key(self):
        self.provider.api_key = "wrong"
        with self.assertRaisesRegex(UserError, "does not accept the API key"):
            self.provider.action_test_connection()

    def test_who_may_not_see_it_does_not_make_it_be_asked(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, f"u{groups[-5:]}", groups=groups)
            provider = self.provider.with_user(user)
            with self.assertRaises(AccessError):
                provider.action_test_connection()
            with self.assertRaises(AccessError):
                provider.action_fetch_models()
        self.assertFalse(self.server.journal.entries())

    def test_nobody_there(self):
        self.provider.base_url = "http://127.0.0.1:9/v1"
        with self.assertRaisesRegex(UserError, "cannot be reached"):
            self.provider.action_test_connection()

    def test_no_key(self):
        self.provider.api_key = False
        with self.assertRaisesRegex(UserError, "No provider with an API key"):
            self.provider.action_fetch_models()

    def fetch(self):
        action = self.provider.action_fetch_models()
        perform(self.env, self.env["gpt.model.fetch"].browse(action["res_id"]))

    def test_fetch_models(self):
        self.use_own_transactions()
        self.fetch()
        models = self.provider.model_ids
        self.assertIn("gpt-4o", models.mapped("name"))
        embeddings = models.filtered(lambda m: m.kind == "embedding")
        self.assertIn("text-embedding-3-small", embeddings.mapped("name"))
        count = len(models)
        self.fetch()
        self.assertEqual(len(self.provider.model_ids), count)

    def test_default_model(self):
        Model = self.env["gpt.model"]
        params = self.env["ir.config_parameter"]
        self.assertEqual(Model._get_default(), self.model)
        tuned = Model.create(
            {"name": "ft:gpt-4o-mini:odoo", "provider_id": self.provider.id}
        )
        params.set_param("gpt_core.model", tuned.name)
        self.assertEqual(Model._get_default(), tuned)
        params.set_param("gpt_core.model", "nobody-knows")
        self.assertFalse(Model._get_default())

    def test_what_is_changed_holds_from_the_next_request(self):
        chain = self.make_chain("brief")
        chain.model_id = self.model
        chain.action_publish()

        def ask():
            request = self.env["gpt.service"].complete("brief", {"text": "Hola"})
            return request, self.server.journal.entries("/v1/responses")[-1]

        first, sent = ask()
        self.assertEqual(sent.body["model"], "gpt-4o-mini")
        self.assertIn("temperature", sent.body)
        key = sent.api_key_fingerprint
        self.model.write(
            {"name": "gpt-4o", "supports_temperature": False, "price_output": 6}
        )
        self.provider.api_key = "sk-other"
        second, sent = ask()
        self.assertEqual(sent.body["model"], "gpt-4o")
        self.assertNotIn("temperature", sent.body)
        self.assertNotEqual(sent.api_key_fingerprint, key)
        self.assertGreater(second.cost, first.cost)
        self.provider.api_key = False
        self.assertEqual(
            self.env["gpt.service"].complete("brief", {"text": "Hola"}).error_code,
            "not_configured",
        )

    def test_default_model_that_goes(self):
        Model = self.env["gpt.model"]
        other = self.provider.copy({"name": "Other", "api_key": "sk-other"})
        twin = self.model.copy({"provider_id": other.id})
        self.env["ir.config_parameter"].set_param("gpt_core.provider_id", other.id)
        self.assertEqual(Model._get_default(), twin)
        other.active = False
        self.assertNotEqual(Model._get_default(), twin)
        other.active = True
        self.assertEqual(Model._get_default(), twin)
        twin.name = "renamed"
        self.assertNotEqual(Model._get_default(), twin)
        twin.name = self.model.name
        self.assertEqual(Model._get_default(), twin)
        twin.unlink()
        self.assertEqual(Model._get_default().name, self.model.name)

    def test_settings(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.gpt_model_id, self.model)
        other = self.env["gpt.model"].create(
            {"name": "other", "provider_id": self.provider.id}
        )
        settings.gpt_model_id = other
        settings.gpt_max_tokens = 99
        settings.execute()
        self.assertEqual(self.env["gpt.model"]._get_default(), other)
        self.make_chain("brief")
        request = self.env["gpt.service"].complete("brief", {"text": "Hola"})
        self.assertEqual(request.error_code, "unknown_model")
        self.assertEqual(self.last_sent()["max_output_tokens"], 99)

    def test_bad_values(self):
        with self.assertRaises(ValidationError):
            self.provider.base_url = "localhost:1234"
        with self.assertRaises(ValidationError):
            self.model.copy()
        for values in ({"timeout": 0}, {"max_retries": -1}):
            with self.assertRaises(ValidationError):
                self.provider.write(values)

    def test_defaults_end_before_a_job_is_ended(self):
        provider = self.env["gpt.provider"].create({"name": "New"})
        self.assertLess(provider._longest_call(), 120, "Odoo's default limit_time_real")
