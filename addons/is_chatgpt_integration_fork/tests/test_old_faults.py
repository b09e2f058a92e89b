# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults of the old app that our own code must not have."""

import os
import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

ADDONS = Path(__file__).parents[2]


@tagged("post_install", "-at_install")
class TestOldFaults(BaseCase):
    def sources(self):
        ours = [path.parent for path in ADDONS.glob("*/__manifest__.py")]
        found = [
            path
            for addon in ours
            # The folders of an addon may be links.
            for folder, _folders, names in os.walk(addon, followlinks=True)
            for path in (Path(folder, name) for name in names)
            if path.suffix in (".py", ".xml") and "tests" not in path.parts
        ]
        self.assertGreater(len(found), 20)
        for path in found:
            yield path, path.read_text(encoding="utf-8")

    def test_notify_thread_is_overridden_nowhere(self):
        for path, text in self.sources():
            self.assertNotRegex(text, r"def _notify_thread\w*\(", str(path))

    def test_no_user_is_made(self):
        for path, text in self.sources():
            self.assertNotRegex(text, r'model="res\.users"', str(path))

    def test_no_page_without_a_template(self):
        for path, text in self.sources():
            self.assertNotRegex(text, re.escape("/chatgpt_form"), str(path))

    def test_misspelt_setting_is_only_read(self):
        """The old name stands in one place: where it is taken over."""
        holders = [p.name for p, text in self.sources() if "chatgp_model" in text]
        self.assertEqual(holders, ["gpt_migration_settings.py"])
