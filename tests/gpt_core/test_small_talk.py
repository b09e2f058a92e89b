# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What everybody says is told from what somebody wants."""

import pytest

from odoo.addons.gpt_core.engine.text.small_talk import (
    is_small_talk,
    without_small_talk,
)


@pytest.mark.parametrize(
    "text",
    ["Hola", "¡Buenas tardes!", "ola buenos dias", "Muchas gracias, hasta luego",
     "Hi there", "hola, ¿qué tal?", "OK, gracias", "Estimado:", "Best regards",
     "¡Buenos,  DÍAS!"],
)  # fmt: skip
def test_small_talk(text: str) -> None:
    assert is_small_talk(text)
    assert without_small_talk(text) == ""


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
def test_more_than_small_talk(text: str, rest: str) -> None:
    assert not is_small_talk(text)
    assert without_small_talk(text) == rest


@pytest.mark.parametrize("text", ["👍", "❤️", "👍🏽 🙏", "👋", "👩‍🔧😊", "Gracias 🙏"])
def test_emoji_say_no_more_than_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "\u200b", "?", "👍?", "❓", "🆘", "👍 150"]
)
def test_no_words_are_no_small_talk(text: str) -> None:
    assert not is_small_talk(text)
