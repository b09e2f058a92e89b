# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers are cut at the end of a sentence."""

import pytest

from odoo.addons.gpt_core.engine.text.length import cut_at_sentence


@pytest.mark.parametrize(
    ("text", "max_chars", "cut"),
    [
        ("Hola. ¿Qué tal?", 0, "Hola. ¿Qué tal?"),
        ("Hola. ¿Qué tal?", 16, "Hola. ¿Qué tal?"),
        ("  Hola.  ", 6, "Hola."),
        ("Hola. ¿Qué tal?", 9, "Hola."),
        ("Uno dos. Tres cuatro cinco", 20, "Uno dos. Tres…"),
        ("Cuesta 1.250.50 pesos hoy", 12, "Cuesta…"),
        ("Dijo «sí.» Luego se fue", 15, "Dijo «sí.»"),
        ("Listo!!! Sigue", 10, "Listo!!!"),
        ("Una línea\nOtra línea larga", 15, "Una línea"),
        ("Palabraquenoseacaba", 10, "Palabraq…"),
        ("Hola", 1, ""),
        ("Hola", 2, "…"),
        ("", 5, ""),
        ("   ", 2, ""),
    ],
)
def test_cut(text: str, max_chars: int, cut: str):
    assert cut_at_sentence(text, max_chars) == cut
