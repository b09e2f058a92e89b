# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compiles a chain's specification to one LangChain ``Runnable``, and runs it.

The state that flows through the runnable is a dict: the chain's inputs, as
:class:`~.template.Value`, and then each step's :class:`StepResult` under its name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import (
    Runnable,
    RunnableConfig,
    RunnableLambda,
    RunnablePassthrough,
    RunnableSequence,
)

from ..errors import GptError
from ..privacy.masking import Masker
from ..provider.failures import as_gpt_error
from ..retrieval.cited_passages import cited_numbers, lacks_source, says_its_kind
from ..retrieval.passages import Passage, passages_block
from ..retrieval.retriever import NoRetriever, Retrieval, Retriever
from ..text.length import cut_at_sentence
from ..text.small_talk import is_small_talk
from .acceptance import accepted_text
from .output import json_schema, parse_output
from .recorder import Recorder
from .spec import ChainSpec, InputSpec, OutputSpec, StepSpec
from .template import RESERVED_NAMES, Value, as_text, render, template_names

# How a step's result is cut when a later step uses it.
STEP_RESULT_MAX_CHARS = 20_000
DEFAULT_PASSAGES = 4
# What is shown of an answer that rests on no passage.
_SHOWN_CHARS = 300
# What a step of the kind "check" answers.
VERDICT = (
    OutputSpec(
        name="passed",
        ttype="boolean",
        required=True,
        description="Whether the check is passed.",
    ),
    OutputSpec(
        name="reason", ttype="text", required=True, description="Why, in one sentence."
    ),
)


@dataclass(frozen=True)
class StepResult:
    """What a step gave: a text, or the values of a structured output."""

    text: str
    data: dict[str, Any] | None = None

    def as_value(self) -> Value:
        """Return it as later steps see it: text of a model is nobody's instruction."""
        content = self.text if self.data is None else self.data
        return Value(as_text(content, STEP_RESULT_MAX_CHARS))


@dataclass(frozen=True)
class StepModel:
    """The model of a step, its record in the catalogue, and who answers if it fails."""

    chat: BaseChatModel
    model_id: int | None = None
    fallback: "StepModel | None" = None


@dataclass(frozen=True)
class Tools:
    """What the steps of one run share.

    :param recorder: is told of what the steps look up
    :param needs_passages: a run that finds none has nothing to answer from
    """

    masker: Masker | None = None
    retriever: Retriever = field(default_factory=NoRetriever)
    recorder: Recorder = field(default_factory=Recorder)
    needs_passages: bool = False

    def masked(self, text: str) -> str:
        return self.masker.mask(text) if self.masker else text

    def restored(self, text: str) -> str:
        return self.masker.restore(text) if self.masker else text


@dataclass(frozen=True)
class Outcome:
    """How a run ended: ``result`` is the last step's, ``error`` says why there is none.

    ``result`` is as the model gave it, with the placeholders of ``masker`` in it;
    ``inputs`` are the values as the prompts got them; ``cited`` are the numbers of the
    ``passages``, from 1, that the result rests on. What was looked up is there however
    the run ended.
    """

    recorder: Recorder
    result: StepResult | None = None
    error: GptError | None = None
    cited: tuple[int, ...] = ()
    masker: Masker | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def retrievals(self) -> Sequence[Retrieval]:
        """What was looked up for the run, in order."""
        return self.recorder.retrievals

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages of the run, in the order of their numbers."""
        return self.recorder.passages


# What a step does: the state → its result. The chain's callbacks are in the config.
State = dict[str, Any]
Step = Callable[[State, RunnableConfig], StepResult]
StepBuilder = Callable[[StepSpec, StepModel | None, Tools], Step]


def prompt_step(step: StepSpec, model: StepModel | None, tools: Tools) -> Step:
    """System and user text → text, or structured output when the step has outputs."""
    messages, ask = step_messages(step), _asking(step, model, step.outputs)
    return lambda state, config: ask(messages(state), config)


def check_step(step: StepSpec, model: StepModel | None, tools: Tools) -> Step:
    """A prompt whose verdict stops the chain when the check is not passed."""
    messages, ask = step_messages(step), _asking(step, model, VERDICT)

    def check(state: State, config: RunnableConfig) -> StepResult:
        result = ask(messages(state), config)
        verdict = result.data or {}
        if not verdict["passed"]:
            raise GptError("check_failed", f"{step.name}: {verdict['reason']}")
        return result

    return check


def retrieve_step(step: StepSpec, model: StepModel | None, tools: Tools) -> Step:
    """The user text as a query → passages, as a prompt shows them."""

    def find(state: State, config: RunnableConfig) -> StepResult:
        query = tools.restored(step_query(step, state))
        found = tools.retriever.retrieve(
            query,
            step.passages or DEFAULT_PASSAGES,
            step.collection_ids or None,
            masker=tools.masker,
        )
        first = len(tools.recorder.passages) + 1
        tools.recorder.add_retrieval(found)
        if tools.needs_passages and not found.passages and not is_small_talk(query):
            raise GptError("no_source")
        return StepResult(tools.masked(passages_block(found.passages, first)))

    return find


# A kind of step is an entry here and one in the Selection of ``gpt.chain.step``. Some
# places compare ``kind`` as well.
STEP_BUILDERS: dict[str, StepBuilder] = {
    "prompt": prompt_step,
    "check": check_step,
    "retrieve": retrieve_step,
}


def compile_chain(
    spec: ChainSpec, models: Mapping[str, StepModel], tools: Tools | None = None
) -> Runnable[Any, Any]:
    """Return the runnable of ``spec``: state with inputs in, state with results out.

    :param models: the model of each step that has one, by the step's name
    """
    built = [
        _assigned(
            step.name,
            STEP_BUILDERS[step.kind](step, models.get(step.name), tools or Tools()),
        )
        for step in spec.steps
    ]
    return reduce(or_, built) if built else RunnablePassthrough()


def _assigned(name: str, step: Step) -> Runnable[Any, Any]:
    """State → state with the result of ``step`` under ``name``.

    LangChain's own RunnableAssign starts a thread for each step: they run one after
    the other here. A step is one runnable, whatever it does: to be one takes longer
    than to write a prompt.
    """

    def assign(state: State, config: RunnableConfig) -> State:
        return {**state, name: step(state, config)}

    return RunnableLambda(assign, name=name)


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


def run_chain(
    spec: ChainSpec,
    models: Mapping[str, StepModel],
    values: Mapping[str, Any],
    masker: Masker | None = None,
    retriever: Retriever | None = None,
    given: Retrieval | None = None,
) -> Outcome:
    """Run a chain to its end and say how it ended; never raises for a failed call.

    :param values: the declared inputs; ``query`` and ``passages`` need no declaration
    :param given: what was found before: the value ``passages`` is made of it
    """
    recorder = Recorder()
    inputs: dict[str, str] = {}
    if given:
        recorder.add_retrieval(given)
    try:
        given_state = initial_state(spec, values, masker)
        inputs = {name: value.text for name, value in given_state.items()}
        needs_passages = spec.needs_source and not says_its_kind(spec)
        if needs_passages and _lacks_given_passages(values):
            raise GptError("no_source")
        tools = Tools(masker, retriever or NoRetriever(), recorder, needs_passages)
        state: State = compile_chain(spec, models, tools).invoke(
            given_state, {"callbacks": [recorder]}
        )
    except Exception as raised:  # whatever happens, what was paid for is recorded
        failure = as_gpt_error(raised)
        if failure is not raised:
            failure.__cause__ = raised
        return Outcome(recorder, error=failure, masker=masker, inputs=inputs)
    results: list[StepResult] = [state[step.name] for step in spec.steps]
    answers = [
        result
        for step, result in zip(spec.steps, results, strict=True)
        if step.kind not in ("check", "retrieve")
    ]
    # A chain may end with a check of its answer, or only look something up.
    result = (answers or results)[-1]
    cited = cited_numbers(result.text, result.data, len(recorder.passages))
    error: GptError | None = None
    lacks = spec.needs_source and lacks_source(result.data, cited)
    if lacks and not _is_small_talk(spec, values, state):
        error = GptError("no_source", cut_at_sentence(result.text, _SHOWN_CHARS))
    return Outcome(
        recorder,
        result=None if error else result,
        error=error,
        cited=cited,
        masker=masker,
        inputs=inputs,
    )


def _is_small_talk(
    spec: ChainSpec, values: Mapping[str, Any], state: Mapping[str, Any]
) -> bool:
    """Tell whether what is looked up only greets or thanks; it needs no document.

    It decides for chains whose text does not say what it is.
    """
    if says_its_kind(spec):
        return False
    looking = [step for step in spec.steps if step.kind == "retrieve"]
    queries = [step_query(step, state) for step in looking]
    if "query" in values:
        queries.append(str(values["query"]))
    return bool(queries) and all(map(is_small_talk, queries))


def _lacks_given_passages(values: Mapping[str, Any]) -> bool:
    """Tell whether what was looked up beforehand has found nothing."""
    if "passages" not in values or values["passages"]:
        return False
    return not is_small_talk(str(values.get("query") or ""))


def initial_state(
    spec: ChainSpec, values: Mapping[str, Any], masker: Masker | None = None
) -> dict[str, Value]:
    """Return what a chain starts with: its inputs, and what was retrieved for it."""
    reserved = tuple(InputSpec(name=name) for name in RESERVED_NAMES if name in values)
    declared = {item.name for item in spec.inputs}
    extra = tuple(item for item in reserved if item.name not in declared)
    return input_values((*spec.inputs, *extra), values, masker)


def _values(state: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: value.as_value() if isinstance(value, StepResult) else value
        for name, value in state.items()
    }


def step_query(step: StepSpec, state: Mapping[str, Any]) -> str:
    """Return what a step of the kind ``retrieve`` looks up.

    A query is no prompt: its values are not delimited, and it is looked up as it
    was written.
    """
    plain = {name: Value(v.text, trusted=True) for name, v in _values(state).items()}
    return render("", step.user_prompt, plain)[1]


def step_messages(step: StepSpec) -> Callable[[State], list[BaseMessage]]:
    """Return what makes the messages of a step out of the state."""
    used = template_names(step.system_prompt) | template_names(step.user_prompt)

    def messages(state: State) -> list[BaseMessage]:
        values = {name: Value("") for name in RESERVED_NAMES} | _values(state)
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


def _asking(
    step: StepSpec, model: StepModel | None, outputs: tuple[OutputSpec, ...]
) -> Callable[[list[BaseMessage], RunnableConfig], StepResult]:
    """Messages → :class:`StepResult`, by the fallback model if the first one fails."""
    if model is None:
        raise GptError("not_configured", f"{step.name}: no model")

    def result(answer: Any) -> StepResult:
        text = accepted_text(answer)
        if outputs:
            return StepResult(text, parse_output(text, outputs))
        return StepResult(
            cut_at_sentence(text, step.max_chars) if step.max_chars else text
        )

    chat = _answering(step.name, model.chat, outputs).with_config(
        metadata={"gpt_step": step.name, "gpt_model_id": model.model_id}
    )

    def ask(messages: list[BaseMessage], config: RunnableConfig) -> StepResult:
        return result(chat.invoke(messages, config))

    if model.fallback is None:
        return ask
    instead = RunnableLambda(_asking(step, model.fallback, outputs))
    return RunnableLambda(ask).with_fallbacks([instead]).invoke


def _answering(
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
