# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From examples to the two files: what is written, what is left out, who is where."""

import io
import json
import random
from typing import Any

import pytest

from odoo.addons.fine_tuning.engine.dataset.collection import Collection, Settings
from odoo.addons.fine_tuning.engine.dataset.layout import (
    Layout,
    LayoutError,
    as_line,
    check_layout,
)
from odoo.addons.fine_tuning.engine.dataset.masking_again import MaskerAgain
from odoo.addons.fine_tuning.engine.dataset.source import SourceExample
from odoo.addons.gpt_core.engine.examples.near_copies import NEAR

CHAT = Layout("chat", {"messages": "$messages"})
PREFERENCE = Layout(
    "preference",
    {
        "input": {"messages": "$prompt"},
        "preferred_output": "$chosen",
        "non_preferred_output": "$rejected",
    },
)
KTO = Layout(
    "thumbs", {"prompt": "$prompt", "completion": "$completion", "label": "$label"}
)
WORDS = """
camisa zapato mesa lámpara silla pedido factura envío tienda precio color talla madera
vidrio rojo verde azul grande chico nuevo usado barato caro lunes martes jueves sábado
mañana tarde noche norte sur plaza calle pago tarjeta efectivo cambio garantía
""".split()


def said(question: str, answer: str, **more: Any) -> dict[str, Any]:
    messages = [
        {"role": "user", "content": question},
        {"role": "assistant", "content": answer},
    ]
    return {"messages": messages} | more


def sentence(draw: random.Random, words: int = 14) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(words))


def examples(count: int, per_conversation: int = 2, **more: Any) -> list[SourceExample]:
    draw = random.Random(count)
    return [
        SourceExample(
            id=number,
            conversation=1 + number // per_conversation,
            **said(sentence(draw), sentence(draw)),
            **more,
        )
        for number in range(1, count + 1)
    ]


def export(
    made: list[SourceExample], settings: Settings | None = None
) -> tuple[list[Any], list[Any], Collection, bytes]:
    files = io.BytesIO(), io.BytesIO()
    with Collection(settings or Settings(CHAT)) as collection:
        for example in made:
            collection.add(example)
        collection.split()
        for file, validation in zip(files, (False, True), strict=True):
            collection.write_to(file, validation)
    train, valid = (
        [json.loads(line) for line in file.getvalue().splitlines()] for file in files
    )
    return train, valid, collection, files[0].getvalue() + b"|" + files[1].getvalue()


def test_a_chat_with_the_system_prompt_of_its_chain() -> None:
    messages = [
        {"role": "assistant", "content": "¡Hola!"},
        {"role": "system", "content": "Otra cosa."},
        {"role": "user", "content": "¿Abren?"},
        {"role": "user", "content": "¿Hoy?"},
        {"role": "assistant", "content": "Hoy no."},
        {"role": "user", "content": "¿Y mañana?"},
        {"role": "assistant", "content": "No sé."},
    ]
    example = SourceExample(1, messages, preferred="Sí.", system="Sé breve.")
    train, valid, _collection, _bytes = export([example])
    assert not valid
    assert train == [
        {
            "messages": [
                {"role": "system", "content": "Sé breve."},
                {"role": "user", "content": "¿Abren?\n\n¿Hoy?"},
                {"role": "assistant", "content": "Hoy no."},
                {"role": "user", "content": "¿Y mañana?"},
                {"role": "assistant", "content": "Sí."},
            ]
        }
    ]


def test_only_the_approved_answer_is_learnt() -> None:
    messages = [
        {"role": role, "content": f"{role} {turn}"}
        for turn in range(2)
        for role in ("user", "assistant")
    ]
    flagged = Layout("chat", CHAT.template, turn_flag="weight")
    train, *_rest = export([SourceExample(1, messages)], Settings(flagged))
    assert [message.get("weight") for message in train[0]["messages"]] == [
        None, 0, None, 1,
    ]  # fmt: skip


def test_pairs_and_thumbs() -> None:
    pair = said("¿Abren hoy?", "Sí, hasta las seis.", rejected="No sé.")
    made = [
        SourceExample(1, **pair),
        SourceExample(2, **said("¿Hay camisas?", "Sí, rojas."), liked="up"),
        SourceExample(3, **said("¿Cuánto cuesta el envío?", "Ni idea."), liked="down"),
    ]
    train, _valid, collection, _bytes = export(made, Settings(PREFERENCE, share=0))
    assert [line["non_preferred_output"][0]["content"] for line in train] == ["No sé."]
    assert collection.left_out == {"no_pair": 2}
    train, *_rest = export(made, Settings(KTO, share=0))
    assert {line["completion"][0]["content"]: line["label"] for line in train} == {
        "Sí, hasta las seis.": True,
        "No sé.": False,
        "Sí, rojas.": True,
        "Ni idea.": False,
    }
    train, _valid, collection, _bytes = export(made, Settings(CHAT, share=0))
    assert len(train) == 2
    assert collection.left_out == {"disliked": 1}


@pytest.mark.parametrize(
    ("reason", "values"),
    [
        ("no_answer", {"messages": [{"role": "user", "content": "¿Abren?"}]}),
        ("no_answer", said("¿Abren?", "  ")),
        ("no_question", {"messages": [{"role": "assistant", "content": "Hola"}]}),
        ("no_question", {"messages": []}),
        ("unknown_message", {"messages": [{"role": "tool", "content": "{}"}]}),
        ("unknown_message", {"messages": [{"role": "user", "content": None}]}),
        ("too_long", said("palabra " * 500, "Sí.")),
        ("duplicate", said("¿Hay sillas?", "Sí, verdes.")),
    ],
)
def test_what_is_left_out_has_a_reason(reason: str, values: dict[str, Any]) -> None:
    first = SourceExample(1, **said("¿Hay sillas?", "Sí, verdes."))
    settings = Settings(CHAT, share=0, max_tokens=300)
    train, _valid, collection, _bytes = export(
        [first, SourceExample(2, **values)], settings
    )
    assert len(train) == 1
    assert collection.left_out == {reason: 1}
    assert collection.left_out_ids == {reason: [2]}


def test_more_than_a_format_takes() -> None:
    made = examples(40, per_conversation=1)
    train, valid, collection, _bytes = export(made, Settings(CHAT, max_lines=30))
    assert (len(train) + len(valid), collection.left_out["too_many"]) == (30, 10)


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_and_the_ids() -> None:
    made = examples(60)
    *_rest, first = export(made)
    *_rest, again = export(made)
    moved = [
        SourceExample(**{**vars(example), "id": example.id + 1000})
        for example in reversed(made)
    ]
    *_rest, other_ids = export(moved)
    *_rest, other_seed = export(made, Settings(CHAT, seed=7))
    assert first == again == other_ids
    assert first != other_seed
    assert sorted(first.replace(b"|", b"").splitlines()) == sorted(
        other_seed.replace(b"|", b"").splitlines()
    )


def test_what_belongs_together_is_on_one_side() -> None:
    draw = random.Random(5)
    made, of_text = [], {}
    for number in range(1, 301):
        question = sentence(draw)
        if number % 10 == 0:  # a near-copy of an earlier one, of somebody else
            question = made[draw.randrange(len(made))].messages[0]["content"] + "!"
            answer = next(e for e in made if e.messages[0]["content"] + "!" == question)
            answer = answer.messages[1]["content"]
        else:
            answer = sentence(draw)
        example = SourceExample(
            number,
            **said(question, answer),
            conversation=draw.randrange(1, 200),
            partner=draw.randrange(1, 150),
            group=draw.choice((0, 0, 0, draw.randrange(1, 80))),
        )
        made.append(example)
        of_text[question, answer] = example
    # Few are linked so much that some must stay apart.
    loose = examples(200, per_conversation=2)
    loose = [
        SourceExample(**{**vars(e), "id": e.id + 500, "conversation": e.id // 2 + 900})
        for e in loose
    ]
    for example in loose:
        question, answer = (message["content"] for message in example.messages)
        of_text[question, answer] = example
    train, valid, *_rest = export(made + loose)
    sides = [
        [of_text[tuple(m["content"] for m in line["messages"])] for line in side]
        for side in (train, valid)
    ]
    assert len(train) > 200
    assert len(valid) > 50
    for name in ("conversation", "partner", "group"):
        left, right = ({getattr(e, name) for e in side} - {0} for side in sides)
        assert not left & right, name
    pieces = [[_pieces(example) for example in side] for side in sides]
    worst = max(len(a & b) / len(a | b) for a in pieces[0] for b in pieces[1])
    assert worst < NEAR + 0.08


def test_near_copies_of_different_people_are_on_one_side() -> None:
    draw = random.Random(8)
    made = []
    for number in range(1, 201, 2):
        question, answer = sentence(draw), sentence(draw)
        other = question.replace(question.split()[3], "gorra", 1)
        made += [
            SourceExample(number, **said(question, answer), partner=number),
            SourceExample(number + 1, **said(other, answer), partner=number + 1),
        ]
    train, valid, *_rest = export(made)
    assert len(train) + len(valid) == 200
    assert len(valid) == 40
    answers = [
        {line["messages"][-1]["content"] for line in side} for side in (train, valid)
    ]
    assert not answers[0] & answers[1]


def test_every_text_of_an_example_is_masked() -> None:
    value = "GODE561231GR8"
    pair = said(f"RFC {value}", f"Anoté {value}.", rejected=f"¿{value}?")
    messages = [*pair["messages"], {"role": "user", "content": f"Sí, {value}"}]
    example = SourceExample(
        1,
        messages,
        f"Gracias, Ana López, {value}.",
        pair["rejected"],
        names=("Ana López",),
    )
    *_rest, written = export([example], Settings(PREFERENCE, share=0))
    assert value not in written.decode()
    assert "López" not in written.decode()
    assert written.count(b"[[RFC_1]]") == 5


def _pieces(example: SourceExample) -> set[str]:
    text = "\n".join(message["content"] for message in example.messages).lower()
    return {text[at : at + 5] for at in range(len(text) - 4)}


def test_the_same_text_of_two_customers_joins_them() -> None:
    """The second line of a duplicate is not written; its conversation stays whole."""
    draw = random.Random(1)
    shared = said(sentence(draw), sentence(draw))
    made = [
        SourceExample(1, **shared, partner=1),
        SourceExample(2, **shared, partner=2),
        *(
            SourceExample(n, **said(sentence(draw), sentence(draw)), partner=1 + n % 2)
            for n in range(3, 12)
        ),
    ]
    train, valid, *_rest = export(made, Settings(CHAT, share=0.5))
    assert (len(train), len(valid)) == (10, 0)


def test_masked_again() -> None:
    texts = ["Soy [[NAME_1]], RFC [[RFC_1]]", "y GODE561231GR8, de Ana López"]
    masker = MaskerAgain(texts, ["Ana López"])
    assert masker.mask(texts[0]) == texts[0]
    assert masker.mask(texts[1]) == "y [[RFC_2]], de [[NAME_2]]"
    assert masker.mask("[[RFC_1]] es GODE561231GR8") == "[[RFC_1]] es [[RFC_2]]"


def test_a_placeholder_hides_nothing() -> None:
    masked = MaskerAgain(["[[NAME_1]]"], ["NAME_1]] Ruiz"]).mask("[[NAME_1]] Ruiz")
    assert "Ruiz" not in masked


def test_a_line_is_one_line_for_whoever_reads_it() -> None:
    text = "uno\u2028dos\u2029tres\x85cuatro\nñ"
    line = as_line({"a": text})
    assert len(line.decode().splitlines()) == 1
    assert json.loads(line) == {"a": text}
    assert "ñ" in line.decode()


def test_layouts_that_name_what_is_not_there() -> None:
    check_layout(PREFERENCE)
    for template in ({"messages": "$chosen"}, {"messages": "messages"}):
        with pytest.raises(LayoutError):
            check_layout(Layout("chat", template))
