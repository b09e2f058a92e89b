# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What administrators expect of answers."""

import pytest

from odoo.addons.gpt_core.engine.errors import ERROR_CODES
from odoo.addons.gpt_evaluation.engine.expectations import (
    CHECKS,
    OUTAGES,
    Answer,
    Expectation,
    judge,
    likely,
)

TEXT = Answer("El envío cuesta\n 150 pesos.")
DATA = Answer(
    "{…}",
    {
        "urgent": True,
        "level": 3,
        "share": 0.5,
        "missing": ["Correo", "Teléfono"],
        "name": "Ana",
        "nothing": None,
    },
)


def state(answer, *lines):
    return judge(answer, [Expectation(*line) for line in lines]).state


@pytest.mark.parametrize(
    ("line", "met"),
    [
        (("contains", "CUESTA 150"), True),
        (("contains", "envio"), False),
        (("not_contains", "dólares"), True),
        (("not_contains", "Pesos"), False),
        (("matches", r"\d+ pesos\.$"), True),
        (("matches", r"^\d"), False),
        (("equals", "el envío cuesta 150 pesos."), True),
        (("equals", "150"), False),
        (("max_chars", "27"), True),
        (("max_chars", "26"), False),
    ],
)
def test_texts(line, met):
    assert state(TEXT, line) == ("passed" if met else "failed")


@pytest.mark.parametrize(
    ("output", "value", "met"),
    [
        ("urgent", "Sí", True),
        ("urgent", "yes", True),
        ("urgent", "no", False),
        ("urgent", "", False),
        ("level", "3", True),
        ("level", "3.0", True),
        ("level", "4", False),
        ("level", "three", False),
        ("share", "0.50", True),
        ("missing", "correo, teléfono", True),
        ("missing", "Teléfono, correo", False),
        ("name", " ana ", True),
        ("nothing", "", True),
        ("nothing", "x", False),
        ("unknown", "", True),
        ("unknown", "x", False),
    ],
)
def test_fields(output, value, met):
    line = ("equals", value, output)
    assert state(DATA, line) == ("passed" if met else "failed")


def test_other_checks_of_a_field():
    assert state(DATA, ("contains", "correo", "missing")) == "passed"
    assert state(DATA, ("contains", "correo", "name")) == "failed"
    assert state(DATA, ("max_chars", "3", "name")) == "passed"
    assert state(DATA, ("max_chars", "2", "name")) == "failed"


def test_every_line_counts():
    verdict = judge(
        TEXT, [Expectation("contains", "150"), Expectation("contains", "200")]
    )
    assert verdict.state == "failed"
    (failure,) = verdict.failures
    assert failure.expectation.value == "200"
    assert failure.found == TEXT.text


def test_any_answer_will_do():
    assert state(TEXT) == "passed"


def test_errors():
    refused = Answer(error="refusal")
    assert state(refused) == "failed"
    assert state(refused, ("contains", "")) == "failed"
    assert state(refused, ("error", "refusal")) == "passed"
    assert state(refused, ("error", "truncated")) == "failed"
    assert state(TEXT, ("error", "refusal")) == "failed"


def test_outages_say_nothing():
    for code in ERROR_CODES:
        expected = "error" if code in OUTAGES else "failed"
        assert state(Answer(error=code), ("contains", "x")) == expected
    assert set(ERROR_CODES) >= OUTAGES
    assert state(Answer(error="quota"), ("error", "quota")) == "passed"


def test_every_kind_is_known():
    kinds = {"contains", "not_contains", "matches", "equals", "max_chars"}
    assert kinds | {"at_least", "at_most"} == {*CHECKS}


@pytest.mark.parametrize(
    ("found", "limits", "is_met"),
    [
        (0.8, ("0.7", "0.9"), True),
        (0.7, ("0.7", "0.9"), True),
        (0.1 + 0.2, ("0.3", "0.3"), True),
        (0.69, ("0.7", "0.9"), False),
        (0.91, ("0.7", "0.9"), False),
        (7, ("5", "10"), True),
        ("8", ("5", "10"), True),
        (None, ("0", "1"), False),
        (True, ("0", "1"), False),
        ("many", ("0", "1"), False),
    ],
)
def test_ranges(found, limits, is_met):
    low, high = limits
    lines = (Expectation("at_least", low, "n"), Expectation("at_most", high, "n"))
    verdict = judge(Answer(data={"n": found}), lines)
    assert (verdict.state == "passed") is is_met


@pytest.mark.parametrize(
    ("value", "ttype", "proposed"),
    [
        (0.8, "float", [("at_least", "0.6"), ("at_most", "1")]),
        (0.05, "float", [("at_least", "0"), ("at_most", "0.25")]),
        (1, "float", [("at_least", "0.8"), ("at_most", "1")]),
        (-50.0, "float", [("at_least", "-60"), ("at_most", "-40")]),
        (3, "integer", [("equals", "3")]),
        (False, "boolean", [("equals", "False")]),
        ("high", "selection", [("equals", "high")]),
        (None, "selection", [("equals", "")]),
        ("2027-01-15", "date", [("equals", "2027-01-15")]),
        ("Some words.", "text", []),
        (["a", "b"], "list", []),
        (None, "float", []),
    ],
)
def test_what_is_likely(value, ttype, proposed):
    found = likely({"a": value}, {"a": ttype})
    assert [(line.kind, line.value) for line in found] == proposed
    assert judge(Answer(data={"a": value}), found).state == "passed"
