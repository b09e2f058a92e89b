# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One prompt, whichever endpoint it came through."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .catalogue import ModelCard
from .tokens import TOKENS_PER_MESSAGE, count_tokens

# Reasoning tokens by effort; the API, too, books them in steps of 64.
REASONING_TOKENS = {
    "none": 0,
    "minimal": 0,
    "low": 64,
    "medium": 128,
    "high": 320,
    "xhigh": 640,
    "max": 1280,
}
DEFAULT_EFFORT = "medium"
# Of a reply that may be any JSON object.
JSON_OBJECT = {
    "type": "object",
    "properties": {"answer": {"type": "string"}, "confidence": {"type": "number"}},
}


@dataclass(frozen=True)
class Message:
    """One message of a prompt; system and developer messages are instructions."""

    role: str
    text: str


@dataclass(frozen=True)
class OutputFormat:
    """What the reply must be: text, any JSON object, or one that fits a schema."""

    kind: Literal["text", "json_object", "json_schema"] = "text"
    name: str = ""
    schema: dict[str, Any] | None = None

    @property
    def wanted_schema(self) -> dict[str, Any]:
        """The schema that the reply must fit; any JSON object has a common one."""
        return self.schema or JSON_OBJECT


@dataclass(frozen=True)
class Prompt:
    """A checked request: the model, the messages and the limits.

    ``max_tokens`` bounds reasoning and text together, as the API does it.
    """

    card: ModelCard
    messages: Sequence[Message]
    output_format: OutputFormat
    max_tokens: int | None
    effort: str | None
    stop: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The messages as one text, for counting and for the prompt cache."""
        schema = self.output_format.schema
        head = json.dumps(schema, sort_keys=True) if schema else ""
        return head + "\n".join(f"{m.role}: {m.text}" for m in self.messages)

    @property
    def input_tokens(self) -> int:
        """What the prompt costs."""
        return count_tokens(self.text) + TOKENS_PER_MESSAGE * len(self.messages)

    @property
    def reasoning_tokens(self) -> int:
        """What a reasoning model would think before it writes."""
        if not self.card.reasoning:
            return 0
        return REASONING_TOKENS[self.effort or DEFAULT_EFFORT]

    @property
    def output_limit(self) -> int:
        """The tokens that reasoning and text may take together."""
        return min(self.max_tokens or self.card.max_output, self.card.max_output)


#: Gives the text of a reply.
Answerer = Callable[[Prompt], str]
