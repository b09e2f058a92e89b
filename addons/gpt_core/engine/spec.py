# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a published chain is, as data: the snapshot that ``gpt.chain.version`` keeps."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

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
    """A chain: its inputs, its steps in order, its limits."""

    code: str
    inputs: tuple[InputSpec, ...] = ()
    steps: tuple[StepSpec, ...]
    model_id: int | None = None
    fallback_model_id: int | None = None
    temperature: float | None = None
    max_tokens: int = 0
    max_chars: int = 900
    mask_pii: bool = True


def fingerprint(snapshot: Mapping[str, Any]) -> str:
    """Return what two snapshots have in common exactly when they mean the same.

    What is empty means the same as what is missing: a snapshot made before an addon
    brought a field is no other chain for that.
    """
    meaning = json.dumps(_without_empty(snapshot), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(meaning.encode()).hexdigest()


def _without_empty(value: Any) -> Any:
    if isinstance(value, Mapping):
        plain = {key: _without_empty(item) for key, item in value.items()}
        # A temperature of 0 is a temperature.
        return {
            key: item
            for key, item in plain.items()
            if item or (key == "temperature" and item is not None)
        }
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return value
