# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes in texts and in questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.kb_rag.engine.retrieval.codes import MAX_CODES, code_lexemes, codes_of


@pytest.mark.parametrize(
    ("text", "lexemes"),
    [
        ("La SKU-01234 cuesta 150 pesos.", {"#sku01234", "#01234"}),
        ("sku 01234", {"#sku01234"}),
        ("SKU‑01234", {"#sku01234", "#01234"}),  # a hyphen that does not break
        ("Molino Duo 58, 58 mm", {"#duo58", "#58mm"}),
        ("AB/12-3.", {"#ab123"}),
        (
            "SKU-01234/SKU-01235.pdf",
            {"#sku01234sku01235pdf", "#sku01234", "#sku01235", "#01234", "#01235"},
        ),
        ("el 10-2345-67", {"#10-2345-67"}),
        ("Nada de códigos; post-venta, e-mail.", set()),
        ("de 150 a 200 en 3 días", set()),
        ("Ñandú-7", {"#nandu7"}),
    ],
)
def test_codes_of_a_text(text: str, lexemes: set[str]) -> None:
    assert set(code_lexemes(text)) == lexemes


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("¿Cuánto cuesta la SKU-01234?", {"#sku01234": True}),
        ("¿Y la sku01234?", {"#sku01234": True}),
        ("¿Tienen el SKU 01500?", {"#sku01500": True}),
        ("SKU 01500", {"#sku01500": True}),
        ("¿tienen el sku 01500?", {"#sku01500": False}),
        ("CUANTO CUESTA ENVIAR A LEON 37000", {"#leon37000": False}),
        ("¿Qué dice la NOM-051?", {"#nom051": True}),
        ("mi orden 12345", {"#orden12345": False}),
        ("mi pedido 12345", {}),
        ("el 12/05/2026", {"#12/05/2026": False}),
        ("¿Cuánto cuesta el envío de 3 a 5 kilos?", {}),
        ("RFC GODE561231GR8", {"#gode561231gr8": True}),
    ],
)
def test_codes_of_a_question(question: str, codes: dict[str, bool]) -> None:
    assert {code.lexeme: code.certain for code in codes_of(question)} == codes


@given(st.text(alphabet="aB1 -/._#á", max_size=200))
def test_a_code_is_found_as_it_is_written(text: str) -> None:
    lexemes = set(code_lexemes(text))
    codes = codes_of(text)
    assert {code.lexeme for code in codes} <= lexemes
    assert len(codes) <= MAX_CODES
    assert all(len(lexeme) > 1 for lexeme in lexemes)
