# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a model's answer means for the chat: whether it is posted, or a person called.

The decision is a field of its own in the structured output. Nothing that the text says,
or that a visitor makes it say, is a command.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from odoo.addons.gpt_core.engine.text.numbers import as_share

from .chat import ModelDecision
from .source_rule import must_hand_over


@dataclass(frozen=True)
class Rules:
    """The assistant's settings.

    :param min_confidence: a less sure answer is not posted; 0: every answer is
    :param max_questions: so many questions in a row to the visitor; 0: any number
    :param needs_source: an answer that rests on no passage is not posted
    :param follows_model: the model may call a person of its own accord
    """

    min_confidence: float = 0.0
    max_questions: int = 0
    needs_source: bool = False
    follows_model: bool = True


def decide(
    data: Mapping[str, Any] | None,
    rules: Rules,
    *,
    questions: int = 0,
    cited: int = 0,
    is_small_talk: bool = False,
) -> ModelDecision:
    """Return what is to become of an answer.

    :param data: the structured answer; empty for a chain that gives only text
    :param questions: questions in a row that the visitor was asked before
    :param cited: how many of the passages the answer rests on
    :param is_small_talk: the visitor only greets or thanks; it decides for a chain that
        does not say what its text is
    """
    data = data or {}
    action = data.get("action") or "answer"
    if action == "handoff" and rules.follows_model:
        return ModelDecision("handoff", "missing" if data.get("missing") else "model")
    if data and not str(data.get("answer") or "").strip():
        return ModelDecision("handoff", "error")
    if action == "ask":
        if rules.max_questions and questions >= rules.max_questions:
            return ModelDecision("handoff", "missing")
        return ModelDecision("ask")
    if rules.needs_source and must_hand_over(data, cited, is_small_talk):
        return ModelDecision("handoff", "no_source")
    sure = data.get("confidence")
    if sure is not None and as_share(sure) < rules.min_confidence:
        return ModelDecision("handoff", "confidence")
    return ModelDecision()
