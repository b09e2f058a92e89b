# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal things have the same digest, and others have not."""

import datetime

from odoo.addons.gpt_core.engine.digest import digest


def test_digest() -> None:
    text = ["email", "m", "Hola"]
    same = digest(1, [text], "es")
    assert same == digest(1, [list(text)], "es")
    others = [
        digest(2, [text], "es"),
        digest(1, [text], "en"),
        digest(1, [["email", "m", "Adiós"]], "es"),
        digest(1, [text, text], "es"),
        digest(1, [], "es"),
        digest(1, [text]),
    ]
    assert len({same, *others}) == 7


def test_the_order_of_keys_does_not_matter() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1, "b": 2}) != digest({"a": 2, "b": 1})


def test_what_is_no_json() -> None:
    day = datetime.date(2026, 1, 31)
    assert digest(day) == digest("2026-01-31") != digest(day.replace(day=30))
    assert digest("\ud83d"), "half a character"
