# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What somebody else had written before is found without any mark."""

import pytest

from odoo.addons.crm_lead_enrichment.engine.repeated_words import EarlierWords

OURS = (
    "Hola Ana:\nLes ofrecemos dos máquinas por 99,000 pesos, con entrega en enero.\n"
    "Quedo a sus órdenes."
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Sí.\n{OURS}", "Sí."),
        (
            "Sí.\nLes ofrecemos dos máquinas por\n99,000 pesos, con entrega\nen enero.",
            "Sí.",
        ),
        ("Quedo a sus órdenes. Ana", "Ana"),
        (
            "Queremos dos máquinas por 99,000 pesos",
            "Queremos dos máquinas por 99,000 pesos",
        ),
        ("Hola Ana:", "Hola Ana:"),
        ("Otra cosa.", "Otra cosa."),
        ("", ""),
    ],
)
def test_left_out(text: str, left: str) -> None:
    words = EarlierWords()
    words.add(OURS)
    assert words.left_out_of(text).strip(" .") == left.strip(" .")


def test_nothing_was_written_before() -> None:
    assert EarlierWords().left_out_of(OURS) == OURS
