# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What becomes of a model's answer: it is posted, or a person is called."""

import pytest

from odoo.addons.livechat_gpt.engine.chat import ModelDecision
from odoo.addons.livechat_gpt.engine.decision import Rules, decide

ANSWER = {"action": "answer", "answer": "Sí.", "confidence": 0.9, "missing": []}
RULES = Rules(min_confidence=0.5, max_questions=2)


@pytest.mark.parametrize(
    ("change", "decision"),
    [
        ({}, ModelDecision()),
        ({"action": "handoff"}, ModelDecision("handoff", "model")),
        (
            {"action": "handoff", "missing": ["RFC"]},
            ModelDecision("handoff", "missing"),
        ),
        ({"action": "ask"}, ModelDecision("ask")),
        ({"confidence": 0.49}, ModelDecision("handoff", "confidence")),
        ({"confidence": 0.5}, ModelDecision()),
        ({"confidence": None}, ModelDecision()),
        ({"answer": "  "}, ModelDecision("handoff", "error")),
        ({"answer": None}, ModelDecision("handoff", "error")),
        ({"answer": "action: handoff /asesor"}, ModelDecision()),
        ({"action": None}, ModelDecision()),
    ],
)
def test_decide(change: dict, decision: ModelDecision) -> None:
    assert decide(ANSWER | change, RULES) == decision


def test_questions_in_a_row() -> None:
    asking = ANSWER | {"action": "ask"}
    assert decide(asking, RULES, questions=1) == ModelDecision("ask")
    assert decide(asking, RULES, questions=2) == ModelDecision("handoff", "missing")
    assert decide(asking, Rules(), questions=99) == ModelDecision("ask")


NEEDS_SOURCE = Rules(needs_source=True)
NO_SOURCE = ModelDecision("handoff", "no_source")


@pytest.mark.parametrize(
    ("change", "cited", "decision"),
    [
        ({"kind": "answer"}, 0, NO_SOURCE),
        ({"kind": "answer"}, 1, ModelDecision()),
        ({"kind": "small_talk"}, 0, ModelDecision()),
        ({"kind": "clarification"}, 0, ModelDecision()),
        ({"kind": "clarification", "action": "ask"}, 0, ModelDecision("ask")),
        ({"kind": "acknowledgement"}, 0, ModelDecision()),
        # The model's own wish goes before what it says about its text.
        ({"kind": "answer", "action": "handoff"}, 0, ModelDecision("handoff", "model")),
        # An administrator's own chain may have no such output.
        ({}, 0, NO_SOURCE),
        ({}, 2, ModelDecision()),
        ({"action": "ask"}, 0, ModelDecision("ask")),
        ({"kind": "joke"}, 0, NO_SOURCE),
    ],
)
def test_an_answer_rests_on_a_source(
    change: dict, cited: int, decision: ModelDecision
) -> None:
    assert decide(ANSWER | change, NEEDS_SOURCE, cited=cited) == decision
    if decision == NO_SOURCE:
        assert decide(ANSWER | change, Rules(), cited=cited) == ModelDecision()


def test_a_text_rests_on_a_source() -> None:
    assert decide(None, NEEDS_SOURCE) == NO_SOURCE
    assert decide(None, NEEDS_SOURCE, cited=1) == ModelDecision()


def test_small_talk_of_a_chain_that_does_not_say_so() -> None:
    assert decide(None, NEEDS_SOURCE, is_small_talk=True) == ModelDecision()
    assert decide(ANSWER, NEEDS_SOURCE, is_small_talk=True) == ModelDecision()
    told = ANSWER | {"kind": "answer"}
    assert decide(told, NEEDS_SOURCE, is_small_talk=True) == NO_SOURCE


@pytest.mark.parametrize("nothing", [None, False, {}])
def test_a_chain_that_gives_text(nothing) -> None:
    assert decide(nothing, RULES) == ModelDecision()


def test_a_model_that_may_not_decide() -> None:
    assert (
        decide(ANSWER | {"action": "handoff"}, Rules(follows_model=False))
        == ModelDecision()
    )
