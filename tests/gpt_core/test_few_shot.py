# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Approved examples in a prompt: which are chosen, and what becomes of them."""

import json
from typing import Any

import pytest
from openai_server import OpenAIServer

from odoo.addons.gpt_core.engine.chain.preview import step_prompts
from odoo.addons.gpt_core.engine.chain.spec import ChainSpec, InputSpec, OutputSpec
from odoo.addons.gpt_core.engine.examples.example import (
    Example,
    example_of,
    fitting_turns,
    gist,
)
from odoo.addons.gpt_core.engine.examples.few_shot import FewShot
from odoo.addons.gpt_core.engine.examples.index import ExampleIndex
from odoo.addons.gpt_core.engine.privacy.masking import Masker

from .chains import chain, chat_model, prompt, run

HOURS = ("¿A qué hora abren los domingos?", "Los domingos abrimos de 9 a 14 horas.")
SHIPPING = ("¿Cuánto cuesta el envío a Puebla?", "El envío cuesta 90 pesos.")
RETURNS = ("Quiero devolver una bicicleta", "Tienes 30 días para devolverla.")
BILL = ("¿Me mandan la factura? RFC [[RFC_1]]", "Va a [[EMAIL_1]] con [[RFC_1]].")


def example(number: int, pair: tuple[str, str], **values: Any) -> Example:
    turns = (("user", pair[0]), ("assistant", pair[1]))
    return Example(number, turns, **values)


def index(*pairs: tuple[str, str]) -> ExampleIndex:
    return ExampleIndex(example(n, pair) for n, pair in enumerate(pairs, 1))


ALL = index(HOURS, SHIPPING, RETURNS, BILL)


def few_shot_chain(count: int = 2, tokens: int = 1000, **step: Any) -> ChainSpec:
    spec = chain(prompt(system_prompt="Answer.", **step))
    limits = {"few_shot_count": count, "few_shot_tokens": tokens}
    return spec.model_copy(update=limits)


def shown(
    spec: ChainSpec,
    text: str,
    examples: ExampleIndex = ALL,
    about: frozenset[str] = frozenset(),
    masker: Masker | None = None,
) -> list[tuple[str, str]]:
    """Return the messages of the first step."""
    few_shot = FewShot.of(spec, examples, about)
    return list(step_prompts(spec, {"text": text}, masker, few_shot)[0].messages)


def questions(messages: list[tuple[str, str]]) -> list[str]:
    return [text for role, text in messages[:-1] if role == "human"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("¿Qué cuestan los envíos a Toluca?", SHIPPING),
        ("¿Abren el domingo?", HOURS),
        ("necesito facturación", BILL),
        ("DEVOLVER bicicletas", RETURNS),
    ],
)
def test_the_most_similar_is_shown(asked: str, expected: tuple[str, str]) -> None:
    messages = shown(few_shot_chain(1), asked)
    assert [role for role, _text in messages] == ["system", "human", "ai", "human"]
    first_words = expected[0][:20]
    assert messages[1][1].startswith(first_words)
    assert asked in messages[-1][1]


def test_the_most_similar_stands_next_to_the_question() -> None:
    asked = "¿Cuánto cuesta el envío? ¿Abren los domingos?"
    first, last = questions(shown(few_shot_chain(2), asked))
    assert {first, last} == {HOURS[0], SHIPPING[0]}
    assert last == SHIPPING[0]


def test_what_shares_no_word_is_not_shown() -> None:
    assert questions(shown(few_shot_chain(4), "Buenas noches")) == []


def test_none_without_the_setting_or_without_examples() -> None:
    assert len(shown(few_shot_chain(0), SHIPPING[0])) == 2
    assert len(shown(few_shot_chain(3), SHIPPING[0], ExampleIndex(()))) == 2
    assert FewShot.of(few_shot_chain(3), None).most_tokens() == 0


def chat_chain(*inputs: InputSpec) -> ChainSpec:
    asked = " ".join(f"{{{item.name}}}" for item in inputs)
    return ChainSpec(
        code="chat",
        inputs=inputs,
        steps=(prompt(user_prompt=asked),),
        few_shot_count=1,
    )


def first_question(spec: ChainSpec, values: dict[str, Any], found: ExampleIndex) -> str:
    few_shot = FewShot.of(spec, found)
    return step_prompts(spec, values, None, few_shot)[0].messages[0][1]


def test_a_long_conversation_does_not_drown_the_question() -> None:
    spec = chat_chain(InputSpec(name="question"), InputSpec(name="conversation"))
    said = (
        "Ayer compré una bicicleta roja con canasta, cadena, luces, timbre y asiento "
        "ancho para mi sobrina, que vive lejos y todavía no sabe montar."
    )
    values = {"question": SHIPPING[0], "conversation": said}
    about_it = (f"Quiero devolver algo. {said}", "Tienes 30 días.")
    found = index(SHIPPING, about_it, HOURS, RETURNS)
    assert first_question(spec, values, found) == SHIPPING[0]
    # Alone, what was said is what examples are compared with.
    values["question"] = ""
    assert first_question(spec, values, found) == about_it[0]


def test_what_administrators_wrote_is_not_compared() -> None:
    spec = chat_chain(InputSpec(name="question"), InputSpec(name="facts", trusted=True))
    values = {"question": "¿Cuesta algo el envío?", "facts": " ".join(HOURS)}
    assert first_question(spec, values, ALL) == SHIPPING[0]
    values["question"] = ""
    assert first_question(spec, values, ALL).endswith(values["facts"])


def test_words_that_all_examples_have_tell_nothing() -> None:
    polite = "Hola, buenas tardes, quisiera saber si venden"
    things = "mesas sillas camas puertas cunas bancas repisas cajas".split()
    common = [(f"{polite} {thing}", "Sí.") for thing in things]
    found = index(*common, ("¿Lámparas?", "No."))
    messages = shown(few_shot_chain(1), f"{polite} lámparas", found)
    assert questions(messages) == ["¿Lámparas?"]


def test_what_is_too_long_is_passed_over() -> None:
    long = ("¿Cuánto cuesta el envío a Puebla? " + "de verdad " * 400, "Depende.")
    examples = index(SHIPPING, long, HOURS)
    asked = "¿Cuánto cuesta el envío a Puebla de verdad? ¿Y los domingos?"
    found = questions(shown(few_shot_chain(3, tokens=100), asked, examples))
    assert SHIPPING[0] in found and long[0] not in found
    assert not questions(shown(few_shot_chain(3, tokens=5), asked, examples))
    assert len(questions(shown(few_shot_chain(3, tokens=9999), asked, examples))) == 3


def test_the_limit_holds_for_all_examples_together() -> None:
    size = FewShot.of(few_shot_chain(1), index(SHIPPING)).most_tokens()
    twice = index(SHIPPING, (SHIPPING[0], "El envío cuesta 80 pesos."))
    assert len(questions(shown(few_shot_chain(5, size), SHIPPING[0], twice))) == 1
    assert len(questions(shown(few_shot_chain(5, 2 * size), SHIPPING[0], twice))) == 2
    assert FewShot.of(few_shot_chain(5, size), twice).most_tokens() == size


def test_the_same_is_shown_once() -> None:
    same = index(SHIPPING, SHIPPING)
    assert len(questions(shown(few_shot_chain(5), SHIPPING[0], same))) == 1


def test_an_example_of_what_the_run_is_about_is_not_shown() -> None:
    own = ExampleIndex([example(1, SHIPPING, origins=frozenset({"crm.lead,7"}))])
    spec = few_shot_chain(1)
    assert questions(shown(spec, SHIPPING[0], own))
    assert not questions(shown(spec, SHIPPING[0], own, frozenset({"crm.lead,7"})))
    assert questions(shown(spec, SHIPPING[0], own, frozenset({"crm.lead,77"})))


def test_a_case_is_judged_without_its_own_answer() -> None:
    spec, values = few_shot_chain(1), {"text": SHIPPING[0].upper()}
    examples = index(("<text>Hola. " + SHIPPING[0] + "</text>", "90"), HOURS)
    for is_case, expected in ((False, 1), (True, 0)):
        few_shot = FewShot.of(spec, examples, (), is_case)
        (prompt_,) = step_prompts(spec, values, None, few_shot)
        assert len(questions(list(prompt_.messages))) == expected


def test_an_example_that_prompts_are_not_rendered_from() -> None:
    odd = index(("¿Cuánto cuesta {text}? {0.x} {{", "{passages} % %s"))
    messages = shown(few_shot_chain(1), "¿Cuánto cuesta?", odd)
    assert messages[1] == ("human", "¿Cuánto cuesta {text}? {0.x} {{")
    assert messages[2] == ("ai", "{passages} % %s")


# Placeholders


def test_placeholders_of_examples_are_nobodys() -> None:
    masker = Masker({"RFC_1": "GODE561231GR8", "EMAIL_1": "ana@example.com"})
    asked = "¿Me mandan la factura? Mi RFC es GODE561231GR8"
    messages = shown(few_shot_chain(1), asked, masker=masker)
    example_text = "\n".join(text for _role, text in messages[1:3])
    assert "[[RFC_1]]" in messages[-1][1]
    assert masker.restore(example_text) == example_text
    assert "RFC_1]" not in example_text and "EMAIL_1]" not in example_text


def test_placeholders_of_two_examples_differ() -> None:
    other = ("¿Y la factura de [[RFC_1]]?", "La de [RFC 1] va mañana.")
    messages = shown(few_shot_chain(2), "factura", index(BILL, other))
    texts = [text for _role, text in messages]
    first, second = texts[1:3], texts[3:5]
    one = {word for word in " ".join(first).split() if "RFC_" in word}
    two = {word for word in " ".join(second).split() if "RFC_" in word}
    assert (
        one and two and not {w.strip("?.") for w in one} & {w.strip("?.") for w in two}
    )
    # The same value of an example keeps the same placeholder, however it was written.
    assert len({word.strip("?.") for word in two}) == 1


def test_an_answer_keeps_no_placeholder_of_an_example() -> None:
    masker = Masker({"RFC_1": "GODE561231GR8"})
    with OpenAIServer() as server:
        server.answer_with(
            "Hola [[NAME_90001]], tu RFC [[RFC_1]] va a [EMAIL 90002] y [[TEXT_90099]]."
        )
        examples = index(
            ("La factura de [[NAME_1]]", "Hola [[NAME_1]], va a [[EMAIL_5]].")
        )
        spec = few_shot_chain(1)
        outcome = run(
            spec,
            chat_model(server),
            {"text": "mi factura"},
            masker=masker,
            few_shot=FewShot.of(spec, examples),
        )
        sent = json.dumps(server.journal.entries()[-1].body, ensure_ascii=False)
    assert "[[NAME_90001]]" in sent and "[[EMAIL_90002]]" in sent
    assert "NAME_1]" not in sent
    assert outcome.result is not None
    assert masker.restore(outcome.result.text) == (
        "Hola, tu RFC GODE561231GR8 va a y [[TEXT_90099]]."
    )
    assert outcome.recorder.examples == [1]


def test_fields_of_an_answer_keep_none_either() -> None:
    outputs = (
        OutputSpec(name="who", required=True),
        OutputSpec(name="all", ttype="list", required=True),
    )
    answer = json.dumps({"who": "[[NAME_90001]]", "all": ["a [[NAME_90001]]", "b"]})
    learned = json.dumps({"who": "[[NAME_3]]", "all": []})
    with OpenAIServer() as server:
        server.answer_with(answer)
        spec = few_shot_chain(1, outputs=outputs)
        outcome = run(
            spec,
            chat_model(server),
            {"text": "factura"},
            few_shot=FewShot.of(spec, index(("factura de [[NAME_3]]", learned))),
        )
    assert outcome.result is not None
    assert outcome.result.data == {"who": "", "all": ["a", "b"]}
    assert "90001" not in outcome.result.text


# What is usable


def test_an_answer_in_fields_has_those_that_are_asked() -> None:
    outputs = (
        OutputSpec(name="summary", required=True),
        OutputSpec(name="hours", ttype="integer"),
    )
    whole = example(1, ("a", '{"other": 1, "summary": "Ñandú"}'))
    turns = fitting_turns(whole, outputs)
    assert turns is not None
    assert json.loads(turns[1][1]) == {"summary": "Ñandú", "hours": None}
    assert "Ñandú" in turns[1][1]
    for unusable in ("a text", '{"hours": 1}', "[1]", "", "[" * 9999):
        assert fitting_turns(example(1, ("a", unusable)), outputs) is None
    assert fitting_turns(whole, ()) == whole.turns


def test_an_example_of_stored_messages() -> None:
    messages = [
        {"role": "system", "content": "You are another."},
        {"role": "assistant", "content": "Welcome!"},
        {"role": "user", "content": "Hello."},
        {"role": "user", "content": "The price?"},
        {"role": "assistant", "content": "5"},
    ]
    made = example_of(3, messages)
    assert made == Example(3, (("user", "Hello.\n\nThe price?"), ("assistant", "5")))
    better = example_of(3, messages, "It costs 5 pesos.")
    assert better is not None and better.turns[-1][1] == "It costs 5 pesos."
    unanswered = example_of(3, messages[:4], "It costs 5 pesos.")
    assert unanswered == better


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "user", "content": "a"}],
        [{"role": "assistant", "content": "a"}],
        [{"role": "user", "content": " "}, {"role": "assistant", "content": "a"}],
        [{"role": "user", "content": ["a"]}, {"role": "assistant", "content": "a"}],
        [{"content": "a"}, {}],
    ],
)
def test_what_is_no_example(messages: list[dict[str, Any]]) -> None:
    assert example_of(1, messages) is None


def test_what_people_look_for_in_a_prompt() -> None:
    prompt_ = "So far:\n<chat>\na\n</chat>\nNow:\n<question>How much?</question>"
    assert gist(prompt_) == "How much?"
    assert gist(f"{prompt_}\nBe brief.") == "How much?"
    for plain in ("How much?", "", "a </b> c", "a </", "<a></a>", "1 < 2 > </3"):
        assert gist(plain) == plain
