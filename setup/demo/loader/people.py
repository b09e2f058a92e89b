# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The people who work there; each password is the login."""

from typing import Any

from .company import LANG, TIMEZONE
from .records import read, upsert


def load(env: Any) -> None:
    """Create the employees, and let everybody tell leads from opportunities."""
    users = env["res.users"].with_context(no_reset_password=True)
    groups_field = "group_ids" if "group_ids" in users._fields else "groups_id"
    for person in read("people"):
        groups = [env.ref(name).id for name in ["base.group_user", *person["groups"]]]
        values = {name: person[name] for name in ("name", "login", "email")}
        values |= {
            "lang": LANG,
            "tz": TIMEZONE,
            "password": person["login"],
            groups_field: [(6, 0, groups)],
        }
        user = upsert(users.env, "res.users", person["id"], values)
        user.partner_id.function = person["function"]
    employees = env.ref("base.group_user")
    employees.implied_ids = [(4, env.ref("crm.group_use_lead").id)]
