# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.gpt_core.engine.conversation.transcript import Turn
from odoo.addons.livechat_gpt.engine.person_replies import person_replies

_SPEAKERS = {"v": "Visitor", "a": "Assistant", "e": "Employee"}


def said(*turns: str) -> list[Turn]:
    """Return turns of texts that begin with who speaks: ``v: Hola``."""
    split = (turn.partition(": ") for turn in turns)
    return [Turn(_SPEAKERS[speaker], text) for speaker, _colon, text in split]


def test_a_question_and_what_a_person_answered() -> None:
    turns = said(
        "a: ¡Hola! Soy Sofía.",
        "v: ¿Cuánto cuesta el envío?",
        "a: El envío cuesta 150 pesos.",
        "v: ¿Y a una isla?",
        "v: Vivo en Cozumel.",
        "a: Te paso con un colega.",
        "e: Buenas tardes.",
        "e: A las islas son 300 pesos y tarda una semana.",
        "v: Gracias",
        "e: Con gusto, hasta luego.",
        "v: ¿Aceptan tarjeta de crédito?",
        "e: Sí, todas menos American Express.",
    )
    assert person_replies(turns) == [
        (
            "¿Y a una isla?\nVivo en Cozumel.",
            "Buenas tardes.\nA las islas son 300 pesos y tarda una semana.",
        ),
        ("¿Aceptan tarjeta de crédito?", "Sí, todas menos American Express."),
    ]


def test_what_the_assistant_answers_is_nobodys_reply() -> None:
    assert not person_replies(said("v: ¿Cuánto cuesta el envío?", "a: Cuesta 150."))
    turns = said(
        "v: ¿Cuánto cuesta el envío?",
        "e: El envío cuesta 150 pesos en total.",
        "a: Ya estoy aquí otra vez con más información.",
        "e: Y otra cosa que nadie ha preguntado.",
    )
    assert person_replies(turns) == [
        ("¿Cuánto cuesta el envío?", "El envío cuesta 150 pesos en total.")
    ]


def test_what_tells_nothing() -> None:
    assert not person_replies([])
    assert not person_replies(said("e: Hola, ¿en qué puedo ayudarte hoy?"))
    assert not person_replies(said("v: Hola", "e: Hola, ¿en qué le ayudo hoy?"))
    assert not person_replies(said("v: ¿Cuánto cuesta el envío?", "e: Ahora veo"))
