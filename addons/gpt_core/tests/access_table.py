# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may touch which model, as a table that an addon's test fills in."""

from odoo.exceptions import AccessError, UserError

# What a kind of user may do: read, write, create, delete.
OPERATIONS = ("read", "write", "create", "unlink")
NOTHING, READ = (False,) * 4, (True, False, False, False)
READ_DELETE = (True, False, False, True)
READ_WRITE_CREATE = (True, True, True, False)
ALL = (True,) * 4


class AccessTable:
    """Mix into a ``SecurityCase``.

    ``TABLE``: what an employee, a manager and a system administrator may do, by model.
    """

    TABLE = {}

    def test_models(self):
        for model, (employee, manager, system) in self.TABLE.items():
            expected = {
                "public": NOTHING,
                "portal": NOTHING,
                "employee": employee,
                "manager": manager,
                "system": system,
            }
            for name, rights in expected.items():
                records = self.as_user(name, self.env[model])
                found = tuple(records.has_access(op) for op in OPERATIONS)
                self.assertEqual(found, rights, f"{name} {model}")

    def test_outsiders_read_nothing(self):
        for name in ("public", "portal"):
            for model in self.TABLE:
                records = self.as_user(name, self.env[model])
                for attempt in (
                    lambda records: records.search([]),
                    lambda records: records.search_count([]),
                    lambda records: records.name_search(""),
                    lambda records: records.browse(1).read(["display_name"]),
                    lambda records: records._read_group([], [], ["__count"]),
                ):
                    with self.subTest(f"{name} {model}"):
                        with self.assertRaises(AccessError):
                            attempt(records)
                with self.assertRaises(UserError):
                    records.browse(1).export_data(["display_name"])
