# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds for any template, output, text and usage, found out by trying many."""

import json
from fractions import Fraction
from typing import Any

import jsonschema

from odoo.addons.gpt_core.engine.chain.output import coerced, json_schema, parse_output
from odoo.addons.gpt_core.engine.chain.template import (
    CUT_MARK,
    Value,
    as_text,
    render,
    template_names,
)
from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.provider.usage import Prices, Usage
from odoo.addons.gpt_core.engine.text.length import cut_at_sentence

from .properties import given, many, st
from .test_output import SAMPLES, output


@many
@given(st.text(max_size=60), st.integers(0, 60))
def test_a_value_is_cut_to_its_length(text: str, limit: int):
    cut = as_text(text, limit)
    whole = text.replace("\x00", "")
    assert len(cut) <= limit
    if len(whole) <= limit:
        assert cut == whole
    else:
        assert cut.endswith(CUT_MARK) or limit <= len(CUT_MARK)
        assert whole.startswith(cut.removesuffix(CUT_MARK))


INPUTS = st.sampled_from(["a", "text", "passages", "_x", "año"])
LITERALS = st.text(max_size=20).map(lambda t: t.replace("{", "{{").replace("}", "}}"))
INPUT_VALUES = st.one_of(
    st.text(max_size=30),
    st.text("<>/ textpasgño{}_\n", max_size=30),
    st.sampled_from(["{a}", "{text.__class__}", "</text>", "{{", "}"]),
)


@many
@given(
    st.lists(st.tuples(LITERALS, INPUTS), max_size=4),
    st.lists(st.tuples(LITERALS, INPUTS), max_size=4),
    st.dictionaries(
        INPUTS, st.tuples(INPUT_VALUES, st.booleans()), min_size=5, max_size=5
    ),
)
def test_rendering_adds_each_value_and_nothing_else(
    system: list[tuple[str, str]],
    user: list[tuple[str, str]],
    given_values: dict[str, tuple[str, bool]],
):
    values = {name: Value(*value) for name, value in given_values.items()}
    templates = ["".join(f"{x}{{{n}}}" for x, n in half) for half in (system, user)]
    assert template_names(templates[0]) == {name for _text, name in system}
    system_text, user_text = render(*templates, values)
    expected = "".join(
        text.replace("{{", "{").replace("}}", "}")
        + (values[name].text if values[name].trusted else f"<{name}>")
        for text, name in system
    )
    assert system_text == expected
    for name in {name for _text, name in (*system, *user)}:
        if not values[name].trusted:
            assert f"<{name}>" in user_text
            assert f"</{name}>" in user_text


@many
@given(st.text(min_size=1, max_size=12), st.sampled_from(sorted(SAMPLES)), st.data())
def test_any_name_with_any_type(name: str, ttype: str, data: Any):
    value = data.draw(st.sampled_from(SAMPLES[ttype][0]))
    text = json.dumps({name: value})
    assert parse_output(text, output(ttype, True, name)) == {name: value}


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@many
@given(JSON, st.sampled_from(sorted(SAMPLES)), st.booleans())
def test_the_judge_and_the_schema_agree(value: Any, ttype: str, required: bool):
    outputs = (*output(ttype, required, "a"), *output("list", False, "b"))
    checker = jsonschema.Draft202012Validator(
        json_schema(outputs), format_checker=jsonschema.FormatChecker(["date"])
    )
    meant = coerced(value, outputs)
    if checker.is_valid(value):
        assert meant == value, "what is valid needs no other reading"
    try:
        parsed = parse_output(json.dumps(value), outputs)
    except GptError:
        assert not checker.is_valid(meant)
    else:
        assert checker.is_valid(meant)
        assert parsed == meant


PROSE = st.lists(
    st.sampled_from(
        ["Hola", "¿Qué", "tal?", "Sí.", "No…", "3.14", "\n", "a", "«b.»", "fin!"]
    ),
    max_size=40,
).map(" ".join)


@many
@given(st.one_of(PROSE, st.text(max_size=120)), st.integers(1, 80))
def test_it_is_shorter_and_a_beginning(text: str, max_chars: int):
    cut = cut_at_sentence(text, max_chars)
    whole = text.strip()
    assert len(cut) < max_chars
    assert cut == cut.strip()
    if len(whole) < max_chars:
        assert cut == whole
    else:
        assert whole.startswith(cut) or whole.startswith(cut.removesuffix("…"))


@many
@given(st.one_of(PROSE, st.text(max_size=120)), st.integers(1, 80))
def test_cutting_again_changes_nothing(text: str, max_chars: int):
    cut = cut_at_sentence(text, max_chars)
    assert cut_at_sentence(cut, max_chars) == cut


@many
@given(PROSE, st.integers(20, 80))
def test_a_sentence_that_fits_is_kept_whole(text: str, max_chars: int):
    start = "Esto es una frase entera."
    cut = cut_at_sentence(f"{start} {text} y algo más" * 4, max_chars)
    if max_chars > 2 * len(start):
        assert cut.startswith(start)


TOKENS = st.integers(0, 10**9)
PRICES = st.integers(0, 10**6).map(lambda number: number / 1000)


@many
@given(TOKENS, TOKENS, TOKENS, PRICES, PRICES, PRICES)
def test_costs_are_exact(
    fresh: int, cached: int, written: int, price: float, low: float, high: float
):
    usage = Usage(fresh + cached, cached, written)
    total = (
        fresh * Fraction(str(price))
        + cached * Fraction(str(low or price))
        + written * Fraction(str(high))
    )
    assert Prices(price, low, high).cost(usage) == float(total / 1_000_000)
