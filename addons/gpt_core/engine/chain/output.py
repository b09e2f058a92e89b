# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Structured output: one pydantic model per step is its JSON schema and its judge."""

import datetime
import json
import re
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
    create_model,
)

from ..errors import GptError
from ..text.answer_text import without_fence
from ..text.numbers import within_range
from ..text.storable import storable, whole_characters
from .spec import OutputSpec

_TYPES: dict[str, Any] = {
    "char": str,
    "text": str,
    "integer": Annotated[int, AfterValidator(within_range)],
    "float": Annotated[FiniteFloat, AfterValidator(within_range)],
    "boolean": bool,
    "date": datetime.date,
    "list": list[str],
}
# No signs that group digits: they mean one thing here, another there.
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")


@lru_cache(maxsize=256)
def output_model(outputs: tuple[OutputSpec, ...]) -> type[BaseModel]:
    """Return the pydantic model of these fields.

    Strict mode of the API wants every key present and nothing else, so a field that is
    not required is nullable instead of absent. The fields are aliased, because an
    output may have any name, also one that pydantic keeps for itself.
    """
    fields: dict[str, Any] = {}
    for number, output in enumerate(outputs):
        choices = output.ttype == "selection" and output.choices
        ttype: Any = Literal[choices] if choices else _TYPES.get(output.ttype, str)
        fields[f"field_{number}"] = (
            ttype if output.required else ttype | None,
            Field(
                alias=output.name,
                title=output.name,
                description=output.description or None,
            ),
        )
    config = ConfigDict(extra="forbid")
    return create_model("Output", __config__=config, **fields)


def json_schema(outputs: tuple[OutputSpec, ...]) -> dict[str, Any]:
    """Return the strict JSON schema of these fields, as the API takes it."""
    schema: dict[str, Any] = json.loads(_schema_text(outputs))
    return schema


@lru_cache(maxsize=256)
def _schema_text(outputs: tuple[OutputSpec, ...]) -> str:
    """Kept as text, so that whoever is given a schema may change their own."""
    schema = output_model(outputs).model_json_schema()
    return json.dumps(schema | {"description": "The answer."})


def parse_output(text: str, outputs: tuple[OutputSpec, ...]) -> dict[str, Any]:
    """Return the answer's values as JSON types (dates as ISO text).

    What a model wrote in another dress is taken for what it plainly means: see
    :func:`coerced`. Nothing is completed.

    :raises GptError: ``invalid_output`` for anything that the schema does not allow
    """
    try:
        parsed = output_model(outputs).model_validate_json(
            _readable(without_fence(text), outputs), strict=True
        )
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, item['loc'])) or 'JSON'}: {item['msg']}"
            for item in error.errors(include_input=False, include_url=False)[:5]
        )
        raise GptError("invalid_output", problems) from error
    data = parsed.model_dump(mode="json", by_alias=True)
    return {name: storable(value) for name, value in data.items()}


def _readable(text: str, outputs: tuple[OutputSpec, ...]) -> str:
    """Return JSON that pydantic can read, its values coerced.

    Pydantic refuses halves of surrogate pairs.
    """
    try:
        data = coerced(json.loads(text), outputs)
        return whole_characters(json.dumps(data, ensure_ascii=False))
    except (ValueError, RecursionError):
        return text  # pydantic says what is wrong with it


def coerced(data: Any, outputs: tuple[OutputSpec, ...]) -> Any:
    """Return an answer's values in the types of its fields, where they mean the same.

    5.0 and "5" are the integer 5, "2.5" is the number 2.5, "true" is true, "HIGH" is
    the choice "high", and a value that may be missing is missing. What may mean two
    things, "1,234" for example, stays as it is.
    """
    if not isinstance(data, dict):
        return data
    result = dict(data)
    for output in outputs:
        if output.name in data:
            result[output.name] = _coerced_value(data[output.name], output)
        elif not output.required:
            result[output.name] = None
    return result


def _coerced_value(value: Any, output: OutputSpec) -> Any:
    if output.ttype in ("integer", "float") and isinstance(value, str):
        value = float(value) if _NUMBER.fullmatch(value.strip()) else value
    if output.ttype == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, str):
        return value
    word = value.strip().casefold()
    if output.ttype == "boolean":
        return {"true": True, "false": False}.get(word, value)
    if output.ttype == "selection":
        same = [choice for choice in output.choices if choice.casefold() == word]
        return same[0] if len(same) == 1 and value not in output.choices else value
    return value
