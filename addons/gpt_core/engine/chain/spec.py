# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a published chain is, as data: the snapshot that ``gpt.chain.version`` keeps."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

OutputType = Literal[
    "char", "text", "integer", "float", "boolean", "selection", "date", "list"
]


class _Spec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class OutputSpec(_Spec):
    """A field of a step's structured output."""

    name: str
    ttype: OutputType = "char"
    description: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


class InputSpec(_Spec):
    """A value that the caller hands in.

    ``trusted`` values are written by the administrators; they may stand in a system
    prompt. ``max_chars`` is where a longer one is cut.
    """

    name: str
    trusted: bool = False
    max_chars: int = 20_000


class StepSpec(_Spec):
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


class ChainSpec(_Spec):
    """A chain: its inputs, its steps in order, its limits.

    ``needs_source``: an answer that rests on none of the passages is none.
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
