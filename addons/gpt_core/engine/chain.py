# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compiles a chain's specification to one LangChain ``Runnable``, and runs it.

The state that flows through the runnable is a dict: the chain's inputs, as
:class:`~.template.Value`, and then each step's :class:`StepResult` under its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from .acceptance import accepted_text
from .errors import GptError
from .failures import as_gpt_error
from .output import json_schema, parse_output
from .recorder import Recorder
from .spec import ChainSpec, InputSpec, StepSpec
from .template import Value, as_text, render

# How a step's result is cut when a later step uses it.
STEP_RESULT_MAX_CHARS = 20_000


@dataclass(frozen=True)
class StepResult:
    """What a step gave: its text, and the values of a structured output."""

    text: str
    data: dict[str, Any] | None = None

    def as_value(self) -> Value:
        """Return it as later steps see it: text of a model is nobody's instruction."""
        content = self.text if self.data is None else self.data
        return Value(as_text(content, STEP_RESULT_MAX_CHARS))


@dataclass(frozen=True)
class StepModel:
    """The model of a step, and its record in the catalogue."""

    chat: BaseChatModel
    model_id: int | None = None


@dataclass(frozen=True)
class Outcome:
    """How a run ended: ``result`` is the last step's, ``error`` says why there is none."""

    recorder: Recorder
    result: StepResult | None = None
    error: GptError | None = None


StepBuilder = Callable[[StepSpec, StepModel], Runnable]


def prompt_step(step: StepSpec, model: StepModel) -> Runnable:
    """System and user text → text, or structured output when the step has outputs."""
    chat = _answering(step, model.chat).with_config(
        metadata={"gpt_step": step.name, "gpt_model_id": model.model_id}
    )

    def messages(state: dict) -> list:
        system, user = render(step.system_prompt, step.user_prompt, _values(state))
        return [
            message
            for message in (SystemMessage(system), HumanMessage(user))
            if message.content
        ]

    def result(answer: Any) -> StepResult:
        text = accepted_text(answer)
        data = parse_output(text, step.outputs) if step.outputs else None
        return StepResult(text, data)

    return RunnableLambda(messages) | chat | RunnableLambda(result)


# A kind of step is added by another entry.
STEP_BUILDERS: dict[str, StepBuilder] = {"prompt": prompt_step}


def compile_chain(spec: ChainSpec, models: Mapping[str, StepModel]) -> Runnable:
    """Return the runnable of ``spec``: state with the inputs in, state with results out.

    :param models: the model of each step, by the step's name
    """
    chain: Runnable = RunnablePassthrough()
    for step in spec.steps:
        built = STEP_BUILDERS[step.kind](step, models[step.name])
        chain = chain | RunnablePassthrough.assign(**{step.name: built})
    return chain


def input_values(inputs: tuple[InputSpec, ...], values: Mapping) -> dict[str, Value]:
    """Return every declared input as cut text; one that is not given is empty."""
    return {
        declared.name: Value(
            as_text(values.get(declared.name), declared.max_chars), declared.trusted
        )
        for declared in inputs
    }


def run_chain(
    spec: ChainSpec, models: Mapping[str, StepModel], values: Mapping
) -> Outcome:
    """Run a chain to its end and say how it ended; never raises for a failed call."""
    recorder = Recorder()
    try:
        state = compile_chain(spec, models).invoke(
            input_values(spec.inputs, values), {"callbacks": [recorder]}
        )
    except Exception as error:  # whatever happens, what was paid for is recorded
        failure = as_gpt_error(error)
        if failure is not error:
            failure.__cause__ = error
        return Outcome(recorder, error=failure)
    return Outcome(recorder, result=state[spec.steps[-1].name])


def _values(state: Mapping) -> dict[str, Value]:
    return {
        name: value.as_value() if isinstance(value, StepResult) else value
        for name, value in state.items()
    }


def _answering(step: StepSpec, model: BaseChatModel) -> Runnable:
    if not step.outputs:
        return model
    # Bound as the API wants it. LangChain's own parser is left out: it completes
    # truncated JSON silently.
    structured = model.with_structured_output(
        {"title": step.name, **json_schema(step.outputs)},
        method="json_schema",
        strict=True,
        include_raw=True,
    )
    return structured | RunnableLambda(lambda answer: answer["raw"])
