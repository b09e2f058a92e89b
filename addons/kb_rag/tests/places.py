# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where vectors are kept; to be mixed into test cases.

Addons with a kind of store have a place of their own, and run these tests in it.
"""


class StoredCase:
    """Tests that are run in each of the places."""

    # Odoo leaves inherited tests out without this.
    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        self.store = self.make_store()

    def make_stored_collection(self, *args, **values):
        return self.make_collection(*args, store_id=self.store.id, **values)


class DatabasePlace:
    """Odoo's own database."""

    def make_store(self):
        return self.env["gpt.kb.store"]
