# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Structured output: the schema that is sent, and the judge of what comes back."""

import json
from typing import Any

import jsonschema
import pytest

from odoo.addons.gpt_core.engine.chain.output import json_schema, parse_output
from odoo.addons.gpt_core.engine.chain.spec import OutputSpec
from odoo.addons.gpt_core.engine.errors import GptError

# type → (values that fit, values that do not)
SAMPLES: dict[str, tuple[list[Any], list[Any]]] = {
    "char": (["", "á\n{x}"], [1, True, [], {}]),
    "text": (["long"], [1.5]),
    "integer": ([0, -7], ["1,5", "1,000", "one", 1.5, "1.5", True]),
    "float": ([0.5, 3, -1e3], ["0,5", "1,234.5", "", True]),
    "boolean": ([True, False], [0, 1, "yes"]),
    "date": (["2024-02-29"], ["2023-02-29", "29/02/2024", 0, "2024-02-29T10:00:00"]),
    "selection": (["low", "high"], ["", "medium", 1]),
    "list": ([[], ["a", "b"]], ["a", [1], [None], [["a"]]]),
}
WEIRD_NAMES = (
    *("schema", "copy", "json", "dict", "model_x", "model_config", "model_fields"),
    *(
        "_a",
        "__class__",
        "field_0",
        "field_1",
        "class",
        "self",
        "año",
        "x y",
        "validate",
    ),
)


def output(ttype: str, required: bool, name: str = "x") -> tuple[OutputSpec, ...]:
    """Return the outputs of a step that has this one."""
    choices = ("low", "high") if ttype == "selection" else ()
    return (OutputSpec(name=name, ttype=ttype, required=required, choices=choices),)


@pytest.mark.parametrize("ttype", SAMPLES)
@pytest.mark.parametrize("required", [True, False])
def test_values_that_fit_are_returned(ttype: str, required: bool):
    outputs = output(ttype, required)
    schema = json_schema(outputs)
    fitting = SAMPLES[ttype][0] + ([] if required else [None])
    for value in fitting:
        jsonschema.validate({"x": value}, schema)
        assert parse_output(json.dumps({"x": value}), outputs) == {"x": value}


@pytest.mark.parametrize("ttype", SAMPLES)
@pytest.mark.parametrize("required", [True, False])
def test_values_that_do_not_fit_are_refused(ttype: str, required: bool):
    outputs = output(ttype, required)
    for value in SAMPLES[ttype][1] + ([None] if required else []):
        with pytest.raises(GptError) as caught:
            parse_output(json.dumps({"x": value}), outputs)
        assert caught.value.code == "invalid_output"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"x": "a"',
        '{"x": "a"} and more',
        '```json\n{"x": "a"\n```',
        '```json\n{"x": "a"}\n```\n```json\n{"x": "b"}\n```',
        '{"x": "a", "y": 1}',
        '{"X": "a"}',
        '{"field_0": "a"}',
        '["a"]',
        '"a"',
        "null",
        "{'x': 'a'}",
    ],
)
def test_what_is_not_exactly_the_object_is_refused(text: str):
    with pytest.raises(GptError) as caught:
        parse_output(text, output("char", False))
    assert caught.value.code == "invalid_output"


@pytest.mark.parametrize(
    ("ttype", "said", "meant"),
    [
        ("integer", 5.0, 5),
        ("integer", "5", 5),
        ("integer", " -7 ", -7),
        ("integer", "5.0", 5),
        ("float", 2, 2.0),
        ("float", "2.5", 2.5),
        ("boolean", "true", True),
        ("boolean", "False", False),
        ("selection", "HIGH", "high"),
        ("selection", " Low ", "low"),
    ],
)
def test_what_is_plainly_meant(ttype: str, said: Any, meant: Any):
    value = parse_output(json.dumps({"x": said}), output(ttype, True))["x"]
    assert (value, type(value)) == (meant, type(meant))


def test_a_choice_that_two_are_like_is_none():
    outputs = (OutputSpec(name="x", ttype="selection", choices=("a", "A")),)
    assert parse_output('{"x": "A"}', outputs) == {"x": "A"}
    outputs = (OutputSpec(name="x", ttype="selection", choices=("ab", "AB")),)
    with pytest.raises(GptError):
        parse_output('{"x": "Ab"}', outputs)


def test_a_key_that_may_be_null_may_be_missing():
    outputs = (*output("char", True, "a"), *output("char", False, "b"))
    assert parse_output('{"a": "x"}', outputs) == {"a": "x", "b": None}
    with pytest.raises(GptError):
        parse_output('{"b": "x"}', outputs)


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"x": "a"}\n```',
        '```\n{"x": "a"}\n```\n',
        '```{"x": "a"}```',
        'Here it is:\n\n```json\n{"x": "a"}\n```\nAnything else?',
    ],
)
def test_fences_are_no_part_of_an_answer(text: str):
    assert parse_output(text, output("char", True)) == {"x": "a"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(number: str):
    """Neither JSON nor PostgreSQL's jsonb has them."""
    with pytest.raises(GptError) as caught:
        parse_output(f'{{"x": {number}}}', output("float", False))
    assert caught.value.code == "invalid_output"


def test_no_nul_comes_out():
    """PostgreSQL stores none."""
    outputs = (*output("char", True, "a"), *output("list", True, "b"))
    text = json.dumps({"a": "x\x00y", "b": ["\x00z"]})
    assert parse_output(text, outputs) == {"a": "xy", "b": ["z"]}


def test_the_reason_names_the_field_and_not_the_value():
    with pytest.raises(GptError) as caught:
        parse_output('{"x": "HEGL750313DEA"}', output("integer", True))
    assert "x:" in caught.value.detail
    assert "HEGL" not in caught.value.detail


@pytest.mark.parametrize("ttype", SAMPLES)
def test_the_schema_is_strict(ttype: str):
    outputs = (*output(ttype, True, "a"), *output(ttype, False, "b"))
    schema = json_schema(outputs)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert schema["required"] == list(schema["properties"]) == ["a", "b"]
    assert {"type": "null"} in schema["properties"]["b"]["anyOf"]
    assert "default" not in json.dumps(schema)
    assert "$ref" not in json.dumps(schema)


def test_descriptions_and_choices_reach_the_model():
    described = OutputSpec(
        name="priority",
        ttype="selection",
        description="How urgent it is.",
        required=True,
        choices=("low", "high"),
    )
    field = json_schema((described,))["properties"]["priority"]
    assert field["description"] == "How urgent it is."
    assert field["enum"] == ["low", "high"]


def test_a_selection_without_choices_is_a_text():
    outputs = (OutputSpec(name="x", ttype="selection"),)
    assert parse_output('{"x": "anything"}', outputs) == {"x": "anything"}


def test_any_name_will_do():
    outputs = tuple(OutputSpec(name=n, ttype="integer") for n in WEIRD_NAMES)
    values = {name: number for number, name in enumerate(WEIRD_NAMES)}
    schema = json_schema(outputs)
    assert list(schema["properties"]) == list(WEIRD_NAMES)
    jsonschema.validate(values, schema)
    assert parse_output(json.dumps(values), outputs) == values
    with pytest.raises(GptError):
        parse_output(json.dumps({**values, "field_2": 1}), outputs)
