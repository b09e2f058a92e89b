# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a published chain is, typed: what code reads of a version.

Each setting that a version holds is an attribute of the specification. An addon reads
its own ones through a subclass of :class:`AddonSettings`::

    class EvidenceSettings(AddonSettings):
        require_evidence: bool = False

    EvidenceSettings.of(chain_spec).require_evidence
"""

from collections.abc import Collection
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict

from .choices import split_choices
from .step_kinds import step_kind

OutputType = Literal[
    "char", "text", "integer", "float", "boolean", "selection", "date", "list"
]


def _as_choices(value: Any) -> Any:
    return split_choices(value) if isinstance(value, str) else value


class Spec(BaseModel):
    """Settings; those of other addons are kept beside the ones that are named here."""

    model_config = ConfigDict(frozen=True, extra="allow")


class AddonSettings(BaseModel):
    """What an addon added to a chain, or to a part of one.

    An attribute has the name of the setting, and the default that its field has: a
    version that was made before the addon came says nothing of it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def of(cls, spec: Spec) -> Self:
        """Return these settings of a chain, of a step, of an input or of an output."""
        return cls.model_validate(spec.model_extra or {})


class OutputSpec(Spec):
    """A field of a step's structured output.

    ``field_name``: the field of the record that takes the value.
    """

    name: str
    ttype: OutputType = "char"
    description: str = ""
    required: bool = False
    choices: Annotated[tuple[str, ...], BeforeValidator(_as_choices)] = ()
    field_name: str = ""


class InputSpec(Spec):
    """A value that the caller hands in.

    ``trusted`` values are written by the administrators; they may stand in a system
    prompt. ``max_chars`` is where a longer one is cut.
    """

    name: str
    trusted: bool = False
    max_chars: int = 20_000


class StepSpec(Spec):
    """One step; ``None`` or 0 means: as the chain says, and then the settings.

    ``max_chars`` is where its text is cut, before a later step or anybody gets it.
    """

    name: str
    kind: str = "prompt"
    system_prompt: str = ""
    user_prompt: str = ""
    model_id: int | None = None
    temperature: float | None = None
    max_tokens: int = 0
    max_chars: int = 0
    outputs: tuple[OutputSpec, ...] = ()
    passages: int = 0
    collection_ids: tuple[int, ...] = ()

    @property
    def asks_model(self) -> bool:
        """Whether it sends a prompt to a model."""
        return step_kind(self.kind).asks_model

    @property
    def gives_answer(self) -> bool:
        """Whether its result may be the answer of the chain."""
        return step_kind(self.kind).gives_answer

    @property
    def looks_up(self) -> bool:
        """Whether it finds passages."""
        return step_kind(self.kind).looks_up


class ChainSpec(Spec):
    """A chain: its inputs, its steps in order, its limits.

    ``needs_source``: an answer that rests on none of the passages is none.
    ``few_shot_count``: so many approved examples are shown, ``few_shot_tokens`` long
    at most.
    """

    code: str
    inputs: tuple[InputSpec, ...] = ()
    steps: tuple[StepSpec, ...]
    model_id: int | None = None
    fallback_model_id: int | None = None
    temperature: float | None = None
    max_tokens: int = 0
    max_chars: int = 900
    mask_pii: bool = True
    needs_source: bool = False
    few_shot_count: int = 0
    few_shot_tokens: int = 1000

    @property
    def outputs(self) -> tuple[OutputSpec, ...]:
        """The outputs of all steps, in order."""
        return tuple(output for step in self.steps for output in step.outputs)

    def only(self, names: Collection[str]) -> Self:
        """Return a chain that asks for these outputs, and for no others.

        One of several steps asks for all: a later step may need them.
        """
        if len(self.steps) > 1:
            return self
        step = self.steps[0]
        kept = tuple(output for output in step.outputs if output.name in names)
        step = step.model_copy(update={"outputs": kept})
        return self.model_copy(update={"steps": (step,)})

    @property
    def answering_step(self) -> StepSpec:
        """The step whose result is the chain's; one that only looks up has its last."""
        answering = [step for step in self.steps if step.gives_answer]
        return (answering or self.steps)[-1]
