# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a chain would send, without sending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..examples.few_shot import FewShot
from ..privacy.masking import Masker
from .messages import step_messages, step_query
from .spec import ChainSpec
from .state import initial_state
from .template import Value

# Stands for what only the model knows.
NOT_KNOWN_YET = "…"


@dataclass(frozen=True)
class StepPrompt:
    """The messages of one step: ``(role, text)``, and of a look-up its query."""

    step: str
    asks_model: bool
    messages: tuple[tuple[str, str], ...]


def step_prompts(
    spec: ChainSpec,
    values: Mapping[str, Any],
    masker: Masker | None = None,
    few_shot: FewShot | None = None,
) -> list[StepPrompt]:
    """Return the masked messages of every step; earlier results are not known yet."""
    few_shot = few_shot or FewShot()
    state: dict[str, Any] = {step.name: Value(NOT_KNOWN_YET) for step in spec.steps}
    state |= initial_state(spec, values, masker)
    prompts = []
    for step in spec.steps:
        if step.looks_up:
            messages = [("query", step_query(step, state))]
        else:
            own = step_messages(step)(state)
            shown = few_shot.shown(step, state, own)
            messages = [(m.type, m.text) for m in shown.before_question(own)]
        prompts.append(StepPrompt(step.name, step.asks_model, tuple(messages)))
    return prompts


def first_prompt(
    spec: ChainSpec,
    values: Mapping[str, Any],
    masker: Masker | None = None,
    few_shot: FewShot | None = None,
) -> str:
    """Return what the first step with a model would send, as one readable text."""
    prompts = step_prompts(spec, values, masker, few_shot)
    asking = (prompt for prompt in prompts if prompt.asks_model)
    first = next(asking, prompts[-1])
    return "\n\n".join(f"[{role}]\n{text}" for role, text in first.messages)
