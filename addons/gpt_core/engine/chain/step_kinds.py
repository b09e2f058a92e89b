# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The kinds of steps: what each one is, for whoever asks.

A new kind is an entry here and the function that runs it, in :mod:`.steps`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class StepKind:
    """What a kind of step is.

    :param label: how people call it
    :param help: what it does, in one sentence
    :param asks_model: it sends a prompt to a model
    :param gives_answer: its result may be the answer of the chain
    :param looks_up: its user prompt is a query, which finds passages
    """

    label: str = ""
    help: str = ""
    asks_model: bool = False
    gives_answer: bool = False
    looks_up: bool = False


STEP_KINDS: dict[str, StepKind] = {
    "retrieve": StepKind(
        "Look up documents",
        "the user prompt is the question to the documents.",
        looks_up=True,
    ),
    "prompt": StepKind(
        "Prompt",
        "text, or structured output, by a model.",
        asks_model=True,
        gives_answer=True,
    ),
    "check": StepKind(
        "Check",
        "a prompt whose verdict stops the chain when it is not passed.",
        asks_model=True,
    ),
}


def step_kind(name: str) -> StepKind:
    """Return a kind; one whose addon is gone does nothing, and cannot be run."""
    return STEP_KINDS.get(name, StepKind())
