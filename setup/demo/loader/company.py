# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The company: name, address, currency, language."""

from typing import Any

from .records import image, read

LANG = "es_MX"
TIMEZONE = "America/Mexico_City"


def load(env: Any) -> None:
    """Describe the main company; make Spanish (Mexico) everybody's language."""
    data = read("company")
    company = env.ref("base.main_company")
    plain = ("name", "street", "street2", "zip", "city", "phone", "email", "website")
    company.write(
        {name: data[name] for name in plain}
        | {
            "logo": image("logo"),
            "country_id": env.ref(data["country"]).id,
            "state_id": env.ref(data["state"]).id,
            "currency_id": _activated(env.ref("base.MXN")).id,
        }
    )
    company.partner_id.write({"lang": LANG, "tz": TIMEZONE})
    admin = env.ref("base.user_admin")
    admin.write({"lang": LANG, "tz": TIMEZONE, "email": f"admin@{_domain(data)}"})
    env["ir.default"].set("res.partner", "lang", LANG)


def _activated(currency: Any) -> Any:
    currency.active = True
    return currency


def _domain(data: dict[str, Any]) -> str:
    return data["email"].partition("@")[2]
