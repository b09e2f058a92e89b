# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whom a message addresses, and what accepts an offer."""

import pytest

from odoo.addons.is_chatgpt_integration_fork.engine.mentions import (
    is_broadcast,
    is_named,
    linked_partners,
)
from odoo.addons.is_chatgpt_integration_fork.engine.replies import accepts_offer


def test_links_to_contacts() -> None:
    html = (
        '<p><a href="/x" data-oe-id="7" data-oe-model="res.partner">@A</a>'
        '<a data-oe-model="res.partner" data-oe-id="8">@B</a>'
        '<a data-oe-model="discuss.channel" data-oe-id="9">#c</a></p>'
    )
    assert linked_partners(html) == {7, 8}
    assert linked_partners("@A 7 res.partner") == set()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@ChatGPT hola", True),
        ("oye @chatgpt, hola", True),
        ("a@chatgpt.example", False),
        ("@ChatGPTs", False),
        ("ChatGPT", False),
    ],
)
def test_names_typed_by_hand(text: str, named: bool) -> None:
    assert is_named(text, "ChatGPT") is named


def test_a_name_that_is_a_pattern() -> None:
    assert is_named("@ChatGPT (AI) hola", "ChatGPT (AI)")
    assert not is_named("hola", " ")


def test_broadcasts() -> None:
    assert is_broadcast("hola", {1, 2, 3}, {1, 2})
    assert is_broadcast("@everyone hola", {3}, {1, 2})
    assert not is_broadcast("hola", {3}, {1, 2})
    assert not is_broadcast("hola", {3}, set())


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("private", True),
        ("Sí, por favor", True),
        ("“privado”", True),
        ("siempre es así", False),
        ("no", False),
        ("yes " * 40, False),
    ],
)
def test_yes(text: str, accepted: bool) -> None:
    assert accepts_offer(text) is accepted
