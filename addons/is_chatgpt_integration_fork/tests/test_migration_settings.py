# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .migration_common import MigrationCommon
from .old_database import KEY, OLD


@tagged("post_install", "-at_install")
class TestMigrationSettings(MigrationCommon):
    def leftovers(self):
        """Return the old parameters that are still there, and their values."""
        self.env.cr.execute(
            "SELECT key, value FROM ir_config_parameter"
            " WHERE key LIKE %s OR value = %s",
            [f"{OLD}.%", KEY],
        )
        return self.env.cr.fetchall()

    def test_key_moves_into_the_provider(self):
        self.old()
        self.assertTrue(self.leftovers())
        report = self.migrate()
        self.assertEqual(self.provider.api_key, KEY)
        self.assertFalse(self.leftovers(), "the key in clear text")
        self.assertIn("rotate", self.codes(report, "todo"))
        self.assertNotIn(KEY, str(report.line_ids.mapped("data")))

    def test_key_of_ours_stays(self):
        self.old()
        self.provider.api_key = "sk-ours"
        self.migrate()
        self.assertEqual(self.provider.api_key, "sk-ours")
        kept = self.env["gpt.provider"].search([]).filtered(lambda p: p.api_key == KEY)
        self.assertEqual(len(kept), 1, "the old one is not lost")
        self.assertFalse(self.leftovers())

    def test_same_key(self):
        self.old()
        self.provider.api_key = KEY
        count = self.env["gpt.provider"].search_count([])
        report = self.migrate()
        self.assertEqual(self.env["gpt.provider"].search_count([]), count)
        self.assertIn("key_known", self.codes(report))
        self.assertFalse(self.leftovers())

    def test_key_goes_to_no_other_server(self):
        self.old()
        local = self.env["gpt.provider"].create(
            {"name": "Local", "base_url": "http://localhost:1/v1"}
        )
        model = self.env["gpt.model"].create({"name": "m", "provider_id": local.id})
        self.params.set_param("gpt_core.model", model.name)
        self.params.set_param("gpt_core.provider_id", local.id)
        self.migrate()
        self.assertFalse(local.api_key)
        self.assertEqual(self.provider.api_key, KEY)

    def test_key_that_is_none(self):
        self.old()
        self.params.set_param(f"{OLD}.openapi_api_key", "mi clave está aquí")
        report = self.migrate()
        self.assertFalse(self.leftovers())
        self.assertFalse(self.provider.api_key)
        self.assertIn("key_useless", self.codes(report))
        self.assertNotIn("failed", self.codes(report))

    def test_misspelt_model_is_a_record_id(self):
        self.old(model="gpt-4o")
        report = self.migrate()
        self.assertEqual(self.params.get_param("gpt_core.model"), "gpt-4o")
        self.assertFalse(self.params.get_param(f"{OLD}.chatgp_model"))
        self.assertIn("model", self.codes(report))

    def test_dead_models_get_a_living_successor(self):
        for series, name in (
            ("16.0", "text_davinci_003"),
            ("16.0", "gpt-3.5-turbo"),
            ("17.0", "gpt-4"),
        ):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.old(series=series, model=name)
                report = self.migrate()
                found = self.env["gpt.model"]._get_default()
                self.assertTrue(found.name.startswith("gpt-4o"))
                self.assertNotEqual(found.deprecation, "past")
                line = report.line_ids.filtered(lambda ln: ln.code == "model_successor")
                self.assertIn(found.name, line.text)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_successor_that_is_switched_off_has_one_itself(self):
        self.old(model="gpt-4o")
        model = self.env.ref("gpt_core.model_gpt_4o")
        model.retires_on = "2020-01-01"
        self.migrate()
        found = self.env["gpt.model"]._get_default()
        self.assertEqual(found, model.replaced_by_id)

    def test_default_in_use_stays(self):
        self.provider.api_key = "sk-ours"
        self.old(model="gpt-4o")
        report = self.migrate()
        self.assertEqual(self.params.get_param("gpt_core.model"), "gpt-4o-mini")
        self.assertIn("model_default_kept", self.codes(report))

    def test_list_of_models_is_gone(self):
        self.old(state="uninstalled").drop_models()
        report = self.migrate()
        self.assertIn("model_unknown", self.codes(report))
        self.assertFalse(self.leftovers())

    def test_further_parameters_are_named_not_shown(self):
        self.old()
        self.params.set_param(f"{OLD}.gemini_key", "secret-value")
        report = self.migrate()
        line = report.line_ids.filtered(lambda ln: ln.code == "other_parameters")
        self.assertIn("gemini_key", line.text)
        self.assertNotIn("secret-value", line.text)
        self.assertEqual(self.params.get_param(f"{OLD}.gemini_key"), "secret-value")
