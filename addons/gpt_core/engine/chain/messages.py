# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a step sends: the messages of its prompts, or the query that it looks up."""

from collections.abc import Callable, Mapping
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from .spec import StepSpec
from .state import State, state_values
from .template import RESERVED_NAMES, Value, render, template_names


def step_query(step: StepSpec, state: Mapping[str, Any]) -> str:
    """Return what a step of the kind ``retrieve`` looks up.

    A query is no prompt: its values are not delimited, and it is looked up as it
    was written.
    """
    values = state_values(state)
    plain = {name: Value(value.text, trusted=True) for name, value in values.items()}
    return render("", step.user_prompt, plain)[1]


def step_messages(step: StepSpec) -> Callable[[State], list[BaseMessage]]:
    """Return what makes the messages of a step out of the state."""
    used = template_names(step.system_prompt) | template_names(step.user_prompt)

    def messages(state: State) -> list[BaseMessage]:
        values = {name: Value("") for name in RESERVED_NAMES} | state_values(state)
        # What was retrieved for a prompt that does not name it is added to it.
        added = [f"{{{n}}}" for n in RESERVED_NAMES if n in state and n not in used]
        user_prompt = "\n\n".join(filter(None, [step.user_prompt, *added]))
        system, user = render(step.system_prompt, user_prompt, values)
        return [
            message
            for message in (SystemMessage(system), HumanMessage(user))
            if message.content
        ]

    return messages
