# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ways to ask a model for fields: :data:`..provider.capabilities.WAYS`."""

import json
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, SystemMessage
from langchain_core.runnables import Runnable, RunnableSequence

from .output import json_schema
from .spec import OutputSpec

# The tool whose arguments are the fields.
_TOOL = "answer"
_INSTRUCTION = (
    "Answer with one JSON object and nothing else: no explanation, no code block. It "
    "has all keys of this JSON schema and no others. A value that you do not know is "
    "null where the schema allows it.\n\n{schema}"
)


def bound(
    name: str, model: BaseChatModel, outputs: tuple[OutputSpec, ...], way: str
) -> Runnable[Any, Any]:
    """Return the model, bound to what asks for the fields in this way."""
    if not outputs or way == "prompt":
        return model
    if way == "json":
        return model.bind(response_format={"type": "json_object"})
    if way == "tool":
        schema = {"title": _TOOL, **json_schema(outputs)}
        return model.bind_tools([schema], tool_choice=_TOOL)
    # Bound as the API wants it. What LangChain would do with the answer is left out:
    # its parser completes truncated JSON silently, and keeping the message beside what
    # was parsed takes a thread.
    structured = model.with_structured_output(
        {"title": name, **json_schema(outputs)}, method="json_schema", strict=True
    )
    # It binds the schema to the model, and then parses.
    return cast(RunnableSequence[Any, Any], structured).first


def with_schema(
    messages: list[BaseMessage], outputs: tuple[OutputSpec, ...], way: str
) -> list[BaseMessage]:
    """Return the messages; in a way that sends no schema, with the schema in words."""
    if not outputs or way not in ("json", "prompt"):
        return messages
    schema = json.dumps(json_schema(outputs), ensure_ascii=False)
    told = _INSTRUCTION.format(schema=schema)
    first = messages[0] if messages else None
    if isinstance(first, SystemMessage):
        return [SystemMessage(f"{first.text}\n\n{told}"), *messages[1:]]
    return [SystemMessage(told), *messages]
