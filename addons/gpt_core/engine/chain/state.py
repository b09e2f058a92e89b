# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The state that flows through a chain: its inputs, and the results of its steps.

It is a dict: the chain's inputs, as :class:`~.template.Value`, and then each step's
:class:`StepResult` under its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..privacy.masking import Masker
from .spec import ChainSpec, InputSpec
from .template import RESERVED_NAMES, Value, as_text

# How a step's result is cut when a later step uses it.
STEP_RESULT_MAX_CHARS = 20_000

State = dict[str, Any]


@dataclass(frozen=True)
class StepResult:
    """What a step gave: a text, or the values of a structured output."""

    text: str
    data: dict[str, Any] | None = None

    def as_value(self) -> Value:
        """Return it as later steps see it: text of a model is nobody's instruction."""
        content = self.text if self.data is None else self.data
        return Value(as_text(content, STEP_RESULT_MAX_CHARS))


def initial_state(
    spec: ChainSpec, values: Mapping[str, Any], masker: Masker | None = None
) -> dict[str, Value]:
    """Return what a chain starts with: its inputs, and what was retrieved for it."""
    reserved = tuple(InputSpec(name=name) for name in RESERVED_NAMES if name in values)
    declared = {item.name for item in spec.inputs}
    extra = tuple(item for item in reserved if item.name not in declared)
    return input_values((*spec.inputs, *extra), values, masker)


def input_values(
    inputs: tuple[InputSpec, ...],
    values: Mapping[str, Any],
    masker: Masker | None = None,
) -> dict[str, Value]:
    """Return every declared input as cut, masked text; one that is not given is empty.

    What administrators wrote for everybody to know is not masked.
    """
    result = {}
    for declared in inputs:
        text = as_text(values.get(declared.name), declared.max_chars)
        if masker and not declared.trusted:
            text = masker.mask(text)
        result[declared.name] = Value(text, declared.trusted)
    return result


def state_values(state: Mapping[str, Any]) -> dict[str, Value]:
    """Return what the prompts of the next step may use."""
    return {
        name: value.as_value() if isinstance(value, StepResult) else value
        for name, value in state.items()
    }
