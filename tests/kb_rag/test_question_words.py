# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest

from odoo.addons.kb_rag.engine.retrieval.question_words import words_to_look_up

PRICE = ["cuesta", "el", "envío"]


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuánto cuesta el envío?",
        "Soy Juan Pérez, ¿cuánto cuesta el envío?",
        "Me llamo María de la Luz Gómez. ¿Cuánto cuesta el envío?",
        "mi nombre es Ñico Úrsulo y ¿cuánto cuesta el envío?",
        "[[NAME_1]] [[PHONE_1]]: ¿cuánto cuesta el envío?",
        "¿cuánto cuesta el envío? I'm John Smith",
    ],
)
def test_who_asks_is_no_word_of_the_question(question):
    words = [word for word in words_to_look_up(question) if word != "y"]
    assert words == PRICE


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Soy de Monterrey, ¿cuánto cuesta el envío?", "monterrey"),
        ("Soy cliente mayorista, ¿hay descuento?", "mayorista"),
        ("¿Quién es Juan Pérez?", "juan"),
        ("¿Qué dice la norma NOM-051?", "nom-051"),
        ("pedido 551234567890", "551234567890"),
        # A part number that looks like a tax number.
        ("¿Tienen la GODE561231GR8?", "gode561231gr8"),
        ("¿Tienen el [[modelo]] X_1?", "modelo"),
    ],
)
def test_what_is_asked_stays(question, word):
    assert word in words_to_look_up(question)


def test_words_of_a_long_question_have_an_end():
    assert len(words_to_look_up(" ".join(f"palabra{n}" for n in range(500)))) == 40
