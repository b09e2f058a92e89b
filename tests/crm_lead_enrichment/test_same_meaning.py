# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest

from odoo.addons.crm_lead_enrichment.engine.same_meaning import (
    same_meaning,
    same_passage,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café Kaab, S.A. de C.V.", "cafe kaab sa de cv"),
        ("+52 999 555 0118", "(999) 555-0118"),
        ("Lucia@Cafe.example", "lucia@cafe.example"),
        (55000, 55000.0),
        ([3, 1], [1, 3]),
        (False, False),
    ],
)
def test_same(one: object, other: object) -> None:
    assert same_meaning(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mérida", "Cancún"),
        ("999 555 0118", "999 555 0119"),
        ("0118", "555 0118"),
        (55000, 5500),
        ("3", "2"),
        ("1", True),
        ([1], [1, 2]),
        ("2027-01-15", "2027-01-16"),
    ],
)
def test_different(one: object, other: object) -> None:
    assert not same_meaning(one, other)


def test_a_part_of_a_passage() -> None:
    assert same_passage("Nos urge cotizar", "…nos URGE, cotizar dos máquinas")
    assert not same_passage("nos urge", "ya no hay prisa")
