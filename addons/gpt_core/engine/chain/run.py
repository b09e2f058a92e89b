# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compiles a chain's specification to one LangChain ``Runnable``, and runs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from langchain_core.runnables import (
    Runnable,
    RunnableConfig,
    RunnableLambda,
    RunnablePassthrough,
)

from ..errors import GptError
from ..examples.few_shot import FewShot
from ..privacy.masking import Masker
from ..provider.failures import as_gpt_error
from ..retrieval.cited_passages import cited_numbers, lacks_source, says_its_kind
from ..retrieval.passages import Passage
from ..retrieval.retriever import NoRetriever, Retrieval, Retriever
from ..text.length import cut_at_sentence
from ..text.small_talk import is_small_talk
from .asking import Learned, StepModel
from .messages import step_query
from .recorder import Recorder
from .spec import ChainSpec
from .state import State, StepResult, initial_state
from .steps import STEP_BUILDERS, Step, Tools

# What is shown of an answer that rests on no passage.
_SHOWN_CHARS = 300


@dataclass(frozen=True)
class Outcome:
    """How a run ended: ``result`` is the last step's, ``error`` says why there is none.

    ``result`` is as the model gave it, with the placeholders of ``masker`` in it;
    ``inputs`` are the values as the prompts got them; ``cited`` are the numbers of the
    ``passages``, from 1, that the result rests on. What was looked up is there however
    the run ended, and so is what was ``learned`` of the models' capabilities.
    """

    recorder: Recorder
    result: StepResult | None = None
    error: GptError | None = None
    cited: tuple[int, ...] = ()
    masker: Masker | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    learned: Learned = field(default_factory=dict)

    @property
    def retrievals(self) -> Sequence[Retrieval]:
        """What was looked up for the run, in order."""
        return self.recorder.retrievals

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages of the run, in the order of their numbers."""
        return self.recorder.passages


def run_chain(
    spec: ChainSpec,
    models: Mapping[str, StepModel],
    values: Mapping[str, Any],
    masker: Masker | None = None,
    retriever: Retriever | None = None,
    given: Retrieval | None = None,
    few_shot: FewShot | None = None,
) -> Outcome:
    """Run a chain to its end and say how it ended; never raises for a failed call.

    :param values: the declared inputs; ``query`` and ``passages`` need no declaration
    :param given: what was found before: the value ``passages`` is made of it
    :param few_shot: the approved examples to choose from; ``None``: there are none
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
        tools = Tools(
            masker,
            retriever or NoRetriever(),
            recorder,
            needs_passages,
            few_shot or FewShot(),
        )
        state: State = compile_chain(spec, models, tools).invoke(
            given_state, {"callbacks": [recorder]}
        )
    except Exception as raised:  # whatever happens, what was paid for is recorded
        failure = as_gpt_error(raised)
        if failure is not raised:
            failure.__cause__ = raised
        return Outcome(
            recorder,
            error=failure,
            masker=masker,
            inputs=inputs,
            learned=_learned(models),
        )
    # A chain may end with a check of its answer, or only look something up.
    result: StepResult = state[spec.answering_step.name]
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
        learned=_learned(models),
    )


def _learned(models: Mapping[str, StepModel]) -> Learned:
    """Return what was found out of the models, and of those that are asked instead."""
    found: Learned = {}
    for model in models.values():
        asked: StepModel | None = model
        while asked is not None:
            found |= asked.learned
            asked = asked.fallback
    return found


def compile_chain(
    spec: ChainSpec, models: Mapping[str, StepModel], tools: Tools | None = None
) -> Runnable[Any, Any]:
    """Return the runnable of ``spec``: state with inputs in, state with results out.

    :param models: the model of each step that has one, by the step's name
    """
    tools = tools or Tools()
    built = [
        _assigned(
            step.name, STEP_BUILDERS[step.kind](step, models.get(step.name), tools)
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


def _is_small_talk(
    spec: ChainSpec, values: Mapping[str, Any], state: Mapping[str, Any]
) -> bool:
    """Tell whether what is looked up only greets or thanks; it needs no document.

    It decides for chains whose text does not say what it is.
    """
    if says_its_kind(spec):
        return False
    queries = [step_query(step, state) for step in spec.steps if step.looks_up]
    if "query" in values:
        queries.append(str(values["query"]))
    return bool(queries) and all(map(is_small_talk, queries))


def _lacks_given_passages(values: Mapping[str, Any]) -> bool:
    """Tell whether what was looked up beforehand has found nothing."""
    if "passages" not in values or values["passages"]:
        return False
    return not is_small_talk(str(values.get("query") or ""))
