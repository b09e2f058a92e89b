# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Asks the model of a step: messages → an accepted answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from ..errors import GptError
from ..provider.capabilities import Capabilities
from ..provider.failures import as_gpt_error
from ..text.length import cut_at_sentence
from .acceptance import accepted_text
from .output import parse_output
from .spec import OutputSpec, StepSpec
from .state import StepResult
from .structured_output import bound, with_schema

# What a model that asks for structured output is told of: its id, what it takes.
Learned = dict[int | None, Capabilities]


@dataclass(frozen=True)
class StepModel:
    """The model of a step, its record in the catalogue, and who answers if it fails.

    :param capabilities: what its server takes, as far as it is known
    :param learned: what was found out, by the record: it is told here
    """

    chat: BaseChatModel
    model_id: int | None = None
    fallback: "StepModel | None" = None
    capabilities: Capabilities = field(default_factory=Capabilities)
    learned: Learned = field(default_factory=dict, compare=False)


def asking(
    step: StepSpec, model: StepModel | None, outputs: tuple[OutputSpec, ...]
) -> Callable[[list[BaseMessage], RunnableConfig], StepResult]:
    """Return what asks: messages → :class:`StepResult`.

    A model whose server refuses a parameter is asked without it, which costs nothing;
    one whose answer does not have the wanted form is asked once more, in another way.
    The fallback model is asked when the first one fails.

    :raises GptError: ``not_configured`` when there is no model
    """
    if model is None:
        raise GptError("not_configured", f"{step.name}: no model")
    asker = _Asker(step, model, outputs)
    if model.fallback is None:
        return asker.ask
    instead = RunnableLambda(asking(step, model.fallback, outputs))
    return RunnableLambda(asker.ask).with_fallbacks([instead]).invoke


class _Asker:
    """Asks one model for one step."""

    def __init__(
        self, step: StepSpec, model: StepModel, outputs: tuple[OutputSpec, ...]
    ) -> None:
        self._step = step
        self._model = model
        self._outputs = outputs
        self._bound: dict[Capabilities, Runnable[Any, Any]] = {}

    def ask(self, messages: list[BaseMessage], config: RunnableConfig) -> StepResult:
        taken = self._known
        refused: set[Capabilities] = set()
        is_second = False
        while True:
            try:
                result = self._asked(taken, messages, config)
            except Exception as raised:
                refused.add(taken)
                error = as_gpt_error(raised)
                other = taken.after(error, structured=bool(self._outputs))
                if error.code == "invalid_output" and not is_second:
                    # It was paid for: once more, and in a way that asks less of it.
                    is_second = True
                    other = taken.next_way()
                if other is None or other in refused:
                    raise
                taken = other
                continue
            if taken != self._known:
                self._model.learned[self._model.model_id] = taken
            return result

    @property
    def _known(self) -> Capabilities:
        """What is known of the model, by an earlier step of this run too."""
        return self._model.learned.get(self._model.model_id, self._model.capabilities)

    def _asked(
        self, taken: Capabilities, messages: list[BaseMessage], config: RunnableConfig
    ) -> StepResult:
        sent = with_schema(messages, self._outputs, taken.way)
        text = accepted_text(self._chat(taken).invoke(sent, config))
        if self._outputs:
            return StepResult(text, parse_output(text, self._outputs))
        limit = self._step.max_chars
        return StepResult(cut_at_sentence(text, limit) if limit else text)

    def _chat(self, taken: Capabilities) -> Runnable[Any, Any]:
        if taken not in self._bound:
            chat = taken.applied(self._model.chat)
            self._bound[taken] = bound(
                self._step.name, chat, self._outputs, taken.way
            ).with_config(
                metadata={
                    "gpt_step": self._step.name,
                    "gpt_model_id": self._model.model_id,
                }
            )
        return self._bound[taken]
