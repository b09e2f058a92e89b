# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules of the API for the JSON schema of a structured output."""

import re
from collections.abc import Iterator
from typing import Any

from .errors import ApiError, bad_request

# Keywords which strict mode refuses.
NOT_PERMITTED = (
    "allOf",
    "oneOf",
    "not",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "patternProperties",
    "unevaluatedProperties",
    "propertyNames",
    "uniqueItems",
    "contains",
    "default",
)
MAXIMUM_NESTING = 10
MAXIMUM_PROPERTIES = 5000
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")

Path = tuple[str, ...]


def check_format(
    name: Any, schema: Any, *, strict: bool, param: str, name_param: str
) -> None:
    """Raise the API's 400 when a schema is not acceptable."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise bad_request(
            f"Invalid '{name_param}': string does not match pattern. Expected a "
            "string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
            name_param,
            "invalid_value",
        )
    if not isinstance(schema, dict):
        raise bad_request(
            f"Missing required parameter: '{param}'.",
            param,
            "missing_required_parameter",
        )
    if not strict:
        return
    problem = _root_problem(schema) or next(_problems(schema, (), 1), None)
    if problem or _count_properties(schema) > MAXIMUM_PROPERTIES:
        raise _invalid(name, problem or "too many properties.", param)


def _invalid(name: str, problem: str, param: str) -> ApiError:
    return bad_request(
        f"Invalid schema for response_format '{name}': {problem}",
        param,
        "invalid_json_schema",
    )


def _root_problem(schema: dict[str, Any]) -> str | None:
    if schema.get("type") != "object":
        return (
            "schema must be a JSON Schema of 'type: \"object\"', got 'type: "
            f'"{schema.get("type")}"\'.'
        )
    if "anyOf" in schema:
        return "In context=(), 'anyOf' is not permitted at the root."
    return None


def _problems(schema: Any, path: Path, depth: int) -> Iterator[str]:
    """Everything wrong with a schema and those below it."""
    context = f"In context={path!r},"
    if not isinstance(schema, dict):
        yield f"{context} schema must be an object."
        return
    if depth > MAXIMUM_NESTING:
        yield f"{context} schema exceeds {MAXIMUM_NESTING} levels of nesting."
        return
    for keyword in NOT_PERMITTED:
        if keyword in schema:
            yield f"{context} '{keyword}' is not permitted."
    if not {"type", "anyOf", "enum", "const", "$ref"} & schema.keys():
        yield f"{context} schema must have a 'type' key."
    if "object" in _types(schema):
        yield from _object_problems(schema, context)
    if "array" in _types(schema) and "items" not in schema:
        yield f"{context} array schema missing items."
    for key, below, deeper in _children(schema):
        yield from _problems(below, (*path, *key), depth + deeper)


def _object_problems(schema: dict[str, Any], context: str) -> Iterator[str]:
    if schema.get("additionalProperties") is not False:
        yield (
            f"{context} 'additionalProperties' is required to be supplied and to be "
            "false."
        )
    required = schema.get("required")
    properties = schema.get("properties", {})
    missing = [p for p in properties if p not in (required or [])]
    if missing or (properties and not isinstance(required, list)):
        yield (
            f"{context} 'required' is required to be supplied and to be an array "
            f"including every key in properties. Missing '{missing[0]}'."
        )
    extra = [p for p in required or [] if p not in properties]
    if extra:
        yield f"{context} 'required' has a key that is not in properties: '{extra[0]}'."


def _children(schema: dict[str, Any]) -> Iterator[tuple[Path, Any, int]]:
    """The schemas one step below: where they stand, and how much deeper it is."""
    for name, below in (schema.get("properties") or {}).items():
        yield ("properties", name), below, 1
    if "items" in schema:
        yield ("items",), schema["items"], 1
    for index, below in enumerate(schema.get("anyOf") or []):
        yield ("anyOf", str(index)), below, 0
    for name, below in (schema.get("$defs") or {}).items():
        yield ("$defs", name), below, 0


def _types(schema: dict[str, Any]) -> list[str]:
    declared = schema.get("type", [])
    return [declared] if isinstance(declared, str) else list(declared)


def _count_properties(schema: Any) -> int:
    if not isinstance(schema, dict):
        return 0
    own = len(schema.get("properties") or {})
    return own + sum(_count_properties(below) for _, below, _ in _children(schema))
