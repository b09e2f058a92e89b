# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What everybody says is told from what somebody wants."""

import pytest

from odoo.addons.gpt_core.engine.text.small_talk import (
    is_courtesy,
    without_courtesies,
)


@pytest.mark.parametrize(
    "text",
    ["Hola", "¡Buenas tardes!", "ola buenos dias", "Muchas gracias, hasta luego",
     "Hi there", "hola, ¿qué tal?", "OK, gracias", "Estimado:", "Best regards",
     "¡Buenos,  DÍAS!"],
)  # fmt: skip
def test_courtesies(text: str) -> None:
    assert is_courtesy(text)
    assert without_courtesies(text) == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hola, ¿cuánto cuesta?", "cuanto cuesta"),
        ("gracias a Dios llegó", "a dios llego"),
        ("holanda", "holanda"),
        ("sí", "si"),
        ("Buenos días, gracias por su envío", "por su envio"),
        ("Hola $1,000", "1 000"),
    ],
)
def test_more_than_courtesies(text: str, rest: str) -> None:
    assert not is_courtesy(text)
    assert without_courtesies(text) == rest


@pytest.mark.parametrize("text", ["👍", "❤️", "👍🏽 🙏", "👋", "👩‍🔧😊", "Gracias 🙏"])
def test_emoji_say_no_more_than_courtesies(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "\u200b", "?", "👍?", "❓", "🆘", "👍 150"]
)
def test_no_words_are_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)
