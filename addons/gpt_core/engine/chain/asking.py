# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Asks the model of a step: messages → an accepted answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import (
    Runnable,
    RunnableConfig,
    RunnableLambda,
    RunnableSequence,
)

from ..errors import GptError
from ..text.length import cut_at_sentence
from .acceptance import accepted_text
from .output import json_schema, parse_output
from .spec import OutputSpec, StepSpec
from .state import StepResult


@dataclass(frozen=True)
class StepModel:
    """The model of a step, its record in the catalogue, and who answers if it fails."""

    chat: BaseChatModel
    model_id: int | None = None
    fallback: "StepModel | None" = None


def asking(
    step: StepSpec, model: StepModel | None, outputs: tuple[OutputSpec, ...]
) -> Callable[[list[BaseMessage], RunnableConfig], StepResult]:
    """Return what asks: messages → :class:`StepResult`.

    The fallback model is asked when the first one fails.

    :raises GptError: ``not_configured`` when there is no model
    """
    if model is None:
        raise GptError("not_configured", f"{step.name}: no model")

    def result(answer: Any) -> StepResult:
        text = accepted_text(answer)
        if outputs:
            return StepResult(text, parse_output(text, outputs))
        return StepResult(
            cut_at_sentence(text, step.max_chars) if step.max_chars else text
        )

    chat = _bound(step.name, model.chat, outputs).with_config(
        metadata={"gpt_step": step.name, "gpt_model_id": model.model_id}
    )

    def ask(messages: list[BaseMessage], config: RunnableConfig) -> StepResult:
        return result(chat.invoke(messages, config))

    if model.fallback is None:
        return ask
    instead = RunnableLambda(asking(step, model.fallback, outputs))
    return RunnableLambda(ask).with_fallbacks([instead]).invoke


def _bound(
    name: str, model: BaseChatModel, outputs: tuple[OutputSpec, ...]
) -> Runnable[Any, Any]:
    if not outputs:
        return model
    # Bound as the API wants it. What LangChain would do with the answer is left out:
    # its parser completes truncated JSON silently, and keeping the message beside what
    # was parsed takes a thread.
    structured = model.with_structured_output(
        {"title": name, **json_schema(outputs)}, method="json_schema", strict=True
    )
    # It binds the schema to the model, and then parses.
    return cast(RunnableSequence[Any, Any], structured).first
