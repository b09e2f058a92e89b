# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds out how a model gives fields, by asking for one in each way."""

from langchain_core.language_models import BaseChatModel

from ..provider.capabilities import Capabilities
from .asking import StepModel
from .run import run_chain
from .spec import ChainSpec, OutputSpec, StepSpec

_STEP = StepSpec(
    name="trial",
    user_prompt="The sky is blue today. What colour is it? Which day is meant?",
    outputs=(
        OutputSpec(name="colour", ttype="char", required=True),
        OutputSpec(
            name="day",
            ttype="selection",
            choices=("today", "tomorrow"),
            required=True,
        ),
    ),
)


def try_fields(chat: BaseChatModel) -> Capabilities:
    """Return what the model's server takes, the best way that gives fields included.

    :raises GptError: why there is no way
    """
    taken = Capabilities()
    while True:
        model = StepModel(chat, capabilities=taken)
        ended = run_chain(ChainSpec(code="trial", steps=(_STEP,)), {"trial": model}, {})
        if ended.error is None:
            return ended.learned.get(None, taken)
        # The two next ways were asked in that run.
        further = taken.next_way()
        further = further and further.next_way()
        if ended.error.code != "invalid_output" or further is None:
            raise ended.error
        taken = further
