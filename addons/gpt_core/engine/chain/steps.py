# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs the steps: a function for each kind of :data:`~.step_kinds.STEP_KINDS`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from langchain_core.runnables import RunnableConfig

from ..errors import GptError
from ..examples.few_shot import FewShot
from ..privacy.masking import Masker
from ..retrieval.passages import passages_block
from ..retrieval.retriever import NoRetriever, Retriever
from ..text.small_talk import is_small_talk
from .asking import StepModel, asking
from .messages import step_messages, step_query
from .recorder import Recorder
from .spec import OutputSpec, StepSpec
from .state import State, StepResult

DEFAULT_PASSAGES = 4
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
class Tools:
    """What the steps of one run share.

    :param recorder: is told of what the steps look up
    :param needs_passages: a run that finds none has nothing to answer from
    :param few_shot: the approved examples that one of the steps shows
    """

    masker: Masker | None = None
    retriever: Retriever = field(default_factory=NoRetriever)
    recorder: Recorder = field(default_factory=Recorder)
    needs_passages: bool = False
    few_shot: FewShot = field(default_factory=FewShot)

    def masked(self, text: str) -> str:
        return self.masker.mask(text) if self.masker else text

    def restored(self, text: str) -> str:
        return self.masker.restore(text) if self.masker else text


# What a step does: the state → its result. The chain's callbacks are in the config.
Step = Callable[[State, RunnableConfig], StepResult]
StepBuilder = Callable[[StepSpec, StepModel | None, Tools], Step]

#: By the names of the kinds.
STEP_BUILDERS: dict[str, StepBuilder] = {}


def builds(kind: str) -> Callable[[StepBuilder], StepBuilder]:
    """Decorate the function that builds the steps of a kind."""

    def register(builder: StepBuilder) -> StepBuilder:
        STEP_BUILDERS[kind] = builder
        return builder

    return register


@builds("prompt")
def prompt_step(step: StepSpec, model: StepModel | None, tools: Tools) -> Step:
    """System and user text → text, or structured output when the step has outputs."""
    messages, ask = step_messages(step), asking(step, model, step.outputs)

    def prompt(state: State, config: RunnableConfig) -> StepResult:
        own = messages(state)
        shown = tools.few_shot.shown(step, state, own)
        tools.recorder.examples.extend(shown.ids)
        return shown.cleaned(ask(shown.before_question(own), config))

    return prompt


@builds("check")
def check_step(step: StepSpec, model: StepModel | None, tools: Tools) -> Step:
    """A prompt whose verdict stops the chain when the check is not passed."""
    messages, ask = step_messages(step), asking(step, model, VERDICT)

    def check(state: State, config: RunnableConfig) -> StepResult:
        result = ask(messages(state), config)
        verdict = result.data or {}
        if not verdict["passed"]:
            raise GptError("check_failed", f"{step.name}: {verdict['reason']}")
        return result

    return check


@builds("retrieve")
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
