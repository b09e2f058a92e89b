# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is answered when nobody said what to answer: always the same."""

from dataclasses import dataclass
from typing import Any

from .prompts import Prompt
from .structured import NOTHING, Field, StructuredAnswer

TEXT = "¡Hola! ¿En qué puedo ayudarte?"


def default_answer(prompt: Prompt) -> str:
    """The same text for every prompt; of a structured output, in each text field."""
    if prompt.output_format.kind == "text":
        return TEXT
    return StructuredAnswer(prompt.output_format.wanted_schema, _SameText()).text()


@dataclass(frozen=True)
class _SameText(Field):
    def guess(self, kind: type, schema: dict[str, Any] | None = None) -> Any:
        is_free = kind is str and "enum" not in (schema or {})
        return TEXT if is_free else NOTHING
