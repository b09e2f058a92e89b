# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The leads: what people wrote, as it comes."""

from typing import Any

from .records import own, read, upsert


def load(env: Any) -> None:
    """Create the leads, unassigned and without estimates."""
    plain = ("name", "contact_name", "partner_name", "email_from", "phone", "city")
    for item in read("leads"):
        values = {name: item[name] or False for name in plain}
        values |= {
            "type": "lead",
            "description": f"<p>{item['description']}</p>",
            "country_id": env.ref("base.mx").id,
            "user_id": own(env, "user_mariana").id,
        }
        upsert(env, "crm.lead", f"lead_{item['id']}", values)
