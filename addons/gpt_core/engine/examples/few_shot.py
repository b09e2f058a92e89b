# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Few-shot examples: approved answers to similar questions, shown to the model.

They stand between the system prompt and what is asked now, as if they had been said.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from ..chain.spec import ChainSpec, StepSpec
from ..chain.state import StepResult
from ..chain.template import Value
from ..privacy.masking import ANY_PLACEHOLDER
from ..provider.usage import estimated_tokens
from ..text.folding import fold_words
from .example import USER, Example, Turn, fitting_turns
from .index import ExampleIndex

# Placeholders of examples are numbered from here: no conversation has so many.
FIRST_NUMBER = 90_001
# What a message takes beside its text.
_TOKENS_PER_MESSAGE = 4
_BEFORE_IT = re.compile(rf"[ \t]?{ANY_PLACEHOLDER.pattern}")


@dataclass(frozen=True)
class Shown:
    """The examples that a step shows, with placeholders of their own.

    :param ids: of the examples
    :param placeholders: their names (``RFC_90001``): nobody's value stands behind them
    """

    messages: tuple[BaseMessage, ...] = ()
    ids: tuple[int, ...] = ()
    placeholders: frozenset[str] = frozenset()

    def before_question(self, messages: list[BaseMessage]) -> list[BaseMessage]:
        """Return a step's messages with the examples before what is asked."""
        return [*messages[:-1], *self.messages, *messages[-1:]]

    def cleaned(self, result: StepResult) -> StepResult:
        """Return an answer without the placeholders that it took from the examples."""
        if not self.placeholders:
            return result
        data = None if result.data is None else self._cleaned(result.data)
        return StepResult(self._cleaned(result.text), data)

    def _cleaned(self, value: Any) -> Any:
        if isinstance(value, str):
            return _BEFORE_IT.sub(self._without, value)
        if isinstance(value, list):
            return [self._cleaned(item) for item in value]
        if isinstance(value, dict):
            return {key: self._cleaned(item) for key, item in value.items()}
        return value

    def _without(self, match: re.Match[str]) -> str:
        return "" if f"{match[1]}_{match[2]}" in self.placeholders else match[0]


NOTHING = Shown()


@dataclass(frozen=True)
class FewShot:
    """Which examples a chain may show, how many of them, and of which length.

    :param step: the name of the step that shows them
    :param about: what the run is about: an example made of it would tell its answer
    :param is_case: nor is one shown that asks the same, whose answer is to be found
    """

    index: ExampleIndex = field(default_factory=lambda: ExampleIndex(()))
    step: str = ""
    count: int = 0
    max_tokens: int = 0
    about: frozenset[str] = frozenset()
    is_case: bool = False

    @classmethod
    def of(
        cls,
        spec: ChainSpec,
        index: ExampleIndex | None,
        about: Collection[str] = (),
        is_case: bool = False,
    ) -> Self:
        """Return what a chain may show; nothing without an index."""
        if index is None or not spec.few_shot_count:
            return cls()
        return cls(
            index,
            spec.answering_step.name,
            spec.few_shot_count,
            spec.few_shot_tokens,
            frozenset(about),
            is_case,
        )

    def shown(
        self, step: StepSpec, state: Mapping[str, Any], messages: list[BaseMessage]
    ) -> Shown:
        """Return the examples that are most like what a step asks, the best last.

        One that is too long for what is left of the tokens is passed over.
        """
        if step.name != self.step or not self.index.examples:
            return NOTHING
        if not messages or not isinstance(messages[-1], HumanMessage):
            return NOTHING  # it asks nothing that an example could stand before
        chosen: list[tuple[int, tuple[Turn, ...]]] = []
        left, seen = self.max_tokens, set()
        texts = list(_asked_texts(state))
        own = _Same(texts) if self.is_case else None
        for example in self.index.similar(texts):
            if len(chosen) == self.count:
                break
            turns = fitting_turns(example, step.outputs)
            if turns is None or turns in seen or example.origins & self.about:
                continue
            if own and own.is_asked_in(example):
                continue
            tokens = _tokens(turns)
            if tokens <= left:
                chosen.append((example.id, turns))
                seen.add(turns)
                left -= tokens
        return _shown(chosen[::-1])

    def most_tokens(self) -> int:
        """Return how many tokens the examples take at most."""
        sizes = sorted((_tokens(e.turns) for e in self.index.examples), reverse=True)
        return min(sum(sizes[: self.count]), self.max_tokens)


class _Same:
    """What is asked, to know an example by that asks the same."""

    def __init__(self, texts: list[str]) -> None:
        folded = (fold_words(text) for text in texts)
        self._texts = [f" {text} " for text in folded if text]

    def is_asked_in(self, example: Example) -> bool:
        """Tell whether all of it stands in the example."""
        question = f" {fold_words(example.question)} "
        return bool(self._texts) and all(text in question for text in self._texts)


def _tokens(turns: tuple[Turn, ...]) -> int:
    return sum(estimated_tokens(text) + _TOKENS_PER_MESSAGE for _role, text in turns)


def _asked_texts(state: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the caller handed in; what administrators wrote is always the same."""
    for name, value in state.items():
        if isinstance(value, Value) and not value.trusted and name != "passages":
            yield value.text


def _shown(chosen: list[tuple[int, tuple[Turn, ...]]]) -> Shown:
    messages: list[BaseMessage] = []
    given: dict[tuple[int, str], str] = {}
    for example_id, turns in chosen:

        def renamed(match: re.Match[str], example_id: int = example_id) -> str:
            key = example_id, f"{match[1]}_{match[2]}"
            if key not in given:
                given[key] = f"{match[1]}_{FIRST_NUMBER + len(given)}"
            return f"[[{given[key]}]]"

        for role, text in turns:
            apart = ANY_PLACEHOLDER.sub(renamed, text)
            kind = HumanMessage if role == USER else AIMessage
            messages.append(kind(apart))
    ids = tuple(example_id for example_id, _turns in chosen)
    return Shown(tuple(messages), ids, frozenset(given.values()))
