# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is answered when nobody said what to answer: always the same greeting."""

from dataclasses import dataclass
from typing import Any

from .prompts import Prompt
from .structured import NOTHING, Field, StructuredAnswer

SMALL_TALK = "small_talk"
TEXT = "¡Hola! ¿En qué puedo ayudarte?"


def default_answer(prompt: Prompt) -> str:
    """The same text for every prompt; of a structured output, in each text field."""
    if prompt.output_format.kind == "text":
        return TEXT
    return StructuredAnswer(prompt.output_format.wanted_schema, _SameText()).text()


@dataclass(frozen=True)
class _SameText(Field):
    def guess(self, kind: type, schema: dict[str, Any] | None = None) -> Any:
        schema = schema or {}
        if self.name == "confidence" and kind is float:
            return schema.get("maximum", 1)
        if kind is not str:
            return NOTHING
        if "enum" in schema:
            # Of chains that want to know what kind of text they are given.
            return SMALL_TALK if SMALL_TALK in schema["enum"] else NOTHING
        return TEXT
