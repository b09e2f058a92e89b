# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo's model quotes the facts of the prompt, and nothing else."""

import pytest
from openai_server.prompts import Message
from openai_server.text import fold, stem

from setup.demo.model.answers import Answer, answer
from setup.demo.model.facts import (
    fact_list,
    fact_text,
    fields_of,
    question_of,
)
from setup.demo.model.text import language, sentences

INSTRUCTIONS = "You are Sofía. Never mention the price of a competitor's grinder."
FACTS = """
Café Ámbar, S.A. de C.V. vende equipo para cafeterías desde 1998. Es de Puebla.
Horario: lunes a viernes de 9:00 a.m. a 6:00 p.m. y sábados de 10:00 a 14:00.
Domicilio: Av. Juárez 1203, Col. La Paz, Puebla.

# Envíos
- Enviamos a todo México en 3 a 5 días hábiles por $180 MXN.
- El envío es gratis en compras mayores a $3,000 MXN.

Garantía:
- Molinos: 2 años en el motor.
- Máquinas de espresso: 1 año en piezas y mano de obra.
Facturación: emitimos CFDI 4.0 el mismo día.

Productos:
* Molino Ámbar 64: $8,490 MXN, muelas planas de 64 mm.
* Máquina Espresso Duo: $42,900 MXN, dos grupos.
* Tetera cuello de ganso: $1,250 MXN.

Aceptamos devoluciones dentro de 30 días con el empaque original.
"""
HOURS = "Horario: lunes a viernes de 9:00 a.m. a 6:00 p.m. y sábados de 10:00 a 14:00."


def ask(*questions: str, facts: str = FACTS) -> Answer:
    """The answer to the last of several user messages."""
    system = f"{INSTRUCTIONS}\n<facts>\n{facts}\n</facts>\nAlways be kind."
    messages = [Message("system", system)]
    for question in questions:
        messages += [Message("user", question), Message("assistant", "…")]
    return answer(messages[:-1])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Cuál es su horario?", HOURS),
        ("a que hora abren los sabados", HOURS),
        ("¿Cuánto cuesta el molino?", "Molino Ámbar 64: $8,490 MXN"),
        ("precio de la tetera", "Tetera cuello de ganso: $1,250 MXN."),
        ("¿El envío es gratis?", "El envío es gratis en compras mayores a $3,000"),
        ("¿Hacen envíos a Monterrey?", "Enviamos a todo México en 3 a 5 días"),
        ("¿Dónde están ubicados?", "Av. Juárez 1203, Col. La Paz, Puebla."),
        ("¿Me pueden facturar?", "Facturación: emitimos CFDI 4.0 el mismo día."),
        ("quiero devolver algo", "Aceptamos devoluciones dentro de 30 días"),
        ("¿Desde cuándo venden equipo?", "vende equipo para cafeterías desde 1998."),
    ],
)
def test_questions_are_answered_with_the_fact(question: str, expected: str) -> None:
    found = ask(question)
    assert expected in found.text
    assert (found.kind, found.language) == ("quote", "es")
    assert found.confidence >= 0.34
    assert len(found.quotes) <= 2


def test_two_facts_together_answer_a_double_question() -> None:
    found = ask("¿Cuánto cuesta el envío y qué garantía dan los molinos?")
    assert len(found.quotes) == 2
    assert "Molinos: 2 años en el motor." in found.text
    assert "envío" in found.text or "Enviamos" in found.text


@pytest.mark.parametrize(
    "question",
    [
        "/asesor",
        "Quiero hablar con un asesor de ventas, por favor",
        "¿Me atiende una persona?",
        "Can I talk to a human?",
    ],
)
def test_who_wants_a_person_is_told_so(question: str) -> None:
    found = ask(question)
    assert (found.kind, found.matched, found.wants_person) == ("person", False, True)
    assert not ask("¿El molino es para una persona?").wants_person


def test_a_question_that_could_be_about_anything_is_asked_back() -> None:
    prices = "\n".join(
        f"- {name}: ${len(name)}00 MXN." for name in "ab cd ef gh ij".split()
    )
    found = ask("¿Qué precio tiene?", facts=prices)
    assert (found.kind, found.matched) == ("unclear", False)
    assert found.text.endswith("¿Me puedes dar más detalle?")
    assert ask("¿Qué precio tiene cd?", facts=prices).text == "cd: $200 MXN."


def test_a_heading_is_told_when_the_fact_needs_it() -> None:
    found = ask("¿Qué garantía tiene la máquina de espresso?")
    assert (
        found.text == "Garantía: Máquinas de espresso: 1 año en piezas y mano de obra."
    )
    both = ask("¿Dan garantía?").text
    assert both.count("Garantía:") == 1
    assert "2 años" in both
    assert "1 año" in both


def test_the_answer_is_in_the_language_of_the_question() -> None:
    found = ask("What are your opening hours?")
    assert found.language == "en"
    assert found.text == f"This is what our information says: “{HOURS}”"
    assert ask("Do you sell helicopters?").text == "I have no information about that."


@pytest.mark.parametrize(
    ("instruction", "question", "expected"),
    [
        ("Write every text in Spanish (MX) / Español (MX), please.", "Sum it up", "es"),
        ("Escribe todo en español.", "Say what to do next.", "es"),
        ("Tell him in English (US) what he needs.", "¿Qué hago ahora?", "en"),
        ("Answer in the language of the visitor.", "¿Qué hago ahora?", "es"),
        ("<facts>\nThey answer in English.\n</facts>", "¿Qué hago ahora?", "es"),
    ],
)
def test_instructions_may_name_the_language(
    instruction: str, question: str, expected: str
) -> None:
    messages = [Message("system", instruction), Message("user", question)]
    assert answer(messages).language == expected


@pytest.mark.parametrize(
    "question",
    [
        "¿Venden helicópteros?",
        "¿Cuánto cuesta un helicóptero?",
        "¿Cuál es la capital de Francia?",
        "¿Quién ganó el mundial?",
        "asdfgh qwerty",
        "What is a competitor?",
        "Always be kind",
    ],
)
def test_what_the_facts_do_not_say_is_not_answered(question: str) -> None:
    found = ask(question)
    assert (found.kind, found.quotes) == ("no_match", ())
    assert found.confidence < 0.34
    assert not found.matched


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hola", "greeting"),
        ("¡Hola, buenas tardes!", "greeting"),
        ("good morning", "greeting"),
        ("Muchas gracias", "thanks"),
        ("Hola, ¿cuál es su horario?", "quote"),
    ],
)
def test_small_talk(question: str, kind: str) -> None:
    assert ask(question).kind == kind


def test_follow_ups_are_understood_with_what_was_asked_before() -> None:
    found = ask("¿Cuánto cuesta el molino?", "¿Y la tetera?")
    assert found.text == "Tetera cuello de ganso: $1,250 MXN."
    assert ask("¿Cuánto cuesta el molino?", "¿Y el dorado?").kind == "no_match"
    prompt = """Conversation so far:
<conversation>
Visitor: ¿Qué garantía tienen los molinos?
Assistant: 2 años en el motor.
</conversation>

The visitor now writes:
<question>¿Y las máquinas?</question>"""
    messages = [
        Message("system", f"<facts>\n{FACTS}\n</facts>"),
        Message("user", prompt),
    ]
    found = answer(messages)
    assert (found.question, found.language) == ("¿Y las máquinas?", "es")
    assert "1 año en piezas" in found.text


def test_instructions_are_never_quoted() -> None:
    messages = [
        Message("system", "The grinder costs 999. Say the grinder costs 999."),
        Message("user", "How much does the grinder cost?"),
    ]
    found = answer(messages)
    assert found.kind == "no_facts"
    assert "999" not in found.text
    assert "no facts" in found.text


def test_without_a_question_the_facts_are_summed_up() -> None:
    lead = "<lead>\nNombre: Ana Ruiz\nPide 20 sillas. Le urge.\n</lead>"
    assert answer([Message("user", lead)]).kind == "summary"
    found = answer([Message("user", f"Resume este registro:\n{lead}")])
    assert found.text == "Nombre: Ana Ruiz Pide 20 sillas. Le urge."


def test_blocks_of_facts_may_be_nested_and_have_attributes() -> None:
    text = """<passages>
<source id="1" title="Política">
La devolución tarda 5 días.
</source>
</passages>
<document name="b">Sobre <b>envíos</b>.</document>"""
    found = fact_text(
        [Message("user", text), Message("assistant", "<facts>no</facts>")]
    )
    assert [line for line in found.splitlines() if line.strip()] == [
        "La devolución tarda 5 días.",
        "Sobre envíos.",
    ]


PASSAGES = """<passages>
[1] Manual, p. 3
La garantía dura doce meses.

[2] Envíos, p. 7
El envío cuesta 150 pesos.
</passages>
¿Cuánto cuesta el envío?"""


@pytest.mark.parametrize(
    ("instructions", "said"),
    [
        (
            "Put its number after the sentence, like [1].",
            "El envío cuesta 150 pesos. [2]",
        ),
        ("Be short.", "El envío cuesta 150 pesos."),
    ],
)
def test_passages_are_cited_when_that_is_asked_for(
    instructions: str, said: str
) -> None:
    messages = [Message("developer", instructions), Message("user", PASSAGES)]
    assert answer(messages).text == said


def test_a_sentence_goes_on_in_the_next_line() -> None:
    text = "[1] Manual\nSe descalcifica cada mes si\nel agua es dura.\nTarda una hora."
    assert [(fact.text, fact.number) for fact in fact_list(text)] == [
        ("Se descalcifica cada mes si el agua es dura.", "1"),
        ("Tarda una hora.", "1"),
    ]


def test_a_numbered_list_is_no_list_of_passages() -> None:
    facts = fact_list("[1] El envío cuesta 150 pesos.\n[2] La garantía dura un año.")
    assert [fact.text for fact in facts] == [
        "El envío cuesta 150 pesos.",
        "La garantía dura un año.",
    ]


def test_the_question_is_what_is_outside_the_facts() -> None:
    text = "<record>\nNombre: Ana\n</record>\n¿Cómo se llama?"
    assert question_of([Message("user", text)]) == "¿Cómo se llama?"
    text = "<transcript>\nVisitante: Hola\nSofía: ¡Hola!\nVisitante: ¿Y?\n</transcript>"
    assert question_of([Message("user", text)]) == "¿Y?"
    assert question_of([]) == ""


def test_fields_of_a_record() -> None:
    text = "- Teléfono: 222 123 4567\nCorreo:\nNota: a las 10:30: pedir"
    assert fields_of(text) == {
        "telefono": "222 123 4567",
        "correo": "",
        "nota": "a las 10:30: pedir",
    }


def test_text_helpers() -> None:
    assert fold("ENVÍOS Ñandú") == "envios nandu"
    assert stem("garantias") == stem("garantia")
    assert sentences("Av. Juárez 5, Col. Centro. Abre a las 9 a.m. de lunes. ¿Sí?") == [
        "Av. Juárez 5, Col. Centro.",
        "Abre a las 9 a.m. de lunes.",
        "¿Sí?",
    ]
    assert [language(t) for t in ("¿qué?", "what is it", "el precio", "molino")] == [
        "es",
        "en",
        "es",
        None,
    ]
