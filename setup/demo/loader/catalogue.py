# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The products, and the lines in which the assistant knows them."""

from typing import Any

from .records import own, read, upsert


def load(env: Any) -> None:
    """Create the products with their prices."""
    for item in read("products"):
        values = {
            "name": item["name"],
            "default_code": item["code"],
            "list_price": item["price"],
            "description_sale": item["text"],
            "type": "consu",
        }
        upsert(env, "product.template", f"product_{item['id']}", values)


def products(env: Any) -> list[Any]:
    """Return the products, in the order of their file."""
    return [own(env, f"product_{item['id']}") for item in read("products")]


def price_lines(env: Any) -> list[str]:
    """Return one sentence per product, with the price that it has now."""
    return [
        f"{product.name} ({product.default_code}) cuesta "
        f"${product.list_price:,.0f} MXN: {product.description_sale}."
        for product in products(env)
    ]
